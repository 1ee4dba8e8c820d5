// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/clientparts.h>

#include <countersign/model/clouds.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

QString textOf(const Authority &authority)
{
    return QString::number(static_cast<int>(authority.kind())) + authority.issuer();
}

Result<void> checkConfiguration(const ClientConfiguration &configuration)
{
    const auto refuse = [](const QString &why) { return Error{ErrorCode::InvalidArgument, why}; };
    if (configuration.clientId.isEmpty())
        return refuse(u"The client id is missing."_s);
    if (configuration.requestTimeout <= std::chrono::milliseconds(0)
        || configuration.interactionTimeout <= std::chrono::milliseconds(0))
        return refuse(u"A timeout must be longer than nothing: there is no way to wait forever."_s);
    if (configuration.refreshMargin < std::chrono::seconds(0))
        return refuse(u"The refresh margin must not be negative."_s);
    if (configuration.excludedScopes.contains(u"openid"_s))
        return refuse(u"openid cannot be excluded."_s);
    if (configuration.assertionKey && !configuration.assertionKey->key.isPrivate())
        return refuse(u"A public key proves nothing: the client's assertions need the private one."_s);
    if (!configuration.region.isEmpty() && !isRegionLabel(configuration.region))
        return refuse(u"The region is none: it is one word, for example westeurope."_s);
    const auto &signing = configuration.requestSigning;
    if (signing
        && (Jose::isSymmetric(signing->algorithm)
            || !signing->key.algorithms(Jose::KeyPurpose::Sign).contains(signing->algorithm)))
        return refuse(u"The key that shall sign requests cannot do that."_s);
    for (const auto *encryption :
         {&configuration.idTokenEncryption, &configuration.userInfoEncryption, &configuration.responseEncryption}) {
        const auto opening = *encryption ? (*encryption)->keys.keys() : QList<Jose::Jwk>();
        if (!std::all_of(opening.begin(), opening.end(), [](const Jose::Jwk &key) { return key.isPrivate(); }))
            return refuse(u"A public key opens nothing that was encrypted."_s);
    }
    return {};
}

void endOperationsOf(QObject &client)
{
    // One by one: an operation may leave a refresh behind.
    for (;;) {
        const auto operations = client.findChildren<Operation *>(QString(), Qt::FindDirectChildrenOnly);
        if (operations.isEmpty())
            return;
        delete operations.last();
    }
}

} // namespace Countersign
