// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/welcomepage.h"

#include "accounts/foundhere.h"
#include "text/errortext.h"
#include "widgets/announcement.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"

#include <QtCore/QLocale>
#include <QtCore/QTime>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype mostProfiles = 3;

} // namespace

WelcomePage::WelcomePage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_title(new QLabel), m_lead(new QLabel), m_cards(new QHBoxLayout),
      m_here(new FoundHere(session)), m_store(new QLabel), m_unlock(new QPushButton),
      m_test(new QPushButton(tr("Test it")))
{
    setAccessibleName(tr("Welcome"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(32, 32, 32, 24);
    column->setSpacing(12);
    makeHeading(m_title, 1.7);
    m_lead->setWordWrap(true);
    m_lead->setForegroundRole(QPalette::PlaceholderText);
    m_cards->setSpacing(14);
    m_store->setWordWrap(true);
    m_store->setForegroundRole(QPalette::PlaceholderText);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addWidget(m_lead);
    column->addSpacing(8);
    column->addLayout(m_cards);
    column->addSpacing(8);
    column->addWidget(m_here);
    column->addStretch(2);
    auto *store = new QHBoxLayout;
    store->addWidget(m_store, 1);
    store->addWidget(m_unlock);
    store->addWidget(m_test);
    column->addLayout(store);
    m_test->setAccessibleName(tr("Test where tokens are kept"));
    connect(m_test, &QPushButton::clicked, this, &WelcomePage::testStore);
    connect(m_unlock, &QPushButton::clicked, this, [this] { m_session.openStore(); });
    connect(m_here, &FoundHere::importRequested, this, &WelcomePage::importRequested);
    connect(&session, &Session::storeChanged, this, &WelcomePage::refresh);
    refresh();
}

QWidget *WelcomePage::makeCard(const QString &symbolName, const QString &title, const QString &text,
                               const QString &button, std::function<void()> action)
{
    auto *card = new QFrame;
    card->setObjectName(u"card"_s);
    card->setFrameShape(QFrame::StyledPanel);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(18, 18, 18, 18);
    column->setSpacing(8);
    auto *icon = new QLabel;
    const int side = std::max(32, icon->fontMetrics().height() * 2);
    showSymbol(icon, symbolName, ColorRole::Accent, side);
    icon->setAccessibleName(title);
    auto *heading = new QLabel(title);
    heading->setTextFormat(Qt::PlainText);
    heading->setWordWrap(true);
    auto font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    auto *body = new QLabel(text);
    body->setTextFormat(Qt::PlainText);
    body->setWordWrap(true);
    auto *go = new QPushButton(button);
    go->setAccessibleName(title);
    go->setAccessibleDescription(text);
    connect(go, &QPushButton::clicked, this, std::move(action));
    column->addWidget(icon);
    column->addWidget(heading);
    column->addWidget(body);
    column->addStretch();
    column->addWidget(go, 0, Qt::AlignLeading);
    card->setMinimumHeight(190);
    return card;
}

void WelcomePage::fillProfiles()
{
    const auto *focused = window()->focusWidget();
    const bool hadFocus = focused && isAncestorOf(focused);
    while (auto *item = m_cards->takeAt(0)) {
        if (auto *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    for (const auto &profile : m_shown.first(std::min(mostProfiles, m_shown.size()))) {
        m_cards->addWidget(
            makeCard(profile.isSandbox ? u"device"_s : u"signin"_s, tr("Sign in to %1").arg(profile.name),
                     profile.isSandbox ? tr("A provider on this computer for trying things out. Nothing in it is real.")
                                       : tr("Contacts %1.").arg(QUrl(profile.issuer).host()),
                     tr("Sign in"), [this, id = profile.id] { Q_EMIT signInRequested(id); }));
    }
    if (m_shown.isEmpty()) {
        m_cards->addWidget(
            makeCard(u"signin"_s, tr("Sign in to Microsoft Entra ID"),
                     tr("With the application you registered there. Work, school and personal accounts."), tr("Set up"),
                     [this] { Q_EMIT newProfileRequested(u"entra"_s); }));
        m_cards->addWidget(makeCard(u"globe"_s, tr("Any OpenID Connect provider"),
                                    tr("Keycloak, Okta, Auth0, Google, GitLab, or your own: its address is enough."),
                                    tr("Set up"), [this] { Q_EMIT newProfileRequested(u"oidc"_s); }));
    }
    m_cards->addWidget(makeCard(u"inspect"_s, tr("Just inspect a token"),
                                tr("Paste any token and see what is in it. Nothing leaves this computer."),
                                tr("Open the inspector"), [this] { Q_EMIT inspectRequested(); }));
    // As it stands on the page: what was made later would come later.
    QWidget *before = m_cards->itemAt(m_cards->count() - 1)->widget()->findChild<QPushButton *>();
    auto later = m_here->findChildren<QPushButton *>();
    later << m_unlock << m_test;
    for (auto *button : std::as_const(later)) {
        setTabOrder(before, button);
        before = button;
    }
    // The likeliest next step is where the keyboard begins.
    setFocusProxy(m_cards->itemAt(0)->widget()->findChild<QPushButton *>());
    if (hadFocus)
        setFocus();
}

void WelcomePage::refresh()
{
    const auto profiles = m_session.profiles();
    if (!m_isFilled || profiles != m_shown) {
        m_isFilled = true;
        m_shown = profiles;
        fillProfiles();
    }
    showTitle();
    showStore();
    if (m_looksAround)
        lookAround();
}

//! That nobody is there is only known once the store is open.
void WelcomePage::showTitle()
{
    const auto store = m_session.store();
    QString title = tr("No accounts yet");
    QString lead = tr("Sign in to see the account, its tokens and how long they last.");
    if (m_session.profiles().isEmpty()) {
        title = tr("Welcome to Countersign");
        lead = tr("Sign in to any provider, keep the tokens safe, and see what is in them. There is no account with "
                  "us, and nothing is reported to anybody.");
    } else if (store.isSessionOnly) {
        title = tr("No accounts in this session");
        lead = tr("Who signs in now is kept until the program ends. The accounts in %1 come back when it is opened.")
                   .arg(store.name);
    } else if (store.isLocked()) {
        title = tr("Your accounts are locked");
        lead = tr("They are in %1, and appear here when it is unlocked.").arg(store.name);
    } else if (store.kind == StoreState::Kind::Failed) {
        title = tr("Your accounts cannot be read");
        lead = tr("They would be in %1, which cannot be opened now.").arg(store.name);
    } else if (store.kind == StoreState::Kind::Opening) {
        title = tr("Looking for your accounts…");
        lead = tr("%1 is being opened; it may ask you first.").arg(store.name);
    }
    m_title->setText(title);
    m_title->setAccessibleName(title);
    m_lead->setText(lead);
    m_unlock->setVisible(store.kind == StoreState::Kind::Failed);
    m_unlock->setText(store.isLocked() ? tr("&Unlock…") : tr("Open it a&gain"));
    m_unlock->setAccessibleName(store.isLocked() ? tr("Unlock where tokens are kept")
                                                 : tr("Open again where tokens are kept"));
}

void WelcomePage::showStore()
{
    const auto store = m_session.store();
    auto text = store.isSessionOnly
        ? tr("Tokens are kept in memory, until the program ends. %1 is not open.").arg(store.name)
        : store.kind == StoreState::Kind::Failed
        ? tr("Tokens would be kept in: %1, which cannot be opened now.").arg(store.name)
        : tr("Tokens are kept in: %1").arg(store.name);
    if (!m_tested.isEmpty())
        text += u'\n' + m_tested;
    m_store->setText(text);
    m_store->setAccessibleName(text);
}

void WelcomePage::testStore()
{
    m_test->setEnabled(false);
    m_tested = tr("Writing, reading back, deleting…");
    showStore();
    m_session.testStore(this, [this](const Result<void> &result) {
        m_test->setEnabled(true);
        if (result) {
            m_tested = tr("Verified at %1.").arg(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat));
        } else {
            const auto words = errorText(result.error());
            m_tested = QStringList{words.what, words.why, words.advice}.join(u' ').simplified();
        }
        showStore();
        announce(m_store, m_tested, Urgency::Polite);
    });
}

//! Until the store is open, accounts may still come.
bool WelcomePage::isSettled() const
{
    const auto kind = m_session.store().kind;
    return m_session.profiles().isEmpty() || kind == StoreState::Kind::Open || kind == StoreState::Kind::Failed;
}

void WelcomePage::lookAround()
{
    m_looksAround = true;
    if (!isSettled())
        return;
    // Whoever hears of the store after us may bring accounts yet.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (isVisible() && std::exchange(m_looksAround, false))
                m_here->look();
        },
        Qt::QueuedConnection);
}

void WelcomePage::setMasked(bool masked)
{
    m_here->setMasked(masked);
}

} // namespace Countersign::Desktop
