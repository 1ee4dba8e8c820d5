// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/accountspage.h"

#include "accounts/accountdelegate.h"
#include "accounts/accountpanel.h"
#include "accounts/welcomepage.h"
#include "models/accountmodel.h"
#include "widgets/fields.h"
#include "widgets/foldingside.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr std::chrono::seconds clockTick{30};

} // namespace

AccountsPage::AccountsPage(Session &session, Building building, QWidget *parent)
    : Page(u"accounts"_s, tr("Accounts"), u"account"_s, tr("Who is signed in, and their tokens"), parent),
      m_session(session), m_model(new AccountModel(session, this)), m_filtered(new QSortFilterProxyModel(this))
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setRecursiveFilteringEnabled(true);
    m_filtered->setAutoAcceptChildRows(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(&session, &Session::accountsChanged, this, &AccountsPage::refresh);
    connect(&session, &Session::busyChanged, this, &AccountsPage::takeBusy);
    connect(&session, &Session::profilesChanged, this, &AccountsPage::refresh);
    connect(&session, &Session::networkChanged, this, &AccountsPage::refresh);
    m_clock.setInterval(clockTick);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        m_model->refreshTimes();
        refresh();
    });
    m_clock.start();
    if (building == Building::AtOnce)
        build();
    refresh();
}

void AccountsPage::fill(QWidget &content)
{
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    column->addWidget(m_stack);
    refresh();
}

void AccountsPage::dropWelcome()
{
    // Later: one of its buttons may have led here.
    m_stack->removeWidget(m_welcomeArea);
    m_welcomeArea->deleteLater();
    m_welcomeArea = nullptr;
    m_welcome = nullptr;
}

WelcomePage *AccountsPage::welcome()
{
    build();
    if (m_welcome)
        return m_welcome;
    m_welcome = new WelcomePage(m_session);
    m_welcomeArea = scrolled(m_welcome, tr("Welcome"));
    m_stack->addWidget(m_welcomeArea);
    connect(m_welcome, &WelcomePage::signInRequested, this, &AccountsPage::signInRequested);
    connect(m_welcome, &WelcomePage::newProfileRequested, this, &AccountsPage::newProfileRequested);
    connect(m_welcome, &WelcomePage::inspectRequested, this, &AccountsPage::inspectorRequested);
    connect(m_welcome, &WelcomePage::importRequested, this, &AccountsPage::importRequested);
    m_welcome->setMasked(m_isMasked);
    if (m_looksAround)
        m_welcome->lookAround();
    return m_welcome;
}

void AccountsPage::lookAround()
{
    m_looksAround = true;
    if (m_welcome)
        m_welcome->lookAround();
}

void AccountsPage::makeSide()
{
    m_right = new QStackedWidget;
    m_panel = new AccountPanel(m_session);
    auto *nothing = new QLabel(tr("Choose an account, or sign in with Ctrl+L."));
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setWordWrap(true);
    nothing->setForegroundRole(QPalette::PlaceholderText);
    m_right->addWidget(nothing);
    m_right->addWidget(m_panel);
    m_side = new FoldingSide(makeList(), m_right, tr("Accounts"));
    m_side->splitter()->setSizes({300, 640});
    connectTree();
    connectPanel();
    m_panel->setMasked(m_isMasked);
    m_panel->setTokenActions(m_tokenActions);
    if (!m_sideState.isEmpty())
        restoreState(m_sideState);
    m_stack->addWidget(m_side);
}

QWidget *AccountsPage::makeList()
{
    m_filter = searchField(tr("Filter accounts"), tr("Filter accounts"));
    m_tree = new QTreeView;
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(10, 10, 6, 10);
    m_tree->setModel(m_filtered);
    m_tree->setAccessibleName(tr("Accounts by profile"));
    keepRowChosen(*m_tree);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(true);
    m_tree->setIndentation(14);
    m_tree->setItemDelegate(new AccountDelegate(m_tree));
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The icon, and enough of a name to know it.
    m_filter->setMinimumWidth(m_filter->fontMetrics().averageCharWidth() * 22);
    column->addWidget(m_filter);
    column->addWidget(m_tree, 1);
    return list;
}

void AccountsPage::connectTree()
{
    for (const auto chosen : {&QTreeView::clicked, &QTreeView::activated})
        connect(m_tree, chosen, m_side, [this] {
            if (currentAccount())
                m_side->foldUp();
        });
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, m_tree, &QTreeView::expandAll);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &AccountsPage::showCurrent);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &AccountsPage::openContextMenu);
    connect(m_filtered, &QAbstractItemModel::modelReset, m_tree, &QTreeView::expandAll);
    // With the last account of a profile the tree goes to the profile's own row.
    connect(m_filtered, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &parent) {
        if (parent.isValid() && parent == m_tree->currentIndex() && m_filtered->rowCount(parent) == 0)
            m_isAccountGone = true;
    });
    connect(m_filtered, &QAbstractItemModel::rowsInserted, m_tree, [this](const QModelIndex &parent) {
        if (parent.isValid())
            m_tree->expand(parent);
    });
    m_tree->expandAll();
}

void AccountsPage::connectPanel()
{
    const auto forward = [this](void (AccountsPage::*signal)(const AccountEntry &)) {
        return [this, signal] {
            if (const auto &entry = currentAccount())
                Q_EMIT(this->*signal)(*entry);
        };
    };
    connect(m_panel, &AccountPanel::getTokenRequested, this, forward(&AccountsPage::getTokenRequested));
    connect(m_panel, &AccountPanel::refreshRequested, this, forward(&AccountsPage::refreshRequested));
    connect(m_panel, &AccountPanel::morePermissionsRequested, this, forward(&AccountsPage::morePermissionsRequested));
    connect(m_panel, &AccountPanel::signInRequested, this, forward(&AccountsPage::signInAgainRequested));
    connect(m_panel, &AccountPanel::signOutRequested, this, forward(&AccountsPage::signOutRequested));
    connect(m_panel, &AccountPanel::profileRequested, this, forward(&AccountsPage::profileRequested));
    connect(m_panel, &AccountPanel::inspectRequested, this, &AccountsPage::tokenInspectRequested);
    connect(m_panel, &AccountPanel::copyRequested, this, &AccountsPage::tokenCopyRequested);
    connect(m_panel, &AccountPanel::tokenChosen, this, &Page::tokenChosen);
}

void AccountsPage::setTokenActions(const QList<QAction *> &actions)
{
    m_tokenActions = actions;
    if (m_panel)
        m_panel->setTokenActions(actions);
}

QString AccountsPage::chosenToken() const
{
    return m_panel ? m_panel->chosenToken() : QString();
}

const std::optional<AccountEntry> &AccountsPage::currentAccount() const
{
    static const std::optional<AccountEntry> nobody;
    return m_panel ? m_panel->account() : nobody;
}

void AccountsPage::selectAccount(const QString &profileId, const AccountId &account)
{
    build();
    const auto index = m_filtered->mapFromSource(m_model->indexOf(profileId, account));
    if (!index.isValid() || !m_side)
        return;
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void AccountsPage::refresh()
{
    const auto count = m_model->accountCount();
    const auto waiting = int(m_model->attentionCount());
    setBadge({.count = int(count), .waiting = waiting});
    if (!isBuilt())
        return;
    if (count == 0)
        welcome()->refresh();
    else if (!m_side)
        makeSide();
    const auto *focused = window()->focusWidget();
    const bool leavesWelcome = count > 0 && m_welcomeArea && focused && m_welcomeArea->isAncestorOf(focused);
    m_stack->setCurrentWidget(count == 0 ? m_welcomeArea : m_side);
    if (!m_side)
        return updateActions();
    if (leavesWelcome)
        m_tree->setFocus();
    if (count > 0 && m_welcomeArea)
        dropWelcome();
    selectKept();
    // A list that began anew forgot who was chosen.
    if (const auto chosen = currentAccount(); chosen && !m_tree->currentIndex().isValid())
        selectAccount(chosen->profileId, chosen->account.id);
    // The chosen account may be gone; a profile's own row stays chosen, whatever the clock brings.
    const bool isGone =
        std::exchange(m_isAccountGone, false) || !m_hasShownAccount || !m_tree->currentIndex().isValid();
    if (isGone && !m_tree->currentIndex().parent().isValid() && count > 0) {
        for (int place = 0; place < m_filtered->rowCount(); ++place) {
            const auto group = m_filtered->index(place, 0);
            if (m_filtered->rowCount(group) > 0) {
                m_tree->setCurrentIndex(m_filtered->index(0, 0, group));
                break;
            }
        }
    }
    showCurrent();
}

//! One line draws itself anew; the others do not have to be looked at.
void AccountsPage::takeBusy(const AccountEntry &entry)
{
    // Nobody waits for its person while a token is being fetched: see AccountModel::attentionCount().
    if (entry.attention || !entry.canRefresh)
        return refresh();
    const auto chosen = currentAccount();
    if (chosen && chosen->profileId == entry.profileId && chosen->account.id == entry.account.id)
        showCurrent();
}

//! Who was chosen when the program ended, once accounts are there.
void AccountsPage::selectKept()
{
    if (!m_kept || m_model->accountCount() == 0)
        return;
    const auto [profileId, account] = *std::exchange(m_kept, std::nullopt);
    selectAccount(profileId, account);
}

void AccountsPage::showCurrent()
{
    const auto *entry = m_model->account(m_filtered->mapToSource(m_tree->currentIndex()));
    m_hasShownAccount = m_hasShownAccount || entry;
    m_panel->setAccount(entry ? std::optional(*entry) : std::nullopt);
    m_right->setCurrentIndex(entry ? 1 : 0);
    m_side->setChosen(m_tree->currentIndex().data().toString());
    updateActions();
}

QList<QWidget *> AccountsPage::focusStops() const
{
    if (!m_side || m_stack->currentWidget() == m_welcomeArea)
        return {m_welcome};
    return {m_side->isFolded() ? static_cast<QWidget *>(m_side->button()) : m_tree, m_panel->tabs()};
}

void AccountsPage::setMasked(bool masked)
{
    const auto entry = currentAccount();
    m_isMasked = masked;
    m_model->setMasked(masked);
    if (m_panel)
        m_panel->setMasked(masked);
    if (m_welcome)
        m_welcome->setMasked(masked);
    if (entry)
        selectAccount(entry->profileId, entry->account.id);
}

QJsonObject AccountsPage::saveState() const
{
    if (!m_side)
        return m_sideState;
    QJsonObject state{{u"splitter"_s, QString::fromLatin1(m_side->splitter()->saveState().toBase64())},
                      {u"tab"_s, m_panel->tabs()->currentIndex()}};
    if (const auto &entry = currentAccount(); entry && !entry->isSessionOnly) {
        state.insert(u"profile"_s, entry->profileId);
        state.insert(u"account"_s, entry->account.id.homeAccountId.value);
        state.insert(u"environment"_s, entry->account.id.environment.value);
    }
    return state;
}

void AccountsPage::restoreState(const QJsonObject &state)
{
    m_sideState = state;
    if (!m_side)
        return;
    m_side->splitter()->restoreState(QByteArray::fromBase64(state.value(u"splitter"_s).toString().toLatin1()));
    const auto tab = state.value(u"tab"_s).toInt();
    if (tab >= 0 && tab < m_panel->tabs()->count())
        m_panel->tabs()->setCurrentIndex(tab);
    const AccountId account{{state.value(u"account"_s).toString()}, {state.value(u"environment"_s).toString()}};
    if (!account.isEmpty())
        m_kept = {state.value(u"profile"_s).toString(), account};
    selectKept();
}

} // namespace Countersign::Desktop
