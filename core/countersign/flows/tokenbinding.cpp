// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/tokenbinding.h>

#include <countersign/flows/flowcontext.h>
#include <countersign/jose/base64url.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QString originOf(const QUrl &url)
{
    const int usual = url.scheme() == "http"_L1 ? 80 : 443;
    return u"%1://%2:%3"_s.arg(url.scheme(), url.host(QUrl::FullyEncoded)).arg(url.port(usual));
}

Protocol::ProofStamp stampOf(const FlowContext &context)
{
    constexpr qsizetype idSize = 16; // RFC 9449 §4.2 wants twelve
    return {.at = context.now(), .id = Jose::encodeBase64Url(context.services.random.bytes(idSize))};
}

Error keyGone()
{
    return Error{ErrorCode::InteractionRequired, u"The key that the token is bound to is gone."_s};
}

} // namespace

Protocol::TokenType tokenTypeOf(Protocol::ProofScheme scheme)
{
    return scheme == Protocol::ProofScheme::Dpop ? Protocol::TokenType::Dpop : Protocol::TokenType::Pop;
}

bool ProofNonces::learn(const QUrl &url, const HttpHeaders &headers)
{
    auto nonce = Protocol::parseProofNonce(headers.value("DPoP-Nonce"));
    const auto origin = originOf(url);
    if (!nonce || m_byOrigin.value(origin) == *nonce)
        return false;
    constexpr qsizetype mostOrigins = 64;
    if (m_byOrigin.size() >= mostOrigins && !m_byOrigin.contains(origin))
        m_byOrigin.clear();
    m_byOrigin.insert(origin, *std::move(nonce));
    return true;
}

QByteArray ProofNonces::of(const QUrl &url) const
{
    return m_byOrigin.value(originOf(url));
}

Result<QByteArray> proveTo(const QUrl &url, const TokenBinding &binding, const FlowContext &context)
{
    return Protocol::signDpopProof({.method = "POST", .url = url, .nonce = context.proofNonces.of(url)}, {},
                                   stampOf(context), binding.key);
}

Result<void> addProof(AuthenticationResult &result, const SilentParameters &parameters, const FlowContext &context)
{
    if (!parameters.proof)
        return {};
    const auto &wanted = *parameters.proof;
    const auto kept = context.services.cache.snapshot().proofKey(context.proofKeyPlace(parameters));
    if (!kept || kept->keyId() != result.keyId)
        return keyGone();
    const auto key = Jose::Jwk::parse(kept->secret().reveal());
    if (!key)
        return keyGone();
    if (wanted.scheme == Protocol::ProofScheme::SignedHttpRequest) {
        auto made = Protocol::signHttpRequest(wanted, result.accessToken, stampOf(context), *key);
        if (!made)
            return made.error();
        result.proof = *std::move(made);
        return {};
    }
    auto made = Protocol::signDpopProof(wanted, result.accessToken, stampOf(context), *key);
    if (!made)
        return made.error();
    result.proof = Secret(*std::move(made));
    return {};
}

} // namespace Countersign
