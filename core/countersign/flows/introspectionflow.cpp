// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/introspectionflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/protocol/introspection.h>

using namespace Qt::StringLiterals;

namespace Countersign {

IntrospectionFlow::IntrospectionFlow(FlowContext &context, IntrospectionParameters parameters, QObject *parent)
    : ProviderFlow(context, context.authorityFor(parameters.authority), parent), m_parameters(std::move(parameters))
{
    run<IntrospectionFlow>({
        &IntrospectionFlow::openStore,
        &IntrospectionFlow::discover,
        &IntrospectionFlow::checkIssuer,
        &IntrospectionFlow::ask,
    });
}

//! Whether this provider made the token: it says so itself, or it lies in the cache as one of this provider's.
bool IntrospectionFlow::isFromHere() const
{
    const auto &token = m_parameters.token;
    if (const auto jwt = Jose::UnverifiedJwt::parse(token.reveal()))
        return jwt->claims().string("iss") == m_metadata.issuer;
    const auto environments = m_context.environmentsOf(m_authority);
    const auto isSame = [&](const auto &entry) {
        return environments.contains(entry.environment()) && entry.secret() == token;
    };
    const auto &cache = m_context.services.cache.snapshot();
    const auto accessTokens = cache.accessTokens();
    const auto refreshTokens = cache.refreshTokens();
    return std::any_of(accessTokens.begin(), accessTokens.end(), isSame)
        || std::any_of(refreshTokens.begin(), refreshTokens.end(), isSame);
}

//! Showing a token to somebody is giving it to them.
void IntrospectionFlow::checkIssuer()
{
    const auto &endpoint = m_metadata.introspectionEndpoint;
    if (!requireEndpoint(endpoint, "introspection_endpoint"_L1))
        return;
    if (!isFromHere() && m_parameters.confirmedHost != endpoint.host())
        return failNamed(
            Error{ErrorCode::InvalidArgument, ErrorCause::IssuerMismatch,
                  u"The token is not known to come from this provider: showing it to %1 must be confirmed."_s.arg(
                      endpoint.host())}
                .withComparison(endpoint.host(), m_parameters.confirmedHost));
    next();
}

void IntrospectionFlow::ask()
{
    auto encoded = Protocol::encode(
        Protocol::IntrospectionRequest{.clientId = m_context.configuration.clientId,
                                       .authentication = m_authentication,
                                       .token = std::move(m_parameters.token),
                                       .typeHint = m_parameters.typeHint,
                                       .wantsSignature = !m_metadata.introspectionSigningAlgorithms.isEmpty()});
    send(formRequest(HttpPurpose::Introspection, m_metadata.introspectionEndpoint, std::move(encoded)),
         [this](const HttpResponse &response) {
             auto answer = Protocol::parseIntrospection(answerOf(response), m_context.now());
             if (!answer)
                 return failNamed(answer.error());
             if (answer->signedAnswer.isEmpty())
                 return deliver(answer->active, false);
             verify(std::move(answer->signedAnswer));
         });
}

void IntrospectionFlow::verify(Secret signedAnswer)
{
    setDeadline(2 * requestDeadline(), u"Fetching the provider's keys"_s);
    m_verification = std::make_unique<Verification>(
        m_context, Verification::Provider{m_authority, m_metadata, correlation()},
        Protocol::introspectionRules(m_authority, m_metadata, m_context.configuration.clientId),
        std::move(signedAnswer));
    m_verification->start([this](const Result<Jose::VerifiedJwt> &verified) {
        if (!verified)
            return failNamed(verified.error());
        const auto active = Protocol::introspectionIn(verified->claims());
        if (!active)
            return failNamed(active.error());
        deliver(*active, true);
    });
}

void IntrospectionFlow::deliver(const std::optional<Jose::JsonObject> &active, bool isSigned)
{
    if (!enter(Stage::Done))
        return;
    succeed(Introspection{.isActive = active.has_value(),
                          .json = active ? active->raw().toByteArray() : QByteArray(),
                          .isSigned = isSigned});
}

void IntrospectionFlow::release()
{
    m_verification.reset();
    ProviderFlow::release();
}

} // namespace Countersign
