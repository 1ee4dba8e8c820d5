// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "text/copyform.h"

#include <QtCore/QPointer>
#include <QtCore/QSet>

QT_BEGIN_NAMESPACE
class QAction;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ActionRegistry;
struct ActionSpec;
class Page;

//! What can be done with the token that is chosen at the place in front, as actions of the window: its menus, its
//! palette, and the context menu of every list of tokens.
class TokenActions final : public QObject
{
    Q_OBJECT
public:
    //! \p session and \p actions outlive it.
    TokenActions(Session &session, ActionRegistry &actions, QObject *parent);

    //! The place in front; null: none.
    void setPage(const Page *page);
    //! Another token was chosen there, or what is known of it has changed.
    void update();
    //! Those of whose end somebody wants to be reminded.
    void setWatched(const QSet<QString> &tokenIds);
    //! For the context menu of a list of tokens: menus inside the menu stand for what is in them.
    QList<QAction *> menuEntries() const;

Q_SIGNALS:
    void inspectRequested(const QString &tokenId);
    void copyRequested(const QString &tokenId, Countersign::Desktop::CopyForm form);
    void redactionRequested(const QString &tokenId);
    void introspectionRequested(const QString &tokenId);
    void userInfoRequested(const QString &tokenId);
    void revocationRequested(const QString &tokenId);
    void reminderRequested(const QString &tokenId, bool isWanted);

private:
    QAction *add(const ActionSpec &spec, std::function<void(const QString &)> run);
    void addCopies();
    void addQuestions();
    QString chosen() const;
    //! Empty: \p action can be done with the chosen token.
    QString whyNot(const QAction &action) const;

    Session &m_session;
    ActionRegistry &m_registry;
    QPointer<const Page> m_page;
    QList<QAction *> m_actions;
    QAction *m_remind;
    QSet<QString> m_watched;
};

} // namespace Countersign::Desktop
