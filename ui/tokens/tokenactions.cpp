// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokens/tokenactions.h"

#include "window/actions.h"
#include "window/page.h"

#include <QtGui/QAction>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

TokenActions::TokenActions(Session &session, ActionRegistry &actions, QObject *parent)
    : QObject(parent), m_session(session), m_registry(actions)
{
    add({.id = u"token.inspect"_s,
         .menu = MenuKind::Token,
         .text = tr("&Inspect"),
         .symbol = u"inspect"_s,
         .tip = tr("Opens the chosen token in the inspector")},
        [this](const QString &token) { Q_EMIT inspectRequested(token); });
    addCopies();
    m_remind = add({.id = u"token.remind"_s,
                    .menu = MenuKind::Token,
                    .section = 3,
                    .text = tr("&Remind me before it ends"),
                    .symbol = u"clock"_s,
                    .tip = tr("Tells you five minutes before the chosen token ends, while the program runs")},
                   [this](const QString &token) { Q_EMIT reminderRequested(token, m_remind->isChecked()); });
    m_remind->setCheckable(true);
    addQuestions();
    connect(&session, &Session::accountsChanged, this, &TokenActions::update);
    connect(&session, &Session::networkChanged, this, &TokenActions::update);
    update();
}

QAction *TokenActions::add(const ActionSpec &spec, std::function<void(const QString &)> run)
{
    auto *action = m_registry.add(spec);
    connect(action, &QAction::triggered, this, [this, run = std::move(run)] {
        if (const auto token = chosen(); !token.isEmpty())
            run(token);
    });
    m_actions.append(action);
    return action;
}

void TokenActions::addCopies()
{
    const auto copyAs = [this](CopyForm form) {
        return [this, form](const QString &token) { Q_EMIT copyRequested(token, form); };
    };
    add({.id = u"token.copy"_s,
         .menu = MenuKind::Token,
         .section = 1,
         .text = tr("&Copy token"),
         .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
         .symbol = u"copy"_s,
         .tip = tr("Copies the chosen token; the clipboard is cleared after a while")},
        copyAs(CopyForm::Plain));
    struct Form
    {
        CopyForm form;
        QString id;
        QString text;
        QString tip;
    };
    const Form forms[] = {
        {CopyForm::Header, u"header"_s, tr("&Header"), tr("Copies an Authorization header with the chosen token")},
        {CopyForm::Curl, u"curl"_s, tr("c&url command"),
         tr("Copies the beginning of a curl command with the chosen token")},
        {CopyForm::PowerShell, u"powershell"_s, tr("&PowerShell command"),
         tr("Copies the beginning of an Invoke-RestMethod command with the chosen token")},
        {CopyForm::Httpie, u"httpie"_s, tr("HTTP&ie command"),
         tr("Copies the beginning of an http command with the chosen token")},
        {CopyForm::Json, u"json"_s, tr("&JSON"), tr("Copies the chosen token as a token response has it")},
        {CopyForm::Environment, u"environment"_s, tr("&Environment line"),
         tr("Copies ACCESS_TOKEN= with the chosen token")}};
    for (const auto &[form, id, text, tip] : forms) {
        add({.id = u"token.copy_"_s + id,
             .menu = MenuKind::Token,
             .section = 1,
             .text = text,
             .submenu = tr("Copy &as"),
             .symbol = u"copy"_s,
             .tip = tip},
            copyAs(form));
    }
    add({.id = u"token.copy_redacted"_s,
         .menu = MenuKind::Token,
         .section = 1,
         .text = tr("Copy re&dacted"),
         .symbol = u"copy"_s,
         .tip = tr("Copies the chosen token without its signature: it can be read and is worth nothing")},
        [this](const QString &token) { Q_EMIT redactionRequested(token); });
}

void TokenActions::addQuestions()
{
    add({.id = u"token.introspect"_s,
         .menu = MenuKind::Token,
         .section = 4,
         .text = tr("I&ntrospect…"),
         .symbol = u"globe"_s,
         .tip = tr("Asks the provider what it thinks of the chosen token")},
        [this](const QString &token) { Q_EMIT introspectionRequested(token); });
    add({.id = u"token.userinfo"_s,
         .menu = MenuKind::Token,
         .section = 4,
         .text = tr("&Userinfo…"),
         .symbol = u"globe"_s,
         .tip = tr("Asks the provider whom it knows the chosen token’s account to be")},
        [this](const QString &token) { Q_EMIT userInfoRequested(token); });
    add({.id = u"token.revoke"_s,
         .menu = MenuKind::Token,
         .section = 4,
         .text = tr("Re&voke…"),
         .symbol = u"trash"_s,
         .tip = tr("Has the provider take the chosen token back, or the refresh token of its account")},
        [this](const QString &token) { Q_EMIT revocationRequested(token); });
}

void TokenActions::setPage(const Page *page)
{
    m_page = page;
    update();
}

QString TokenActions::chosen() const
{
    return m_page ? m_page->chosenToken() : QString();
}

void TokenActions::update()
{
    const auto token = chosen();
    for (auto *action : std::as_const(m_actions))
        ActionRegistry::setReason(*action,
                                  token.isEmpty() ? tr("Choose a token in a list of them first") : whyNot(*action));
    m_remind->setChecked(!token.isEmpty() && m_watched.contains(token));
}

QString TokenActions::whyNot(const QAction &action) const
{
    const auto id = action.objectName();
    const bool revokes = id == "token.revoke"_L1;
    if (!revokes && id != "token.introspect"_L1 && id != "token.userinfo"_L1)
        return {};
    const auto token = chosen();
    const auto entry = m_session.accountOfToken(token);
    if (!entry)
        return {};
    if (m_session.isOffline())
        return tr("Offline mode is on: nothing is sent");
    const bool isIdToken = std::any_of(entry->tokens.cbegin(), entry->tokens.cend(), [&token](const TokenEntry &each) {
        return each.id == token && each.use == TokenUse::Id;
    });
    if (id == "token.introspect"_L1 && isIdToken)
        return tr("Providers say something of access tokens only");
    if (revokes && isIdToken)
        return tr("Providers take back access tokens and refresh tokens only");
    if (revokes && !m_session.canRevoke(entry->profileId))
        return tr("This provider takes no tokens back");
    return {};
}

void TokenActions::setWatched(const QSet<QString> &tokenIds)
{
    m_watched = tokenIds;
    update();
}

QList<QAction *> TokenActions::menuEntries() const
{
    QList<QAction *> entries;
    for (auto *action : m_actions) {
        if (auto *entry = m_registry.entryOf(action); entry && !entries.contains(entry))
            entries.append(entry);
    }
    return entries;
}

} // namespace Countersign::Desktop
