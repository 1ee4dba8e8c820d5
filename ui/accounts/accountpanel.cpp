// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/accountpanel.h"

#include "models/accountmodel.h"
#include "models/historymodel.h"
#include "models/permissionmodel.h"
#include "models/tokenmodel.h"
#include "text/errortext.h"
#include "text/foreigntext.h"
#include "text/signintext.h"
#include "text/tokentext.h"
#include "text/wording.h"
#include "widgets/banner.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/texttable.h"

#include <QtCore/QLocale>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr std::chrono::seconds clockTick{20};

QPushButton *namedButton(const QString &text, const QString &symbolName)
{
    auto *button = new QPushButton(symbol(symbolName), text);
    button->setAccessibleName(QString(text).remove(u'&').remove(u'…'));
    return button;
}

QString whenText(const QDateTime &at)
{
    if (!at.isValid())
        return u"–"_s;
    return QLocale().toString(at.toLocalTime(), QLocale::ShortFormat) + u"  ("_s
        + expiryText(at, QDateTime::currentDateTimeUtc()) + u')';
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : text;
}

//! Whose it is and what it may do, as far as that is known.
QString tokenName(const TokenEntry &token)
{
    const auto resource = resourceText(token);
    const auto scopes = token.scopes.toString();
    if (resource == u"–"_s || scopes.isEmpty())
        return scopes.isEmpty() ? resource : scopes;
    return AccountPanel::tr("%1 (%2)", "resource, scopes").arg(resource, scopes);
}

//! Why it needs its person, and the provider's word for whoever has to look it up.
QString attentionText(const AccountAttention &attention)
{
    return AccountPanel::tr("%1 (%2, %3)")
        .arg(reasonText(attention.error), harmless(attention.error, 40), whenText(attention.since));
}

} // namespace

AccountPanel::AccountPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_icon(new QLabel), m_name(new QLabel), m_state(new QLabel),
      m_getToken(namedButton(tr("&Get token"), u"token"_s)), m_refresh(namedButton(tr("&Refresh now"), u"refresh"_s)),
      m_signIn(namedButton(tr("Sign &in again"), u"signin"_s)), m_signOut(namedButton(tr("Sign o&ut"), u"signout"_s)),
      m_makeProfile(namedButton(tr("Ma&ke a profile of it"), u"profile"_s)),
      m_inspect(namedButton(tr("I&nspect"), u"inspect"_s)), m_copy(namedButton(tr("&Copy token"), u"copy"_s)),
      m_attention(new Banner), m_tabs(new QTabWidget), m_tokens(new TokenModel(this)),
      m_permissions(new PermissionModel(this)), m_consent(namedButton(tr("Copy admin consent &link"), u"copy"_s)),
      m_history(new HistoryModel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(12);
    auto *head = new QHBoxLayout;
    fitText(m_icon, [this] {
        const int side = linesTall(1.75, 28);
        m_icon->setFixedSize(side, side);
        if (m_entry)
            m_icon->setPixmap(stateIcon(stateOf(*m_entry, QDateTime::currentDateTimeUtc())).pixmap(side, side));
    });
    m_icon->setAccessibleName(tr("State"));
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    makeHeading(m_name, 1.3);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    words->addWidget(m_name);
    words->addWidget(m_state);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    column->addLayout(head);
    auto *buttons = new QHBoxLayout;
    m_makeProfile->setToolTip(tr("Puts this client and its provider among the profiles again"));
    for (auto *button : {m_signIn, m_getToken, m_refresh, m_signOut, m_makeProfile})
        buttons->addWidget(button);
    buttons->addStretch();
    column->addLayout(buttons);
    m_attention->hide();
    column->addWidget(m_attention);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("What is known of the account"));
    m_tabs->addTab(scrolled(makeOverview(), tr("Overview")), tr("Overview"));
    m_tabs->addTab(makeTokens(), tr("Tokens"));
    m_tabs->addTab(makePermissions(), tr("Permissions"));
    m_tabs->addTab(scrolled(makeSessions(), tr("Session")), tr("Session"));
    m_tabs->addTab(new TextTable(*m_history, tr("History")), tr("History"));
    column->addWidget(m_tabs, 1);
    connect(m_tabs, &QTabWidget::currentChanged, this, &AccountPanel::tokenChosen);
    connect(m_getToken, &QPushButton::clicked, this, &AccountPanel::getTokenRequested);
    connect(m_refresh, &QPushButton::clicked, this, &AccountPanel::refreshRequested);
    connect(m_signIn, &QPushButton::clicked, this, &AccountPanel::signInRequested);
    connect(m_signOut, &QPushButton::clicked, this, &AccountPanel::signOutRequested);
    connect(m_makeProfile, &QPushButton::clicked, this, &AccountPanel::profileRequested);
    whenLookChanges(this, [this] { refresh(); });
    m_clock.setInterval(clockTick);
    connect(&m_clock, &QTimer::timeout, this, &AccountPanel::refresh);
    m_clock.start();
}

QWidget *AccountPanel::makePermissions()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(makeTable(m_permissions, tr("Permissions")), 1);
    auto *row = new QHBoxLayout;
    auto *more = namedButton(tr("Ask for &more…"), u"signin"_s);
    more->setToolTip(tr("Signs in once more, with other scopes"));
    m_consent->setToolTip(tr("For an administrator, who can agree for everybody"));
    row->addWidget(more);
    row->addWidget(m_consent);
    row->addStretch();
    column->addLayout(row);
    connect(more, &QPushButton::clicked, this, &AccountPanel::morePermissionsRequested);
    connect(m_consent, &QPushButton::clicked, this, [this] {
        if (const auto profile = m_session.profile(m_entry->profileId))
            QGuiApplication::clipboard()->setText(adminConsentLink(*profile).toString(QUrl::FullyEncoded));
    });
    return page;
}

QLabel *AccountPanel::addFact(QFormLayout *form, const QString &name)
{
    auto *value = new QLabel;
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(name);
    value->setWordWrap(true);
    auto *title = new QLabel(name);
    title->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(title, value);
    return value;
}

QWidget *AccountPanel::makeOverview()
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(4, 14, 4, 4);
    form->setHorizontalSpacing(18);
    form->setVerticalSpacing(8);
    m_facts.insert(u"profile"_s, addFact(form, tr("Profile")));
    m_facts.insert(u"signedIn"_s, addFact(form, tr("Signed in")));
    m_facts.insert(u"access"_s, addFact(form, tr("Access token")));
    m_facts.insert(u"refresh"_s, addFact(form, tr("Refresh token")));
    m_facts.insert(u"store"_s, addFact(form, tr("Kept in")));
    m_facts.insert(u"problem"_s, addFact(form, tr("Last problem")));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    // The tab of the tokens has buttons of the same words.
    m_inspect->setAccessibleName(tr("Inspect the access token"));
    m_copy->setAccessibleName(tr("Copy the access token"));
    m_inspect->setToolTip(tr("Opens the access token that lasts longest in the inspector"));
    connect(m_inspect, &QPushButton::clicked, this, [this] { Q_EMIT inspectRequested(longestToken()); });
    auto *forms = new QMenu(m_copy);
    for (const auto kind : allCopyForms()) {
        auto *action = forms->addAction(copyFormText(kind));
        connect(action, &QAction::triggered, this, [this, kind] { Q_EMIT copyRequested(longestToken(), kind); });
    }
    m_copy->setMenu(forms);
    row->addWidget(m_inspect);
    row->addWidget(m_copy);
    row->addStretch();
    form->addRow(row);
    return page;
}

QString AccountPanel::longestToken() const
{
    const TokenEntry *longest = nullptr;
    for (const auto &token : m_entry->tokens) {
        if (token.use == TokenUse::Access && (!longest || token.expiresAt > longest->expiresAt))
            longest = &token;
    }
    return longest ? longest->id : QString();
}

QWidget *AccountPanel::makeTokens()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    m_tokenTable = makeTable(m_tokens, tr("Tokens of the account"));
    column->addWidget(m_tokenTable, 1);
    auto *row = new QHBoxLayout;
    auto *inspect = namedButton(tr("I&nspect"), u"inspect"_s);
    auto *copy = namedButton(tr("&Copy token"), u"copy"_s);
    row->addWidget(inspect);
    row->addWidget(copy);
    row->addStretch();
    column->addLayout(row);
    connect(m_tokenTable, &QTableView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT inspectRequested(index.data(IdRole).toString()); });
    connect(inspect, &QPushButton::clicked, this, [this] { Q_EMIT inspectRequested(currentToken()); });
    connect(copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(currentToken(), CopyForm::Plain); });
    const auto enable = [this, inspect, copy] {
        inspect->setEnabled(!currentToken().isEmpty());
        copy->setEnabled(!currentToken().isEmpty());
    };
    m_tokenTable->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_tokenTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, enable);
    connect(m_tokenTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AccountPanel::tokenChosen);
    connect(m_tokens, &QAbstractItemModel::modelReset, this, enable);
    enable();
    return page;
}

QString AccountPanel::chosenToken() const
{
    if (!m_entry)
        return {};
    const bool isListed = m_tokenTable && m_tabs->currentWidget()->isAncestorOf(m_tokenTable);
    return isListed ? currentToken() : longestToken();
}

void AccountPanel::setTokenActions(const QList<QAction *> &actions)
{
    m_tokenTable->addActions(actions);
}

QWidget *AccountPanel::makeSessions()
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(4, 14, 4, 4);
    form->setHorizontalSpacing(18);
    form->setVerticalSpacing(8);
    m_facts.insert(u"authTime"_s, addFact(form, tr("Person seen by the provider")));
    m_facts.insert(u"methods"_s, addFact(form, tr("Signed in with")));
    m_facts.insert(u"context"_s, addFact(form, tr("Authentication context (acr)")));
    m_facts.insert(u"sid"_s, addFact(form, tr("Session at the provider (sid)")));
    m_facts.insert(u"source"_s, addFact(form, tr("Account came by")));
    return page;
}

QTableView *AccountPanel::makeTable(QAbstractItemModel *model, const QString &name)
{
    auto *table = new QTableView;
    table->setModel(model);
    table->setAccessibleName(name);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

QString AccountPanel::currentToken() const
{
    const auto rows = m_tokenTable->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.constFirst().data(IdRole).toString();
}

void AccountPanel::setMasked(bool masked)
{
    m_isMasked = masked;
    refresh();
}

void AccountPanel::setAccount(const std::optional<AccountEntry> &entry)
{
    const auto token = currentToken();
    m_entry = entry;
    if (entry)
        m_tokens->setTokens(entry->tokens);
    for (int row = 0; row < m_tokens->rowCount(); ++row) {
        if (m_tokens->index(row, 0).data(IdRole).toString() == token)
            m_tokenTable->selectRow(row);
    }
    if (m_tokens->rowCount() > 0 && currentToken().isEmpty())
        m_tokenTable->selectRow(0);
    refresh();
    Q_EMIT tokenChosen();
}

void AccountPanel::refresh()
{
    if (!m_entry)
        return;
    const auto now = QDateTime::currentDateTimeUtc();
    const auto state = stateOf(*m_entry, now);
    m_name->setText(m_isMasked ? maskedText() : displayName(*m_entry));
    m_name->setAccessibleName(tr("Account %1").arg(m_name->text()));
    m_state->setText(stateText(state, m_entry->expiresAt(), now));
    m_state->setAccessibleName(m_state->text());
    m_icon->setPixmap(stateIcon(state).pixmap(m_icon->size()));
    m_icon->setAccessibleDescription(m_state->text());
    const bool needsPerson = state == AccountState::NeedsSignIn;
    m_signIn->setVisible(needsPerson);
    // What is in the cache is good until it ends, also when nothing follows it.
    const bool canGet = !needsPerson || hasUsableToken(*m_entry, now);
    m_getToken->setEnabled(canGet);
    m_getToken->setToolTip(canGet ? tr("From the cache, or from the provider") : tr("Sign in first"));
    const bool isOffline = m_session.isOffline();
    const auto offline = tr("Offline mode is on: nothing is sent");
    m_signIn->setEnabled(!isOffline);
    m_signIn->setToolTip(isOffline ? offline : QString());
    m_refresh->setEnabled(m_session.canRefresh(*m_entry));
    m_refresh->setToolTip(isOffline                 ? offline
                              : m_entry->canRefresh ? tr("Asks the provider for a new token")
                                                    : tr("There is no refresh token for this account"));
    if (needsPerson && m_entry->attention) {
        m_attention->showMessage(ColorRole::Danger, tr("Sign in needed"), attentionText(*m_entry->attention));
    } else if (state == AccountState::Blocked) {
        m_attention->showMessage(ColorRole::Danger, tr("Blocked by a policy"),
                                 tr("The provider gives this application no new token, whoever signs in. Its "
                                    "administrator can say what is missing."));
    } else {
        m_attention->hide();
    }
    const auto detail = m_session.detail(m_entry->profileId, m_entry->account.id);
    refreshOverview(detail);
    refreshSession(detail);
    m_history->setEvents(detail.history);
    ScopeSet granted = detail.refreshScopes;
    for (const auto &token : m_entry->tokens)
        granted = granted.united(token.scopes);
    const auto profile = m_session.profile(m_entry->profileId);
    m_permissions->setScopes(profile ? profile->scopes : ScopeSet(), granted);
    m_makeProfile->setVisible(profile && profile->isLost);
    m_consent->setVisible(profile && !adminConsentLink(*profile).isEmpty());
}

void AccountPanel::refreshOverview(const AccountDetail &detail)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto profile = m_session.profile(m_entry->profileId);
    auto through = !profile ? u"–"_s
        : profile->isLost   ? tr("none any more: %1 at %2").arg(profile->clientId, profile->issuer)
                            : tr("%1 at %2").arg(profile->name, profile->issuer);
    for (const auto &other : m_session.alsoIn(*m_entry))
        through += u'\n' + tr("also in %1, which is the same application").arg(other.name);
    m_facts[u"profile"_s]->setText(through);
    auto signedIn = whenText(detail.authenticatedAt);
    if (const auto way = signInWayText(m_entry->account, detail.history); !way.isEmpty())
        signedIn += u", "_s + way;
    if (!detail.methods.isEmpty())
        signedIn += u", "_s + methodsText(detail.methods);
    m_facts[u"signedIn"_s]->setText(signedIn);
    QStringList lines;
    for (const auto &token : m_entry->tokens) {
        if (token.use == TokenUse::Access)
            lines.append((token.expiresAt < now ? tr("%1: expired %2") : tr("%1: expires %2"))
                             .arg(tokenName(token), expiryText(token.expiresAt, now)));
    }
    m_inspect->setEnabled(!longestToken().isEmpty());
    m_copy->setEnabled(!longestToken().isEmpty());
    m_facts[u"access"_s]->setText(lines.isEmpty() ? tr("none") : lines.join(u'\n'));
    auto refresh = !m_entry->canRefresh   ? tr("none: when the access token ends, somebody has to sign in")
        : detail.refreshTokenAt.isValid() ? tr("since %1").arg(whenText(detail.refreshTokenAt))
                                          : tr("there");
    if (m_entry->sessionEndsAt.isValid())
        refresh += u'\n' + tr("ends %1 unless it is used before").arg(expiryText(m_entry->sessionEndsAt, now));
    m_facts[u"refresh"_s]->setText(refresh);
    m_facts[u"store"_s]->setText(detail.storeName);
    m_facts[u"problem"_s]->setText(problemText());
}

QString AccountPanel::problemText() const
{
    const auto &attention = m_entry->attention;
    const auto &failure = m_entry->failure;
    if (failure && (!attention || failure->at > attention->since))
        return errorText(failure->error).why + u' ' + whenText(failure->at);
    return attention ? attentionText(*attention) : tr("none");
}

void AccountPanel::refreshSession(const AccountDetail &detail)
{
    m_facts[u"authTime"_s]->setText(whenText(detail.authenticatedAt));
    m_facts[u"methods"_s]->setText(orDash(methodsText(detail.methods)));
    m_facts[u"context"_s]->setText(orDash(detail.contextClass));
    m_facts[u"sid"_s]->setText(m_isMasked ? maskedText() : orDash(detail.sessionId));
    m_facts[u"source"_s]->setText(orDash(signInWayText(m_entry->account, detail.history)));
}

} // namespace Countersign::Desktop
