// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwtexaminer.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/sametext.h>
#include <countersign/jose/tokenhash.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JwtCheck issuerCheck{"issuer"_L1, "OIDC Core 3.1.3.7 step 2"_L1, ErrorCause::IssuerMismatch};
constexpr JwtCheck keyIssuerCheck{"key_issuer"_L1, "Entra key set, member issuer"_L1, ErrorCause::IssuerMismatch};
constexpr JwtCheck tenantCheck{"tenant"_L1, "Entra multi-tenant metadata"_L1, ErrorCause::IssuerMismatch};
constexpr JwtCheck audienceCheck{"audience"_L1, "OIDC Core 3.1.3.7 step 3"_L1, ErrorCause::AudienceMismatch};
constexpr JwtCheck partyCheck{"authorized_party"_L1, "OIDC Core 3.1.3.7 steps 4 and 5"_L1,
                              ErrorCause::AudienceMismatch};
constexpr JwtCheck subjectCheck{"subject"_L1, "OIDC Core 2, 5.3.2, 12.2"_L1, ErrorCause::IssuerMismatch};
constexpr JwtCheck sameSubjectCheck{"subject"_L1, "OIDC Core 5.3.2, 12.2"_L1, ErrorCause::WrongAccount};
constexpr JwtCheck nonceCheck{"nonce"_L1, "OIDC Core 3.1.3.7 step 11"_L1, ErrorCause::NonceMismatch};
constexpr JwtCheck accessTokenCheck{"at_hash"_L1, "OIDC Core 3.1.3.8, 3.2.2.9"_L1, ErrorCause::HashMismatch};
constexpr JwtCheck codeCheck{"c_hash"_L1, "OIDC Core 3.3.2.10"_L1, ErrorCause::HashMismatch};
constexpr JwtCheck stateCheck{"s_hash"_L1, "FAPI 1.0 part 2, 5.1"_L1, ErrorCause::HashMismatch};

bool isAscii(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

//! The tenant in an issuer of Entra's, version 1 or 2; empty when there is none.
QStringView tenantIn(QStringView issuer)
{
    // https://HOST/TENANT/…
    const auto begin = issuer.indexOf(u'/', QStringView(u"https://").size()) + 1;
    const auto segment = begin > 0 ? issuer.sliced(begin) : QStringView();
    const auto end = segment.indexOf(u'/');
    const auto tenant = end < 0 ? segment : segment.first(end);
    return isTenantGuid(tenant) ? tenant : QStringView();
}

} // namespace

//! One set may hold keys for all tenants and keys for one, such as the one of personal accounts: a key of the latter
//! kind signs for nobody else. Spec: security rule B.104.
void JwtExaminer::checkKeyIssuer(const Jwk &key)
{
    if (key.issuer().isEmpty() || key.issuer().contains("{tenantid}"_L1))
        return;
    const auto issuer = claims().string("iss").value_or(QString());
    const auto tenant = tenantIn(key.issuer());
    const bool isSameTenant = !tenant.isEmpty() && tenantIn(issuer).compare(tenant, Qt::CaseInsensitive) == 0;
    if (issuer != key.issuer() && !isSameTenant)
        return failed(keyIssuerCheck, u"the key signs for another issuer"_s, shown(key.issuer()), shown(issuer));
    passed(keyIssuerCheck, shown(key.issuer()), shown(issuer));
}

void JwtExaminer::checkIssuer()
{
    if (m_rules.use == JwtUse::UserInfo && !claims().contains("iss"))
        return failedClaim(issuerCheck, "iss", m_rules.issuer.describe({}));
    if (m_rules.issuer.isEmpty())
        return notPossible(issuerCheck, u"no issuer to compare with"_s);
    const auto issuer = claims().utf8("iss");
    const auto tenant = m_rules.issuer.looksAtTenant() ? claims().string("tid").value_or(QString()) : QString();
    if (!issuer)
        return failedClaim(issuerCheck, "iss", m_rules.issuer.describe(tenant));
    if (m_rules.issuer.isMultiTenant() && !isTenantGuid(tenant))
        return failed(tenantCheck, u"the tenant is no GUID"_s, u"a GUID in \"tid\""_s, shown(claims().value("tid")));
    if (!m_rules.issuer.matches(QUtf8StringView(issuer->data(), issuer->size()), tenant))
        return failed(issuerCheck, u"the token was issued by somebody else"_s, m_rules.issuer.describe(tenant),
                      shown(claims().value("iss")));
    if (!isSilent())
        passed(issuerCheck, m_rules.issuer.describe(tenant), QString::fromUtf8(*issuer));
}

void JwtExaminer::checkAudience()
{
    if (m_rules.audience.isEmpty())
        return notPossible(audienceCheck, u"no audience to compare with"_s);
    QStringList audiences;
    if (const auto one = claims().utf8("aud")) {
        if (isSilent() && isSame(*one, m_rules.audience))
            return;
        audiences = {QString::fromUtf8(*one)};
    } else if (auto several = claims().stringList("aud")) {
        audiences = std::move(*several);
    } else {
        return failedClaim(audienceCheck, "aud", m_rules.audience);
    }
    const auto actual = isSilent() ? QString() : shown(audiences.join(u", "_s));
    if (!audiences.contains(m_rules.audience))
        return failed(audienceCheck, u"the token is for somebody else"_s, m_rules.audience, actual);
    const bool hasStranger = std::any_of(audiences.begin(), audiences.end(), [this](const QString &audience) {
        return audience != m_rules.audience && !m_rules.otherAudiences.contains(audience);
    });
    if (hasStranger && m_rules.use != JwtUse::AccessToken)
        return failed(audienceCheck, u"the token is also for somebody who is not trusted"_s, m_rules.audience, actual);
    passed(audienceCheck, m_rules.audience, actual);
}

void JwtExaminer::checkAuthorizedParty()
{
    if (!claims().contains("azp")) {
        const auto several = m_rules.isPartyRequired ? claims().array("aud") : std::nullopt;
        if (several && several->size() > 1)
            return failed(partyCheck, u"several audiences, but no authorized party"_s, m_rules.audience, u"missing"_s);
        return notApplicable(partyCheck, u"one audience, no authorized party"_s);
    }
    if (m_rules.audience.isEmpty())
        return notPossible(partyCheck, u"no client id to compare with"_s);
    const auto party = claims().string("azp");
    if (!party)
        return failedClaim(partyCheck, "azp", m_rules.audience);
    if (*party != m_rules.audience)
        return failed(partyCheck, u"the token was issued to another client"_s, m_rules.audience, shown(*party));
    passed(partyCheck, m_rules.audience, *party);
}

void JwtExaminer::checkSubject()
{
    constexpr qsizetype maximumSubject = 255; // OIDC Core §2
    const auto subject = claims().utf8("sub");
    if (!subject)
        return failedClaim(subjectCheck, "sub", u"a subject"_s);
    if (subject->isEmpty() || subject->size() > maximumSubject || !isAscii(*subject))
        return failed(subjectCheck, u"a subject is 1 to 255 ASCII characters"_s, u"1 to 255 ASCII characters"_s,
                      shown(claims().value("sub")));
    if (m_rules.use == JwtUse::UserInfo && !m_rules.subject)
        return notPossible(subjectCheck, u"no ID token to compare with"_s);
    if (isSilent() && !m_rules.subject)
        return;
    const auto actual = QString::fromUtf8(*subject);
    if (m_rules.subject && actual != *m_rules.subject)
        return failed(sameSubjectCheck, u"the token is about somebody else"_s, *m_rules.subject, shown(actual));
    passed(subjectCheck, m_rules.subject.value_or(QString()), actual);
}

void JwtExaminer::checkNonce()
{
    const auto value = claims().value("nonce");
    const auto actual = value.utf8();
    if (m_rules.use == JwtUse::LogoutToken) {
        // So that a logout token cannot pass for an ID token (Back-Channel Logout §2.4).
        if (!value.isUndefined())
            return failed(nonceCheck, u"a logout token must not carry a nonce"_s, u"no nonce"_s, u"a nonce"_s);
        return passed(nonceCheck, u"no nonce"_s, u"no nonce"_s);
    }
    if (!value.isUndefined() && !actual)
        return failedClaim(nonceCheck, "nonce", u"a string"_s);
    if (m_rules.nonce)
        return actual || m_rules.nonceRule != NonceRule::EqualIfPresent
            ? checkSentNonce(actual.value_or(QByteArrayView()))
            : notApplicable(nonceCheck, u"a renewed token needs none"_s);
    if (!actual)
        return notApplicable(nonceCheck, u"none sent, none received"_s);
    if (m_rules.nonceRule == NonceRule::AsSent)
        return failed(nonceCheck, u"the token answers another request: this one carried no nonce"_s, u"no nonce"_s,
                      lengthOf(*actual));
    notPossible(nonceCheck, u"the nonce that was sent is not known"_s, false);
}

void JwtExaminer::checkSentNonce(QByteArrayView actual)
{
    const auto expected = m_rules.nonce->toUtf8();
    if (actual.isEmpty() || !equalInConstantTime(expected, actual))
        return failed(nonceCheck, u"the token answers another request"_s, lengthOf(expected),
                      actual.isEmpty() ? u"missing"_s : lengthOf(actual));
    if (!isSilent())
        passed(nonceCheck, lengthOf(expected), lengthOf(actual));
}

void JwtExaminer::checkHashes()
{
    checkHash(accessTokenCheck, "at_hash", m_rules.accessToken);
    if (!isDone())
        checkHash(codeCheck, "c_hash", m_rules.code);
    if (!isDone())
        checkHash(stateCheck, "s_hash", m_rules.state);
}

void JwtExaminer::checkHash(const JwtCheck &check, QByteArrayView claim, const HashPartner &partner)
{
    if (!claims().contains(claim)) {
        if (partner.isHashRequired())
            return failed(check, u"nothing binds the token to what came with it"_s, u"a hash"_s, u"missing"_s);
        return notApplicable(check, u"the token carries none"_s);
    }
    const auto actual = claims().utf8(claim);
    if (!actual)
        return failedClaim(check, claim, u"a string"_s);
    if (!partner.isKnown())
        return notPossible(check, u"what was hashed is not known"_s, false);
    if (!m_algorithm)
        return notPossible(check, u"the hash depends on the algorithm, and that is not acceptable"_s);
    const auto expected = tokenHash(partner.reveal(), *m_algorithm, m_key && m_key->curve() == "Ed448"_L1);
    if (!equalInConstantTime(expected, *actual))
        return failed(check, u"the token belongs to something else"_s, QString::fromLatin1(expected),
                      shown(claims().value(claim)));
    passed(check, QString::fromLatin1(expected), QString::fromLatin1(expected));
}

} // namespace Countersign::Jose
