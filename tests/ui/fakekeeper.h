// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/clientsecretkeeper.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>

namespace CountersignTest {

using namespace Countersign;
using Desktop::ClientSecretKeeper;

//! Keeps in memory, and answers later, as a keychain does.
class FakeKeeper final : public ClientSecretKeeper
{
public:
    void look(const Profile &profile, QObject *context, LookHandler handler) override
    {
        looked.append(profile.clientId);
        QTimer::singleShot(0, context, [this, handler, id = profile.clientId] {
            handler(failure ? Result<bool>(*failure) : Result<bool>(secrets.contains(id)));
        });
    }
    void keep(const Profile &profile, Secret secret, QObject *context, DoneHandler handler) override
    {
        if (!failure)
            secrets.insert(profile.clientId, secret.reveal().toByteArray());
        QTimer::singleShot(0, context, [this, handler] { handler(failure ? Result<void>(*failure) : Result<void>()); });
    }
    void forget(const Profile &profile, QObject *context, DoneHandler handler) override
    {
        secrets.remove(profile.clientId);
        QTimer::singleShot(0, context, [handler] { handler({}); });
    }

    QStringList looked;
    QHash<QString, QByteArray> secrets;
    std::optional<Error> failure;
};

} // namespace CountersignTest
