// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/checkreport.h>
#include <countersign/jose/jwkset.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/jose/unverifiedjwt.h>

#include <QtCore/QLatin1String>

#include <span>

namespace Countersign::Jose {

//! One rule's fixed words.
struct JwtCheck
{
    QLatin1StringView id;
    QLatin1StringView reference;
    ErrorCause cause = ErrorCause::PolicyFailed;
};

//! Why an access token need not be as RFC 9068 wants it. See JwtRules::isProfileRequired.
inline constexpr QLatin1StringView profileNotWanted{"RFC 9068 was not asked for"};

//! Foreign text for a report: no line breaks, not longer than a line.
QString clipped(QStringView text);
QString clipped(const JsonValue &value);
//! What stands for a value that must not be shown.
QString lengthOf(QByteArrayView secret);
QString timeText(qint64 seconds);

//! Holds one token against its rules, check by check. When silent, it stops at the first failure and writes nothing
//! down: the words about a token cost more time than the claims themselves.
class JwtExaminer
{
public:
    enum class Depth : quint8 { Silent, Full };

    JwtExaminer(const JwtRules &rules, const UnverifiedJwt &token, const JwkSet &keys, const QDateTime &at,
                Depth depth);

    void run();
    //! Whether a rule failed or a mandatory one was not possible.
    bool isRefused() const { return m_hasStopped; }
    const CheckReport &report() const { return m_report; }
    //! Once the rules allow it.
    std::optional<Algorithm> algorithm() const { return m_algorithm; }
    //! The key that verified the signature.
    const std::optional<Jwk> &key() const { return m_key; }

private:
    using Step = void (JwtExaminer::*)();

    // jwtexaminer.cpp: form, key, signature
    void checkEncryption();
    void checkType();
    void checkCritical();
    void checkAlgorithm();
    void checkSignature();
    void verifyWithAny(std::span<const Jwk *const> candidates);
    void checkProofKey();
    FittingKeys candidateKeys(Algorithm algorithm);

    // jwtidentitychecks.cpp: who, for whom, for which request
    void checkIssuer();
    void checkKeyIssuer(const Jwk &key);
    void checkAudience();
    void checkAuthorizedParty();
    void checkSubject();
    void checkNonce();
    void checkSentNonce(QByteArrayView actual);
    void checkHashes();
    void checkHash(const JwtCheck &check, QByteArrayView claim, const HashPartner &partner);

    // jwttimechecks.cpp
    void checkExpiry();
    void checkNotBefore();
    void checkIssuedAt();
    void checkAuthenticationTime();
    void checkAuthenticationContext();
    void checkRenewal();

    // jwtusechecks.cpp: what one use alone demands
    void checkEvents();
    void checkSession();
    void checkTokenId();
    void checkClientId();
    void checkMethod();
    void checkUrl();
    void checkAccessTokenHash();
    void checkRequestTime();
    void checkRequestLine();
    void checkEmbeddedToken();
    void checkKeyBinding();

    const QList<Step> &steps() const;

    void passed(const JwtCheck &check, const QString &expected = {}, const QString &actual = {});
    void failed(const JwtCheck &check, const QString &reason, const QString &expected = {}, const QString &actual = {});
    void warned(const JwtCheck &check, const QString &reason, const QString &expected = {}, const QString &actual = {});
    void notPossible(const JwtCheck &check, const QString &reason, bool isMandatory = true);
    void notApplicable(const JwtCheck &check, const QString &reason = {});
    //! A claim that is missing or of another type than \p expected.
    void failedClaim(const JwtCheck &check, QByteArrayView claim, const QString &expected);
    //! Failed, or warned where the rules tolerate time problems.
    void untimely(const JwtCheck &check, const QString &reason, const QString &expected, const QString &actual);
    //! A NumericDate in a sane range. Without one, and the claim there or \p isRequired, the check has failed.
    std::optional<qint64> dateClaim(const JwtCheck &check, QByteArrayView claim, bool isRequired);

    bool isProof() const;
    //! An access token whose rules do not insist on RFC 9068.
    bool isOldAccessToken() const { return m_rules.use == JwtUse::AccessToken && !m_rules.isProfileRequired; }
    bool isSilent() const { return m_depth == Depth::Silent; }
    // Foreign text for the report; nothing when silent.
    QString shown(QStringView text) const { return isSilent() ? QString() : clipped(text); }
    QString shown(const JsonValue &value) const { return isSilent() ? QString() : clipped(value); }
    const JsonObject &claims() const { return m_token.claims(); }
    bool isDone() const { return m_depth == Depth::Silent && m_hasStopped; }
    void write(const JwtCheck &check, CheckOutcome outcome, const QString &reason, const QString &expected,
               const QString &actual);

    const JwtRules &m_rules;
    const UnverifiedJwt &m_token;
    const JwkSet &m_keys;
    const qint64 m_now;
    const qint64 m_skew;
    const Depth m_depth;
    std::optional<Algorithm> m_algorithm; // once allowed
    std::optional<Jwk> m_key;
    CheckReport m_report;
    bool m_hasStopped = false;
};

} // namespace Countersign::Jose
