// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsecretstore.h"

#include "clientsession.h"

#include <QtCore/QTimer>

namespace Countersign::Desktop {

template <typename Handler> bool ClientSecretStore::isLeft(QObject *context, const Handler &handler) const
{
    if (!m_session.isStoreLeft())
        return false;
    QTimer::singleShot(0, context, [handler] { handler(ClientSession::storeLeft()); });
    return true;
}

void ClientSecretStore::look(const Profile &profile, QObject *context, LookHandler handler)
{
    if (isLeft(context, handler))
        return;
    App::readClientSecret(m_session.services().cache(), profile, context,
                          [handler = std::move(handler)](const Result<std::shared_ptr<const Secret>> &secret) {
                              handler(secret ? Result<bool>(*secret != nullptr) : Result<bool>(secret.error()));
                          });
}

void ClientSecretStore::keep(const Profile &profile, Secret secret, QObject *context, DoneHandler handler)
{
    if (!isLeft(context, handler))
        App::keepClientSecret(m_session.services().cache(), profile, std::move(secret), context, std::move(handler));
}

void ClientSecretStore::forget(const Profile &profile, QObject *context, DoneHandler handler)
{
    if (!isLeft(context, handler))
        App::forgetClientSecret(m_session.services().cache(), profile, context, std::move(handler));
}

} // namespace Countersign::Desktop
