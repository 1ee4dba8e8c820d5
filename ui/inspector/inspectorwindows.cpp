// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The inspector's tokens that have windows of their own.
#include "inspector/checksview.h"
#include "inspector/inspectorpage.h"
#include "inspector/tokenbox.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "inspector/tokenwindow.h"
#include "window/actions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void InspectorPage::forEachView(const std::function<void(TokenView &)> &apply)
{
    if (m_view)
        apply(*m_view);
    m_windows.removeAll(nullptr);
    for (const auto &window : std::as_const(m_windows))
        apply(*window->view());
}

TokenWindow *InspectorPage::windowOf(const Jose::TokenDocument &document) const
{
    for (const auto &window : m_windows) {
        if (window && window->token().document.text() == document.text())
            return window;
    }
    return nullptr;
}

void InspectorPage::closeWindows()
{
    const auto windows = std::exchange(m_windows, {});
    for (const auto &window : windows) {
        if (window)
            window->discard();
    }
    if (m_tokens)
        m_tokens->setTarget(false);
    Q_EMIT windowsChanged(false);
}

TokenWindow *InspectorPage::tearOff()
{
    return tearOff(m_tokens ? m_tokens->currentIndex() : -1, std::nullopt);
}

TokenWindow *InspectorPage::tearOff(int place, std::optional<QPoint> at)
{
    if (place < 0 || place >= tokenCount())
        return nullptr;
    keepExpectations();
    auto *torn = new TokenWindow(m_tokens->take(place), place, window());
    auto *view = torn->view();
    view->checks()->setProviderProbe(m_probe);
    view->checks()->setProfiles(m_profiles);
    torn->setMasked(m_isMasked);
    view->setTimeStyle(m_timeStyle);
    connectWindow(torn);
    shareActions(*torn);
    view->showToken(torn->token(), QDateTime::currentDateTimeUtc());
    m_windows.append(torn);
    showFront();
    if (at)
        torn->moveTo(*at);
    torn->show();
    Q_EMIT windowsChanged(true);
    return torn;
}

//! What concerns the whole program works in every window of it.
void InspectorPage::shareActions(TokenWindow &window)
{
    if (!m_actions)
        return;
    for (const auto &id :
         {u"file.quit"_s, u"file.settings"_s, u"help.palette"_s, u"help.shortcuts"_s, u"view.mask"_s}) {
        if (auto *action = m_actions->find(id))
            window.addAction(action);
    }
}

void InspectorPage::connectWindow(TokenWindow *window)
{
    connect(window->view(), &TokenView::copyRequested, this, &Page::copyRequested);
    connect(window, &TokenWindow::moveBackRequested, this, [this, window] { takeBack(window); });
    connect(window, &TokenWindow::tabDragged, this, [this](const QPoint &at) { m_tokens->setTarget(isHome(at)); });
    connect(window, &TokenWindow::tabDragEnded, this, [this] { m_tokens->setTarget(false); });
    connect(window, &TokenWindow::tabDropped, this, [this, window](const QPoint &at) {
        if (isHome(at))
            window->close();
        else
            window->moveTo(at);
    });
}

//! Whether what is let go there is meant for the tabs; where there are none, for the page.
bool InspectorPage::isHome(const QPoint &at) const
{
    const QWidget *home = isEmpty() ? static_cast<const QWidget *>(this) : m_tokens;
    return knowsPlacesOnScreen() && home->isVisible()
        && QRect(home->mapToGlobal(QPoint()), QSize(width(), home->height())).contains(at);
}

void InspectorPage::takeBack(TokenWindow *window)
{
    m_windows.removeAll(window);
    m_tokens->setTarget(false);
    auto token = window->token();
    token.profileId = window->view()->checks()->profileId();
    token.left = window->view()->checks()->expectations();
    m_tokens->insert(window->place(), token);
    m_box->forgetProblem();
    showFront();
    Q_EMIT windowsChanged(
        std::any_of(m_windows.cbegin(), m_windows.cend(), [](const auto &each) { return !each.isNull(); }));
}

void InspectorPage::moveBack()
{
    m_windows.removeAll(nullptr);
    if (!m_windows.isEmpty())
        m_windows.constLast()->close();
}

} // namespace Countersign::Desktop
