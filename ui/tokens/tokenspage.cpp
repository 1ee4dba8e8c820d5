// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokens/tokenspage.h"

#include "models/alltokensmodel.h"
#include "widgets/fields.h"
#include "window/actions.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

TokensPage::TokensPage(Session &session, Building building, QWidget *parent)
    : Page(u"tokens"_s, tr("Tokens"), u"token"_s, tr("Every token that is kept, and how long it lasts"), parent),
      m_session(session), m_model(new AllTokensModel(session, this)), m_filtered(new QSortFilterProxyModel(this))
{
    connect(m_model, &QAbstractItemModel::modelReset, this, &TokensPage::refresh);
    if (building == Building::AtOnce)
        build();
    refresh();
}

void TokensPage::fill(QWidget &content)
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setSortRole(SortRole);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_stack = new QStackedWidget;
    m_filter = searchField(tr("Filter tokens"), tr("Filter by account, profile or scope"));
    m_table = new QTableView;
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(14, 12, 14, 12);
    column->addWidget(m_stack);
    auto *empty = new QLabel(tr("No tokens yet. Sign in, and they appear here."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    auto *list = new QWidget;
    auto *lines = new QVBoxLayout(list);
    lines->setContentsMargins(0, 0, 0, 0);
    makeTable();
    lines->addWidget(m_filter);
    lines->addWidget(m_table, 1);
    m_stack->addWidget(empty);
    m_stack->addWidget(list);
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    refresh();
}

void TokensPage::makeTable()
{
    m_table->addActions(m_tokenActions);
    m_table->setModel(m_filtered);
    m_table->setAccessibleName(tr("Tokens"));
    m_table->setShowGrid(false);
    // As the accounts stand, until somebody wants another order: sorting many of them takes time.
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 14);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(AllTokensModel::ScopesColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(sizeInText(*m_table, 10, 1).width());
    const std::array columns{21, 15, 16, 18, 16, 17, 12, 9, 12}; // characters; looking at every token would take time
    for (int section = 0; section < int(columns.size()); ++section)
        m_table->setColumnWidth(section, sizeInText(*m_table, columns.at(std::size_t(section)), 1).width());
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT tokenInspectRequested(index.data(IdRole).toString()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TokensPage::updateActions);
}

QString TokensPage::currentToken() const
{
    if (!m_table)
        return {};
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.constFirst().data(IdRole).toString();
}

void TokensPage::refresh()
{
    setBadge({.count = m_model->rowCount()});
    if (m_stack)
        m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    updateActions();
}

void TokensPage::updateActions()
{
    const bool hasToken = isVisible() && !currentToken().isEmpty();
    for (auto *action : std::as_const(m_tokenActions))
        ActionRegistry::setReason(*action, hasToken ? whyNot(*action) : tr("Choose a token in the list of all first"));
    if (m_remind)
        m_remind->setChecked(hasToken && m_watched.contains(currentToken()));
}

QString TokensPage::whyNot(const QAction &action) const
{
    const auto id = action.objectName();
    const bool asks = id == "token.introspect"_L1 || id == "token.userinfo"_L1 || id == "token.revoke"_L1;
    const auto entry = asks ? m_session.accountOfToken(currentToken()) : std::nullopt;
    if (!entry)
        return {};
    if (m_session.isOffline() && id != "token.revoke"_L1)
        return tr("Offline mode is on: nothing is sent");
    const bool isIdToken = std::any_of(entry->tokens.cbegin(), entry->tokens.cend(), [this](const TokenEntry &token) {
        return token.id == currentToken() && token.use == TokenUse::Id;
    });
    if (id == "token.introspect"_L1 && isIdToken)
        return tr("Providers say something of access tokens only");
    if (id == "token.revoke"_L1 && !m_session.canRevoke(entry->profileId))
        return tr("This provider takes no tokens back");
    return {};
}

void TokensPage::setWatched(const QSet<QString> &tokenIds)
{
    m_watched = tokenIds;
    updateActions();
}

void TokensPage::activated()
{
    m_model->refreshTimes();
    updateActions();
}

void TokensPage::contribute(ActionRegistry &actions)
{
    const auto add = [this, &actions](const ActionSpec &spec, std::function<void(const QString &)> run) {
        auto *action = actions.add(spec);
        connect(action, &QAction::triggered, this, [this, run = std::move(run)] {
            if (const auto token = currentToken(); !token.isEmpty())
                run(token);
        });
        m_tokenActions.append(action);
        if (m_table)
            m_table->addAction(action);
        return action;
    };
    const auto copyAs = [this](CopyForm form) {
        return [this, form](const QString &token) { Q_EMIT tokenCopyRequested(token, form); };
    };
    add({.id = u"token.inspect"_s,
         .menu = MenuKind::Token,
         .text = tr("&Inspect"),
         .symbol = u"inspect"_s,
         .tip = tr("Opens the chosen token in the inspector")},
        [this](const QString &token) { Q_EMIT tokenInspectRequested(token); });
    add({.id = u"token.copy"_s,
         .menu = MenuKind::Token,
         .section = 1,
         .text = tr("&Copy token"),
         .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
         .symbol = u"copy"_s,
         .tip = tr("Copies the chosen token; the clipboard is cleared after a while")},
        copyAs(CopyForm::Plain));
    add({.id = u"token.copy_redacted"_s,
         .menu = MenuKind::Token,
         .section = 1,
         .text = tr("Copy re&dacted"),
         .symbol = u"copy"_s,
         .tip = tr("Copies the chosen token without its signature: it can be read and is worth nothing")},
        [this](const QString &token) { Q_EMIT tokenRedactionRequested(token); });
    m_remind = add({.id = u"token.remind"_s,
                    .menu = MenuKind::Token,
                    .section = 3,
                    .text = tr("&Remind me before it ends"),
                    .symbol = u"clock"_s,
                    .tip = tr("Tells you five minutes before the chosen token ends, while the program runs")},
                   [this](const QString &token) { Q_EMIT tokenReminderRequested(token, m_remind->isChecked()); });
    m_remind->setCheckable(true);
    struct Form
    {
        CopyForm form;
        QString id;
        QString text;
        QString tip;
    };
    const Form forms[] = {
        {CopyForm::Header, u"header"_s, tr("Copy as &header"),
         tr("Copies an Authorization header with the chosen token")},
        {CopyForm::Curl, u"curl"_s, tr("Copy as c&url command"),
         tr("Copies the beginning of a curl command with the chosen token")},
        {CopyForm::PowerShell, u"powershell"_s, tr("Copy as &PowerShell command"),
         tr("Copies the beginning of an Invoke-RestMethod command with the chosen token")},
        {CopyForm::Httpie, u"httpie"_s, tr("Copy as HTTP&ie command"),
         tr("Copies the beginning of an http command with the chosen token")},
        {CopyForm::Json, u"json"_s, tr("Copy as &JSON"), tr("Copies the chosen token as a token response has it")},
        {CopyForm::Environment, u"environment"_s, tr("Copy as &environment line"),
         tr("Copies ACCESS_TOKEN= with the chosen token")}};
    for (const auto &[form, id, text, tip] : forms) {
        add({.id = u"token.copy_"_s + id,
             .menu = MenuKind::Token,
             .section = 2,
             .text = text,
             .symbol = u"copy"_s,
             .tip = tip},
            copyAs(form));
    }
    add({.id = u"token.introspect"_s,
         .menu = MenuKind::Token,
         .section = 4,
         .text = tr("I&ntrospect…"),
         .symbol = u"globe"_s,
         .tip = tr("Asks the provider what it thinks of the chosen token")},
        [this](const QString &token) { Q_EMIT tokenIntrospectionRequested(token); });
    add({.id = u"token.userinfo"_s,
         .menu = MenuKind::Token,
         .section = 4,
         .text = tr("&Userinfo…"),
         .symbol = u"globe"_s,
         .tip = tr("Asks the provider whom it knows the chosen token’s account to be")},
        [this](const QString &token) { Q_EMIT tokenUserInfoRequested(token); });
    add({.id = u"token.revoke"_s,
         .menu = MenuKind::Token,
         .section = 4,
         .text = tr("Re&voke…"),
         .symbol = u"signout"_s,
         .tip = tr("Takes back what the chosen token’s account has, at the provider and here: it is signed out")},
        [this](const QString &token) { Q_EMIT tokenRevocationRequested(token); });
    updateActions();
}

QList<QWidget *> TokensPage::focusStops() const
{
    if (!isBuilt())
        return {};
    return {m_filter, m_table};
}

void TokensPage::setMasked(bool masked)
{
    m_model->setMasked(masked);
}

QJsonObject TokensPage::saveState() const
{
    return {{u"columns"_s, QString::fromLatin1(m_table->horizontalHeader()->saveState().toBase64())}};
}

void TokensPage::restoreState(const QJsonObject &state)
{
    m_table->horizontalHeader()->restoreState(QByteArray::fromBase64(state.value(u"columns"_s).toString().toLatin1()));
}

} // namespace Countersign::Desktop
