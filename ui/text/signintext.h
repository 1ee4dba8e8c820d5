// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "signin/signinrun.h"

namespace Countersign::Desktop {

// The words of a sign-in.

//! The steps that are shown in a row.
QStringList signInStepNames();
//! Which of them \p state belongs to; as many as there are: all are behind.
int signInStepOf(SignInState state);

struct SignInStateFacts
{
    SignInWay way = SignInWay::Browser;
    QString host;
    QString store;
    std::chrono::seconds interval{0};
    bool hasCode = false; //!< one for another device can be entered
};
QString signInStateText(SignInState state, const SignInStateFacts &facts);
//! What it costs to cancel a step that takes longer than it should; empty: nothing.
QString cancelText(SignInState state, const QString &host, const QString &store);
//! Title and text of NeedStore. \p error: what failed; nothing: somebody is waited for. \p hasOpened: a page or a code
//! was before the person already.
std::pair<QString, QString> storeProblemText(const std::optional<Error> &error, const QString &store, bool hasOpened);
//! Whether a screen reader shall say it at once.
bool isUrgent(SignInState state);
//! How, what was granted, how long it is good for.
QString doneText(const Outcome &outcome);
//! "password, one-time code". Spec: RFC 8176.
QString methodsText(const QStringList &methods);
//! Empty: unknown.
QString signInWayText(AccountEvent::Way way);
//! How \p account came here: what its \p history, newest first, says of its last sign-in, otherwise what the cache
//! keeps. Empty: unknown.
QString signInWayText(const Account &account, const QList<AccountEvent> &history);
QString declineText(const Error &error);
//! Whether whoever signed in seems to be somebody else than \p hint names: no name of theirs is like it. False for no
//! hint, and where nothing of them is known.
bool isSomebodyElse(const QString &hint, const Account &account);
QString wrongAccountText(const Session &session, const SignInRequest &request, bool masked = false);
//! Where an administrator agrees for everybody; empty where there is no such page.
QUrl adminConsentLink(const ProfileEntry &profile);

} // namespace Countersign::Desktop
