// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/keychainsecret.h>

#include <countersign/storage/keychainitem.h>

using namespace Qt::StringLiterals;

namespace Countersign {

void readKeychainSecret(const QString &key, QObject *context, std::function<void(Result<Secret>)> handler)
{
    const KeychainItem item{QLatin1StringView(keychainSecretService), key};
    readSurely(item, context, [key, handler = std::move(handler)](Result<std::optional<Secret>> found) {
        if (!found)
            return handler(found.error());
        if (!*found || (*found)->isEmpty())
            return handler(Error{ErrorCode::InvalidArgument,
                                 u"The keychain has no item '%1' of the service '%2'."_s.arg(
                                     key, QLatin1StringView(keychainSecretService))});
        handler(std::move(**found));
    });
}

} // namespace Countersign
