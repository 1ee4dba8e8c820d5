// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/clientsecrets.h>

#include <QtCore/QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

//! Whoever asked gets the answer when the call has returned, as from a store.
template <typename Handler> void answerLater(QObject *context, const Handler &handler, const Error &error)
{
    QTimer::singleShot(0, context, [handler, error] { handler(error); });
}

//! RFC 6749 Appendix A.2, and beyond it what is no control character: some providers give out more than ASCII.
bool isSecretText(QByteArrayView text)
{
    return !text.isEmpty()
        && std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

} // namespace

Error plainFileRefusal()
{
    return {ErrorCode::NotSupported,
            u"A client secret is not kept in MSAL's plain file: use the keychain or a sealed file."_s};
}

void keepClientSecret(PersistentTokenCache &cache, const Profile &profile, Secret secret, QObject *context,
                      PersistentTokenCache::DoneHandler done)
{
    const auto registration = profile.registration();
    if (!registration)
        return answerLater(context, done, registration.error());
    if (cache.store().kind() == TokenStore::Kind::MsalFile)
        return answerLater(context, done, plainFileRefusal());
    if (!isSecretText(secret.reveal()))
        return answerLater(
            context, done,
            Error{ErrorCode::InvalidArgument, u"The client secret is empty or has control characters in it."_s});
    const auto shared = std::make_shared<const Secret>(std::move(secret));
    cache.update(
        [registration = *registration, shared](TokenCache &kept) { kept.setClientSecret(registration, *shared); },
        context, std::move(done));
}

void forgetClientSecret(PersistentTokenCache &cache, const Profile &profile, QObject *context,
                        PersistentTokenCache::DoneHandler done)
{
    const auto registration = profile.registration();
    if (!registration)
        return answerLater(context, done, registration.error());
    cache.update([registration = *registration](TokenCache &kept) { kept.removeClientSecret(registration); }, context,
                 std::move(done));
}

void readClientSecret(PersistentTokenCache &cache, const Profile &profile, QObject *context, SecretAnswer answer)
{
    const auto registration = profile.registration();
    if (!registration)
        return answerLater(context, answer, registration.error());
    cache.open(context, [&cache, registration = *registration, answer = std::move(answer)](const Result<void> &opened) {
        if (!opened)
            return answer(opened.error());
        auto secret = cache.snapshot().clientSecret(registration);
        answer(secret ? std::make_shared<const Secret>(*std::move(secret)) : std::shared_ptr<const Secret>());
    });
}

} // namespace Countersign::App
