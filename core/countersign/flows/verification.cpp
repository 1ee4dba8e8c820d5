// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/verification.h>

using namespace Qt::StringLiterals;

namespace Countersign {

bool isKeyMissing(const Jose::UnverifiedJwt &token, const Error &error)
{
    // Without a kid a new key shows as a signature that none of the old ones made.
    return error.cause() == ErrorCause::KeyNotFound
        || (error.cause() == ErrorCause::SignatureInvalid && !token.keyId().has_value());
}

Error encryptedForNobody(const QString &what)
{
    return {ErrorCode::NotSupported, u"The provider encrypted %1, and this client has no key to open it."_s.arg(what)};
}

Verification::Verification(FlowContext &context, Provider provider, Jose::JwtRules rules, Secret token)
    : m_context(context), m_provider(std::move(provider)), m_validator(std::move(rules)), m_text(std::move(token))
{
}

Verification::~Verification() = default;

void Verification::start(Handler handler)
{
    m_handler = std::move(handler);
    auto token = open();
    m_text.clear();
    if (!token)
        return finish(token.error());
    m_token = *std::move(token);
    if (m_provider.metadata.jwksUri.isEmpty())
        return finish(
            Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing, u"The provider names no jwks_uri."_s});
    if (const auto keys = m_context.providers.keys(m_provider.authority, m_provider.metadata))
        return validate(*keys);
    fetchKeys();
}

Result<Jose::UnverifiedJwt> Verification::open() const
{
    if (!m_validator.rules().encryption && Jose::isEncrypted(m_text.reveal()))
        return encryptedForNobody(u"the answer"_s);
    return m_validator.open(m_text.reveal());
}

void Verification::fetchKeys()
{
    m_keysTicket = m_context.providers.fetchKeys(m_provider.authority, m_provider.metadata, m_provider.correlationId,
                                                 [this](const Result<Jose::JwkSet> &keys) {
                                                     if (!keys)
                                                         return finish(keys.error());
                                                     validate(*keys);
                                                 });
}

void Verification::validate(const Jose::JwkSet &keys)
{
    const auto verified = m_validator.validate(*m_token, keys, m_context.now());
    if (!verified && isKeyMissing(*m_token, verified.error()) && !std::exchange(m_hasRefetched, true)
        && m_context.providers.takeRefetch(m_provider.authority))
        return fetchKeys();
    finish(verified);
}

void Verification::finish(const Result<Jose::VerifiedJwt> &outcome)
{
    const auto handler = std::exchange(m_handler, nullptr);
    handler(outcome); // this may be gone now
}

} // namespace Countersign
