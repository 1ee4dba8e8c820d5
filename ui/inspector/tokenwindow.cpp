// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokenwindow.h"

#include "inspector/tokenview.h"
#include "widgets/dialogfit.h"
#include "widgets/symbol.h"

#include <QtGui/QCloseEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QScreen>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

TokenWindow::TokenWindow(const ShownToken &token, int place, QWidget *parent)
    : QWidget(parent, Qt::Window), m_tabs(new TokenTabs), m_view(new TokenView), m_place(place)
{
    m_tabs->append(token);
    // Where nobody knows where it is dropped, closing the window is the way.
    m_tabs->setAccessibleDescription(knowsPlacesOnScreen() ? tr("Dragged to the inspector’s tabs, it goes back there.")
                                                           : QString());
    m_tabs->setToolTip(m_tabs->accessibleDescription());
    // Lists of windows show it to everybody: it names no person.
    setWindowTitle(tr("%1 – Countersign").arg(tokenTitle(token.document, true)));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    auto *back = new QPushButton(symbol(u"window"_s), tr("Move &back"));
    back->setAccessibleName(tr("Move back into the inspector"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(m_tabs);
    column->addWidget(m_view, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(back);
    buttons->addWidget(m_view->copyRedactedButton());
    buttons->addStretch();
    column->addLayout(buttons);
    connect(back, &QPushButton::clicked, this, &QWidget::close);
    // The key that brought it here takes it back.
    for (const auto &keys : {QKeySequence(QKeySequence::Close), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)})
        connect(new QShortcut(keys, this), &QShortcut::activated, this, &QWidget::close);
    connect(m_tabs, &TearableTabs::dragged, this, [this](int, const QPoint &at) { Q_EMIT tabDragged(at); });
    connect(m_tabs, &TearableTabs::dropped, this, [this](int, const QPoint &at) { Q_EMIT tabDropped(at); });
    connect(m_tabs, &TearableTabs::dragEnded, this, &TokenWindow::tabDragEnded);
    resize(QSize(820, 620).boundedTo(roomOnScreen(*this)));
}

void TokenWindow::moveTo(const QPoint &at)
{
    const auto *screen = knowsPlacesOnScreen() ? QGuiApplication::screenAt(at) : nullptr;
    if (!screen)
        return;
    // Its own frame is not known before it is shown; it is like that of the window beside it.
    const auto *beside = parentWidget() ? parentWidget()->window() : this;
    const auto frame = beside->frameGeometry().size() - beside->size();
    const auto room = screen->availableGeometry().adjusted(0, 0, -frame.width(), -frame.height());
    const int x = std::clamp(at.x() - width() / 8, room.left(), std::max(room.left(), room.right() - width()));
    const int y =
        std::clamp(at.y() - fontMetrics().height(), room.top(), std::max(room.top(), room.bottom() - height()));
    move(x, y);
}

void TokenWindow::setMasked(bool masked)
{
    m_tabs->setMasked(masked);
    m_view->setMasked(masked);
}

void TokenWindow::discard()
{
    m_isDiscarded = true;
    close();
}

void TokenWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    if (!std::exchange(m_isDiscarded, true))
        Q_EMIT moveBackRequested();
}

} // namespace Countersign::Desktop
