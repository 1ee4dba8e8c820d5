// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/deviceauthorization.h>
#include <countersign/protocol/introspection.h>
#include <countersign/protocol/proof.h>
#include <countersign/protocol/signout.h>
#include <countersign/protocol/tokenresponse.h>
#include <countersign/protocol/userinfo.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

//! Every JSON document that a provider answers a form with, and the nonce that comes beside it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto authority = Authority::oidc(QStringLiteral("https://h"));
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto at = QDateTime::fromSecsSinceEpoch(0);
    for (const int status : {200, 400, 503}) {
        const Protocol::HttpAnswer answer{
            .status = status, .headers = {{"Content-Type", "application/json"}}, .body = bytes};
        const auto device = Protocol::parseDeviceAuthorization(*authority, answer, at);
        if (device && device->verificationUri.scheme() != QLatin1StringView("https"))
            std::abort();
        if (device && device->verificationUriComplete
            && device->verificationUriComplete->host() != device->verificationUri.host())
            std::abort();
        const auto tokens = Protocol::parseTokenResponse(answer, at);
        if (tokens && tokens->accessToken.isEmpty())
            std::abort();
        (void)Protocol::parseUserInfo(answer, at);
        (void)Protocol::parseIntrospection(answer, at);
        (void)Protocol::parseRevocation(answer, at);
    }
    // What is taken as a nonce can be put into a proof.
    static const QUrl api(QStringLiteral("https://h/"));
    if (const auto nonce = Protocol::parseProofNonce(bytes);
        nonce && !Protocol::checkProof({.method = "GET", .url = api, .nonce = *nonce}))
        std::abort();
    static const auto state = Secret::copyOf("state");
    if (Protocol::answersSignOut(bytes, state) && !bytes.toByteArray().contains("state"))
        std::abort();
    return 0;
}
