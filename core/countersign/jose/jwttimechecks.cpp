// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwtexaminer.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JwtCheck expiryCheck{"expiry"_L1, "RFC 7519 4.1.4"_L1, ErrorCause::TokenTime};
constexpr JwtCheck notBeforeCheck{"not_before"_L1, "RFC 7519 4.1.5"_L1, ErrorCause::TokenTime};
constexpr JwtCheck issuedAtCheck{"issued_at"_L1, "OIDC Core 3.1.3.7 step 10"_L1, ErrorCause::TokenTime};
constexpr JwtCheck lifetimeCheck{"lifetime"_L1, "RFC 7519 4.1.4"_L1, ErrorCause::TokenTime};
constexpr JwtCheck ageCheck{"max_age"_L1, "OIDC Core 3.1.3.7 step 13"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck contextCheck{"acr"_L1, "OIDC Core 3.1.3.7 step 12"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck renewalCheck{"renewal"_L1, "OIDC Core 12.2"_L1, ErrorCause::PolicyFailed};

} // namespace

void JwtExaminer::checkExpiry()
{
    const bool isRequired = m_rules.use != JwtUse::UserInfo && m_rules.use != JwtUse::LogoutToken;
    const auto expiry = dateClaim(expiryCheck, "exp", isRequired);
    if (!expiry) {
        // Drafts of Back-Channel Logout had none; the final text wants it.
        if (m_rules.use == JwtUse::LogoutToken && !claims().contains("exp"))
            warned(expiryCheck, u"a logout token should expire"_s, u"a time"_s, u"missing"_s);
        else if (!claims().contains("exp") && !isRequired)
            notApplicable(expiryCheck, u"the token does not expire"_s);
        return;
    }
    const auto issuedAt = claims().value("iat").flooredInteger();
    if (issuedAt && *expiry < *issuedAt)
        return untimely(lifetimeCheck, u"the token ends before it begins"_s, timeText(*issuedAt), timeText(*expiry));
    if (*expiry + m_skew <= m_now)
        return untimely(expiryCheck, u"the token has expired"_s, u"after "_s + timeText(m_now - m_skew),
                        timeText(*expiry));
    if (!isSilent())
        passed(expiryCheck, u"after "_s + timeText(m_now - m_skew), timeText(*expiry));
}

void JwtExaminer::checkNotBefore()
{
    const auto notBefore = dateClaim(notBeforeCheck, "nbf", false);
    if (!notBefore)
        return claims().contains("nbf") ? void() : notApplicable(notBeforeCheck, u"the token carries none"_s);
    if (*notBefore > m_now + m_skew)
        return untimely(notBeforeCheck, u"the token is not valid yet"_s, u"not after "_s + timeText(m_now + m_skew),
                        timeText(*notBefore));
    if (!isSilent())
        passed(notBeforeCheck, u"not after "_s + timeText(m_now + m_skew), timeText(*notBefore));
}

void JwtExaminer::checkIssuedAt()
{
    const bool isRequired = m_rules.use != JwtUse::UserInfo && m_rules.use != JwtUse::AuthorizationResponse;
    const auto issuedAt = dateClaim(issuedAtCheck, "iat", isRequired);
    if (!issuedAt)
        return claims().contains("iat") || isRequired ? void()
                                                      : notApplicable(issuedAtCheck, u"the token carries none"_s);
    if (*issuedAt > m_now + m_skew)
        return untimely(issuedAtCheck, u"the token comes from the future"_s, u"not after "_s + timeText(m_now + m_skew),
                        timeText(*issuedAt));
    if (m_rules.maximumTokenAge && *issuedAt + m_rules.maximumTokenAge->count() + m_skew < m_now)
        return untimely(issuedAtCheck, u"the token is older than the request"_s,
                        u"not before "_s + timeText(m_now - m_rules.maximumTokenAge->count() - m_skew),
                        timeText(*issuedAt));
    if (!isSilent())
        passed(issuedAtCheck, u"not after "_s + timeText(m_now + m_skew), timeText(*issuedAt));
}

void JwtExaminer::checkAuthenticationTime()
{
    const bool isRequired = m_rules.maximumAge || m_rules.isAuthenticationTimeRequired;
    const auto authenticatedAt = dateClaim(ageCheck, "auth_time", isRequired);
    if (!authenticatedAt)
        return claims().contains("auth_time") || isRequired ? void() : notApplicable(ageCheck, u"not asked for"_s);
    if (*authenticatedAt > m_now + m_skew)
        return failed(ageCheck, u"the person signed in in the future"_s, u"not after "_s + timeText(m_now + m_skew),
                      timeText(*authenticatedAt));
    if (!m_rules.maximumAge)
        return passed(ageCheck, {}, !isSilent() ? timeText(*authenticatedAt) : QString());
    const auto oldest = m_now - m_rules.maximumAge->count() - m_skew;
    if (*authenticatedAt < oldest)
        return failed(ageCheck, u"the person signed in too long ago"_s, u"not before "_s + timeText(oldest),
                      timeText(*authenticatedAt));
    if (!isSilent())
        passed(ageCheck, u"not before "_s + timeText(oldest), timeText(*authenticatedAt));
}

void JwtExaminer::checkAuthenticationContext()
{
    if (m_rules.authenticationContexts.isEmpty())
        return notApplicable(contextCheck, u"not asked for"_s);
    const auto expected = m_rules.authenticationContexts.join(u" or "_s);
    const auto context = claims().string("acr");
    if (!context)
        return failedClaim(contextCheck, "acr", expected);
    if (!m_rules.authenticationContexts.contains(*context))
        return failed(contextCheck, u"the person did not sign in as strongly as demanded"_s, expected, shown(*context));
    passed(contextCheck, expected, *context);
}

void JwtExaminer::checkRenewal()
{
    if (!m_rules.previouslyIssuedAt && !m_rules.authenticatedAt)
        return notApplicable(renewalCheck, u"not a renewed token"_s);
    const auto issuedAt = claims().value("iat").flooredInteger();
    if (m_rules.previouslyIssuedAt && issuedAt && *issuedAt < m_rules.previouslyIssuedAt->toSecsSinceEpoch())
        return failed(renewalCheck, u"the renewed token is older than the one it renews"_s,
                      timeText(m_rules.previouslyIssuedAt->toSecsSinceEpoch()), timeText(*issuedAt));
    const auto authenticatedAt = claims().value("auth_time").flooredInteger();
    if (m_rules.authenticatedAt && authenticatedAt && *authenticatedAt != *m_rules.authenticatedAt)
        return failed(renewalCheck, u"the renewed token tells of another sign-in"_s, timeText(*m_rules.authenticatedAt),
                      timeText(*authenticatedAt));
    passed(renewalCheck);
}

} // namespace Countersign::Jose
