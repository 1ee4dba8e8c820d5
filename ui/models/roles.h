// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/qnamespace.h>

namespace Countersign::Desktop {

//! The roles of every model of the windows. No role ever carries a token.
enum Role {
    IdRole = Qt::UserRole + 1, //!< QString: what to ask the session for
    ProfileIdRole, //!< QString
    ExpiresAtRole, //!< QDateTime, UTC
    StateRole, //!< int: AccountState, Jose::CheckOutcome …
    DetailRole, //!< QString: the second line
    SortRole, //!< what to sort by
    PersonalRole, //!< bool: the text names a person; hidden while masked
    PathRole, //!< QString: where a claim stands
    RawValueRole, //!< QString: a claim's JSON; empty where it is secret or masked
};

enum class AccountState : quint8 {
    Ready,
    ExpiresSoon,
    Expired,
    NeedsSignIn,
    Refreshing,
    Locked, //!< its store is: what is cached can be used, nothing else
    Blocked, //!< by a policy of the provider
    Offline, //!< the network is away, or not wanted: what is cached can be used, nothing else
};

} // namespace Countersign::Desktop
