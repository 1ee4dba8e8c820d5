// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/verification.h>

#include <countersign/jose/jwtvalidator.h>

using namespace Qt::StringLiterals;

namespace Countersign {

bool isKeyMissing(const Jose::UnverifiedJwt &token, const Error &error)
{
    // Without a kid a new key shows as a signature that none of the old ones made.
    return error.cause() == ErrorCause::KeyNotFound
        || (error.cause() == ErrorCause::SignatureInvalid && !token.keyId().has_value());
}

Verification::Verification(FlowContext &context, Provider provider, Jose::JwtRules rules, Secret token)
    : m_context(context), m_provider(std::move(provider)), m_rules(std::move(rules)), m_token(std::move(token))
{
}

Verification::~Verification() = default;

void Verification::start(Handler handler)
{
    m_handler = std::move(handler);
    if (m_provider.metadata.jwksUri.isEmpty())
        return finish(
            Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing, u"The provider names no jwks_uri."_s});
    if (const auto keys = m_context.providers.keys(m_provider.authority, m_provider.metadata))
        return validate(*keys);
    fetchKeys();
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
    const auto token = Jose::UnverifiedJwt::parse(m_token.reveal());
    if (!token)
        return finish(token.error());
    const auto verified = Jose::JwtValidator(m_rules).validate(*token, keys, m_context.now());
    if (!verified && isKeyMissing(*token, verified.error()) && !std::exchange(m_hasRefetched, true)
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
