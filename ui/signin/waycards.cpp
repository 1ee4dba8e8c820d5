// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/waycards.h"

#include "signin/devicecodedialog.h"
#include "text/errortext.h"
#include "text/foreigntext.h"
#include "text/wording.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QPushButton *cardButton(const QString &text, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

WayCards::WayCards(SignInRun &run, Session &session, QString host, QWidget *parent)
    : QWidget(parent), m_run(run), m_session(session), m_host(std::move(host)), m_code(new QLabel)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_browser = makeCard(SignInWay::Browser, u"globe"_s, wayText(SignInWay::Browser));
    m_device = makeCard(SignInWay::DeviceCode, u"device"_s, wayText(SignInWay::DeviceCode));
    m_embedded = makeCard(SignInWay::Embedded, u"window"_s, wayText(SignInWay::Embedded));
    for (const auto &card : {m_browser, m_device, m_embedded})
        column->addWidget(card.frame);
    makeBrowserButtons();
    makeDeviceButtons();
    makeEmbeddedButtons();
    refresh();
}

WayCards::Card WayCards::makeCard(SignInWay, const QString &symbolName, const QString &title)
{
    Card card;
    auto *frame = new QFrame;
    frame->setObjectName(u"card"_s);
    frame->setFrameShape(QFrame::StyledPanel);
    card.frame = frame;
    auto *row = new QHBoxLayout(card.frame);
    row->setContentsMargins(14, 10, 12, 10);
    row->setSpacing(12);
    auto *icon = new QLabel;
    const int side = std::max(24, icon->fontMetrics().height() * 3 / 2);
    showSymbol(icon, symbolName, ColorRole::Text, side);
    icon->setAccessibleName(title);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    card.title = new QLabel(title);
    auto font = card.title->font();
    font.setBold(true);
    card.title->setFont(font);
    card.title->setAccessibleName(title);
    card.detail = new QLabel;
    card.detail->setTextFormat(Qt::PlainText);
    card.detail->setWordWrap(true);
    words->addWidget(card.title);
    words->addWidget(card.detail);
    card.buttons = new QHBoxLayout;
    card.buttons->setSpacing(6);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addLayout(card.buttons);
    return card;
}

void WayCards::makeBrowserButtons()
{
    m_open = cardButton(tr("&Open again"), tr("Open the page in the browser again"));
    m_copyLink = cardButton(tr("Copy &link"), tr("Copy the link of the sign-in page"));
    m_otherBrowser = cardButton(tr("Other &browser"), tr("Open the page in another browser"));
    m_otherBrowser->setMenu(new QMenu(m_otherBrowser));
    for (auto *button : {m_open, m_copyLink, m_otherBrowser})
        m_browser.buttons->addWidget(button);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (auto *attempt = m_run.way(SignInWay::Browser).attempt.data())
            attempt->openPage({});
        else
            m_run.startWay(SignInWay::Browser);
    });
    connect(m_copyLink, &QPushButton::clicked, this, [this] {
        if (const auto *attempt = m_run.way(SignInWay::Browser).attempt.data())
            QGuiApplication::clipboard()->setText(attempt->page().toString(QUrl::FullyEncoded));
    });
    const auto browsers = m_session.browsers();
    for (const auto &browser : browsers) {
        m_otherBrowser->menu()->addAction(browser.name, this, [this, id = browser.id] {
            if (auto *attempt = m_run.way(SignInWay::Browser).attempt.data())
                attempt->openPage(id);
        });
    }
    m_otherBrowser->setVisible(!browsers.isEmpty());
}

void WayCards::makeDeviceButtons()
{
    wearFont(m_code, [] {
        auto font = fixedFont();
        font.setBold(true);
        font.setPointSizeF(font.pointSizeF() * 1.5);
        return font;
    });
    m_code->setObjectName(u"userCode"_s);
    m_code->setTextFormat(Qt::PlainText);
    m_code->setLayoutDirection(Qt::LeftToRight);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copyCode = cardButton(tr("&Copy code"), tr("Copy the code"));
    m_large = cardButton(tr("&QR code…"), tr("Show the code large and as a QR code"));
    m_newCode = cardButton(tr("&New code"), tr("Ask for a new code"));
    m_device.buttons->addWidget(m_code);
    for (auto *button : {m_copyCode, m_large, m_newCode})
        m_device.buttons->addWidget(button);
    connect(m_copyCode, &QPushButton::clicked, this, [this] {
        if (const auto &code = m_run.way(SignInWay::DeviceCode).code)
            QGuiApplication::clipboard()->setText(code->userCode);
    });
    connect(m_large, &QPushButton::clicked, this, &WayCards::codeRequested);
    connect(m_newCode, &QPushButton::clicked, this, [this] { m_run.startWay(SignInWay::DeviceCode); });
}

void WayCards::makeEmbeddedButtons()
{
    m_showWindow = cardButton(tr("Show &sign-in window"), tr("Show the sign-in window"));
    m_embedded.buttons->addWidget(m_showWindow);
    connect(m_showWindow, &QPushButton::clicked, this, [this] {
        if (auto *attempt = m_run.way(SignInWay::Embedded).attempt.data())
            attempt->raiseWindow();
        else
            m_run.startWay(SignInWay::Embedded);
    });
}

QString WayCards::problemOf(const SignInRun::Way &way) const
{
    if (!way.isAvailable)
        return way.reason;
    if (!way.error)
        return {};
    const auto why = whyItHappened(way.error->cause());
    const auto words = why.isEmpty() ? whatHappened(way.error->code()) : why;
    const auto &said = way.error->oauth();
    if (said.error.isEmpty())
        return words;
    const auto answer = said.description.isEmpty() ? said.error : QString(said.error + u": "_s + said.description);
    return tr("%1 It answered: %2").arg(words, harmless(answer, 200));
}

void WayCards::refresh()
{
    refreshBrowser();
    refreshDevice();
    refreshEmbedded();
    const auto winner = m_run.winner();
    if (!winner)
        return;
    const std::pair<SignInWay, const Card *> cards[] = {
        {SignInWay::Browser, &m_browser}, {SignInWay::DeviceCode, &m_device}, {SignInWay::Embedded, &m_embedded}};
    for (const auto &[way, card] : cards)
        card->detail->setText(way == *winner ? tr("The answer came this way.") : tr("Not needed any more."));
}

void WayCards::refreshBrowser()
{
    const auto &way = m_run.way(SignInWay::Browser);
    const auto problem = problemOf(way);
    if (!problem.isEmpty())
        m_browser.detail->setText(problem);
    else if (!way.isRunning())
        m_browser.detail->setText(tr("Opens %1 in your usual browser.").arg(m_host));
    else if (way.isPageRefused)
        m_browser.detail->setText(
            tr("No browser could be opened. Copy the link and open it in a browser of this computer."));
    else
        m_browser.detail->setText(way.isPageOpen ? tr("%1 is open in your browser. Finish there.").arg(m_host)
                                                 : tr("Will open %1 in a moment.").arg(m_host));
    const bool hasPage = way.isPageOpen || way.isPageRefused;
    m_open->setText(way.isPageOpen ? tr("&Open again") : tr("&Open"));
    m_open->setEnabled(way.isAvailable && (hasPage || !way.isRunning()));
    m_copyLink->setEnabled(way.isRunning() && hasPage);
    m_otherBrowser->setEnabled(way.isRunning() && hasPage);
    m_browser.frame->setEnabled(way.isAvailable && !m_run.winner());
}

void WayCards::refreshDevice()
{
    const auto &way = m_run.way(SignInWay::DeviceCode);
    const bool hasCode = way.isRunning() && way.code.has_value();
    m_code->setVisible(hasCode);
    m_copyCode->setVisible(hasCode);
    m_large->setVisible(hasCode);
    m_newCode->setVisible(!hasCode && way.isAvailable && !way.isRunning());
    m_newCode->setText(way.error ? tr("&New code") : tr("Get a &code"));
    const auto problem = problemOf(way);
    if (!problem.isEmpty()) {
        m_device.detail->setText(problem);
    } else if (hasCode) {
        m_code->setText(way.code->userCode);
        m_code->setAccessibleName(tr("Code: %1").arg(spelledCode(way.code->userCode)));
        const auto text = tr("Enter the code at %1").arg(way.code->verificationUri.toString());
        m_device.detail->setText(withWholeAddresses(text)); // who types it off must not lose a part
        m_device.detail->setAccessibleName(text);
    } else {
        m_device.detail->setText(way.isRunning() ? tr("Asking %1 for a code.").arg(m_host)
                                                 : tr("For a phone, or a computer with a better browser."));
    }
    m_device.frame->setEnabled(way.isAvailable && !m_run.winner());
}

void WayCards::refreshEmbedded()
{
    const auto &way = m_run.way(SignInWay::Embedded);
    const auto problem = problemOf(way);
    if (!problem.isEmpty())
        m_embedded.detail->setText(problem);
    else
        m_embedded.detail->setText(way.isRunning()
                                       ? tr("The sign-in window is open. Finish there.")
                                       : tr("A window that remembers nothing. Passkeys do not work in it."));
    m_showWindow->setEnabled(way.isAvailable);
    m_embedded.frame->setEnabled(way.isAvailable && !m_run.winner());
    m_embedded.frame->setToolTip(way.isAvailable ? QString() : way.reason);
}

} // namespace Countersign::Desktop
