// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/clientsecretkeeper.h"

#include <common/clientsecrets.h>

namespace Countersign::Desktop {

class ClientSession;

//! Client secrets in the session's store. While the store is being moved nothing is kept, see ClientSession.
class ClientSecretStore final : public ClientSecretKeeper
{
public:
    //! \p session outlives it.
    explicit ClientSecretStore(ClientSession &session) : m_session(session) { }

    void look(const Profile &profile, QObject *context, LookHandler handler) override;
    void keep(const Profile &profile, Secret secret, QObject *context, DoneHandler handler) override;
    void forget(const Profile &profile, QObject *context, DoneHandler handler) override;

private:
    //! Says so later where the store may not be used now.
    template <typename Handler> bool isLeft(QObject *context, const Handler &handler) const;

    ClientSession &m_session;
};

} // namespace Countersign::Desktop
