// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwtexaminer.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/jose/base64url.h>

#include <QtCore/QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JwtCheck encryptionCheck{"encryption"_L1, "OIDC Core 3.1.3.7 step 1"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck typeCheck{"type"_L1, "RFC 8725 3.11"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck criticalCheck{"critical"_L1, "RFC 7515 4.1.11"_L1, ErrorCause::SignatureInvalid};
constexpr JwtCheck algorithmCheck{"algorithm"_L1, "RFC 8725 3.1"_L1, ErrorCause::SignatureInvalid};
constexpr JwtCheck keyCheck{"key"_L1, "RFC 7515 6"_L1, ErrorCause::KeyNotFound};
constexpr JwtCheck signatureCheck{"signature"_L1, "RFC 7515 5.2"_L1, ErrorCause::SignatureInvalid};

// Without a kid, keys are tried; more than this many are not (security rule B.91).
constexpr qsizetype maximumTrials = 8;

//! The values of "typ" that a use accepts; an empty one stands for an absent "typ".
const QList<QByteArray> &acceptedTypes(JwtUse use)
{
    using Types = QList<QByteArray>;
    static const Types plain{"", "jwt"};
    static const Types accessToken{"at+jwt"}; // RFC 9068 §4
    static const Types logoutToken{"logout+jwt", "jwt", ""};
    static const Types introspection{"token-introspection+jwt"}; // RFC 9701 §5
    static const Types dpopProof{"dpop+jwt"}; // RFC 9449 §4.3
    static const Types signedRequest{"pop", "jwt", ""}; // MSAL.NET and JS; Objective-C; the expired draft
    switch (use) {
    case JwtUse::IdToken:
    case JwtUse::UserInfo:
    case JwtUse::AuthorizationResponse: return plain;
    case JwtUse::AccessToken: return accessToken;
    case JwtUse::LogoutToken: return logoutToken;
    case JwtUse::Introspection: return introspection;
    case JwtUse::DpopProof: return dpopProof;
    case JwtUse::SignedHttpRequest: return signedRequest;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return plain;
}

QString listed(const QList<QByteArray> &types)
{
    QStringList names;
    for (const auto &type : types)
        names.append(type.isEmpty() ? u"none"_s : QString::fromLatin1(type));
    return names.join(u", "_s);
}

QString names(const Algorithms &allowed)
{
    QStringList names;
    for (int i = 0; i <= int(Algorithm::HS512); ++i) {
        if (allowed.contains(Algorithm(i)))
            names.append(name(Algorithm(i)));
    }
    return names.join(u", "_s);
}

} // namespace

QString clipped(QStringView text)
{
    constexpr qsizetype line = 200;
    QString shown = text.left(line).toString();
    for (auto &c : shown) {
        if (!c.isPrint())
            c = QChar::ReplacementCharacter;
    }
    return text.size() > line ? shown + u'…' : shown;
}

QString clipped(const JsonValue &value)
{
    if (value.isUndefined())
        return u"missing"_s;
    if (const auto text = value.string())
        return clipped(*text);
    return clipped(QString::fromUtf8(value.raw().first(std::min<qsizetype>(value.raw().size(), 400))));
}

QString lengthOf(QByteArrayView secret)
{
    return u"<%1 characters>"_s.arg(secret.size());
}

QString timeText(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc()).toUTC().toString(Qt::ISODate);
}

JwtExaminer::JwtExaminer(const JwtRules &rules, const UnverifiedJwt &token, const JwkSet &keys, const QDateTime &at,
                         Depth depth)
    : m_rules(rules), m_token(token), m_keys(keys), m_now(at.toSecsSinceEpoch()),
      m_skew(std::clamp(rules.clockSkew, std::chrono::seconds(0), JwtRules::maximumClockSkew).count()), m_depth(depth)
{
}

void JwtExaminer::run()
{
    for (const auto step : steps()) {
        (this->*step)();
        if (isDone())
            return;
    }
}

const QList<JwtExaminer::Step> &JwtExaminer::steps() const
{
    using E = JwtExaminer;
    using Steps = QList<Step>;
    // In the order in which failures matter: form and signature, who and for whom, time, policy.
    static const Steps form{&E::checkEncryption, &E::checkType, &E::checkCritical, &E::checkAlgorithm,
                            &E::checkSignature};
    static const Steps identity = form + Steps{&E::checkIssuer, &E::checkAudience};
    static const Steps time{&E::checkExpiry, &E::checkNotBefore, &E::checkIssuedAt};
    static const Steps idToken = identity
        + Steps{&E::checkAuthorizedParty, &E::checkSubject, &E::checkNonce, &E::checkHashes} + time
        + Steps{&E::checkRenewal, &E::checkAuthenticationTime, &E::checkAuthenticationContext, &E::checkEvents};
    static const Steps accessToken = identity + Steps{&E::checkSubject} + time
        + Steps{&E::checkAuthenticationTime, &E::checkAuthenticationContext, &E::checkClientId, &E::checkTokenId};
    static const Steps logoutToken =
        identity + Steps{&E::checkNonce} + time + Steps{&E::checkEvents, &E::checkSession, &E::checkTokenId};
    static const Steps userInfo = identity + Steps{&E::checkSubject} + time;
    static const Steps response = identity + time;
    // RFC 9701 §5: no "exp" is expected, so that the answer passes for no token.
    static const Steps introspection = identity + Steps{&E::checkNotBefore, &E::checkIssuedAt};
    static const Steps dpopProof =
        form + Steps{&E::checkKeyBinding,      &E::checkNonce,    &E::checkMethod, &E::checkUrl,
                     &E::checkAccessTokenHash, &E::checkIssuedAt, &E::checkTokenId};
    static const Steps signedRequest = form
        + Steps{&E::checkKeyBinding, &E::checkEmbeddedToken, &E::checkNonce, &E::checkRequestLine,
                &E::checkRequestTime};
    switch (m_rules.use) {
    case JwtUse::IdToken: return idToken;
    case JwtUse::AccessToken: return accessToken;
    case JwtUse::LogoutToken: return logoutToken;
    case JwtUse::UserInfo: return userInfo;
    case JwtUse::AuthorizationResponse: return response;
    case JwtUse::Introspection: return introspection;
    case JwtUse::DpopProof: return dpopProof;
    case JwtUse::SignedHttpRequest: return signedRequest;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return form;
}

void JwtExaminer::checkEncryption()
{
    if (!m_rules.encryption)
        return notApplicable(encryptionCheck, u"none was registered"_s);
    const auto expected = name(m_rules.encryption->keyManagement);
    if (!m_token.wasEncrypted())
        return failed(encryptionCheck, u"the token is not encrypted, but that was registered"_s, expected, u"none"_s);
    passed(encryptionCheck, expected, expected);
}

void JwtExaminer::checkType()
{
    const auto &accepted = acceptedTypes(m_rules.use);
    if (isSilent() && m_token.header().value("typ").isString("JWT") && accepted.contains("jwt")
        && m_rules.use != JwtUse::LogoutToken)
        return;
    const auto type = m_token.type();
    const auto actual = shown(m_token.header().value("typ"));
    if (isOldAccessToken() && (type.isEmpty() || type == "jwt"))
        return notApplicable(typeCheck, profileNotWanted);
    if (!accepted.contains(type))
        return failed(typeCheck, u"another kind of token: \"typ\" keeps one use from passing for another"_s,
                      listed(accepted), actual);
    if (m_rules.use == JwtUse::LogoutToken && type != "logout+jwt")
        return warned(typeCheck, u"the recommended type is missing"_s, u"logout+jwt"_s, actual);
    if (!isSilent())
        passed(typeCheck, listed(accepted), actual);
}

void JwtExaminer::checkCritical()
{
    // No header extension is processed here, so whatever "crit" holds is not understood; b64 is not for JWTs (RFC 7797
    // §7).
    if (m_token.header().contains("crit"))
        return failed(criticalCheck, u"the token demands header extensions that are not understood"_s, u"none"_s,
                      shown(m_token.header().value("crit")));
    if (m_token.header().contains("b64"))
        return failed(criticalCheck, u"\"b64\" has no place in a JWT"_s, u"none"_s, u"b64"_s);
    passed(criticalCheck);
}

void JwtExaminer::checkAlgorithm()
{
    const auto algorithm = m_token.algorithm();
    const auto actual = shown(m_token.header().value("alg"));
    if (!algorithm) {
        const bool isNone = m_token.algorithmName().trimmed().compare("none"_L1, Qt::CaseInsensitive) == 0;
        return failed(algorithmCheck, isNone ? u"the token is not signed"_s : u"the algorithm is unknown"_s,
                      names(m_rules.allowed), actual);
    }
    if (!m_rules.allowed.contains(*algorithm))
        return failed(algorithmCheck, u"the algorithm is not the expected one"_s, names(m_rules.allowed), actual);
    if (isSymmetric(*algorithm) && (!m_rules.mayUseSecret || isProof()))
        return failed(algorithmCheck, u"a shared secret cannot prove who signed"_s, names(Algorithms::asymmetric()),
                      actual);
    m_algorithm = algorithm;
    passed(algorithmCheck, !isSilent() ? names(m_rules.allowed) : QString(), actual);
}

void JwtExaminer::checkSignature()
{
    if (!m_algorithm)
        return notApplicable(signatureCheck, u"no acceptable algorithm"_s);
    if (m_rules.use == JwtUse::AccessToken && m_token.header().contains("nonce"))
        return notPossible(
            signatureCheck,
            u"Microsoft alters tokens for its own resources (header \"nonce\"): nobody else can verify them"_s);
    if (isProof())
        return checkProofKey();
    const auto candidates = candidateKeys(*m_algorithm);
    if (!candidates.isEmpty())
        verifyWithAny({candidates.constData(), static_cast<std::size_t>(candidates.size())});
}

FittingKeys JwtExaminer::candidateKeys(Algorithm algorithm)
{
    const auto keyId = m_token.header().utf8("kid");
    const auto shownId = keyId ? shown(m_token.header().value("kid")) : QStringLiteral("no kid");
    if (m_keys.isEmpty()) {
        // Its own cause, because the caller can fetch keys and try again.
        failed(keyCheck, u"no keys to verify with"_s, shownId, u"no keys"_s);
        return {};
    }
    const auto keys = m_keys.fitting(algorithm, keyId, KeyPurpose::Verify);
    if (!keyId) {
        if (keys.isEmpty() || keys.size() > maximumTrials) {
            failed(keyCheck, u"the token names no key, and %1 fit"_s.arg(keys.size()), u"one key"_s, shownId);
            return {};
        }
        passed(keyCheck);
        return keys;
    }
    if (keys.size() != 1) {
        const auto reason = m_keys.select({algorithm, m_token.keyId()}).error().message();
        failed(keyCheck, reason, shownId, u"%1 keys"_s.arg(m_keys.keys().size()));
        return {};
    }
    passed(keyCheck, shownId, shown(keys.first()->keyId()));
    return keys;
}

void JwtExaminer::verifyWithAny(std::span<const Jwk *const> candidates)
{
    for (const auto *candidate : candidates) {
        if (!verifySignature(*m_algorithm, m_token.signingInput(), m_token.signature(), *candidate))
            continue;
        m_key = *candidate;
        passed(signatureCheck, !isSilent() ? QString(name(*m_algorithm)) : QString());
        return checkKeyIssuer(*candidate);
    }
    failed(signatureCheck, u"the signature does not fit the token and the key"_s, name(*m_algorithm),
           u"%1 bytes"_s.arg(m_token.signature().size()));
}

void JwtExaminer::checkProofKey()
{
    const bool isDpop = m_rules.use == JwtUse::DpopProof;
    const auto holder = isDpop ? m_token.header() : claims().object("cnf").value_or(JsonObject());
    const auto json = holder.object("jwk");
    if (!json)
        return failed(keyCheck, u"the proof carries no key"_s, isDpop ? u"header jwk"_s : u"claim cnf.jwk"_s,
                      shown(holder.value("jwk")));
    const auto key = Jwk::parse(json->raw());
    if (!key)
        return failed(keyCheck, key.error().message(), u"a public key"_s, u"unusable"_s);
    if (key->isPrivate() || key->isSymmetric())
        return failed(keyCheck, u"the proof shows a key that must stay secret"_s, u"a public key"_s, key->type());
    passed(keyCheck, u"the proof's own key"_s, !isSilent() ? key->thumbprintText() : QString());
    const std::array<const Jwk *, 1> own{&*key};
    verifyWithAny(own);
}

bool JwtExaminer::isProof() const
{
    return m_rules.use == JwtUse::DpopProof || m_rules.use == JwtUse::SignedHttpRequest;
}

void JwtExaminer::passed(const JwtCheck &check, const QString &expected, const QString &actual)
{
    if (!isSilent())
        write(check, CheckOutcome::Passed, {}, expected, actual);
}

void JwtExaminer::failed(const JwtCheck &check, const QString &reason, const QString &expected, const QString &actual)
{
    m_hasStopped = true;
    write(check, CheckOutcome::Failed, reason, expected, actual);
}

void JwtExaminer::warned(const JwtCheck &check, const QString &reason, const QString &expected, const QString &actual)
{
    write(check, CheckOutcome::Warning, reason, expected, actual);
}

void JwtExaminer::notPossible(const JwtCheck &check, const QString &reason, bool isMandatory)
{
    m_hasStopped = m_hasStopped || isMandatory;
    if (isSilent())
        return;
    Check entry{check.id, CheckOutcome::NotPossible, {}, {}, reason, check.reference};
    entry.isMandatory = isMandatory;
    m_report.append(std::move(entry));
}

void JwtExaminer::notApplicable(const JwtCheck &check, const QString &reason)
{
    if (!isSilent())
        write(check, CheckOutcome::NotApplicable, reason, {}, {});
}

void JwtExaminer::failedClaim(const JwtCheck &check, QByteArrayView claim, const QString &expected)
{
    const auto value = claims().value(claim);
    if (value.isUndefined())
        return failed(check, u"claim \"%1\" is missing"_s.arg(QString::fromLatin1(claim)), expected, u"missing"_s);
    const JwtCheck malformed{check.id, check.reference, ErrorCause::TokenMalformed};
    failed(malformed, u"claim \"%1\" has the wrong type"_s.arg(QString::fromLatin1(claim)), expected, shown(value));
}

void JwtExaminer::untimely(const JwtCheck &check, const QString &reason, const QString &expected, const QString &actual)
{
    if (m_rules.isExpiryTolerated)
        return warned(check, reason, expected, actual);
    failed(check, reason, expected, actual);
}

std::optional<qint64> JwtExaminer::dateClaim(const JwtCheck &check, QByteArrayView claim, bool isRequired)
{
    constexpr qint64 endOfYear9999 = 253402300799;
    const auto value = claims().value(claim);
    if (value.isUndefined() && !isRequired)
        return {};
    const auto seconds = value.flooredInteger();
    if (!seconds) {
        failedClaim(check, claim, u"a time"_s);
        return {};
    }
    if (*seconds < 0 || *seconds > endOfYear9999) {
        const bool isMilliseconds = *seconds > endOfYear9999 && *seconds / 1000 <= endOfYear9999;
        failed(check, isMilliseconds ? u"the time looks like milliseconds"_s : u"the time is out of range"_s,
               u"seconds since 1970"_s, shown(value));
        return {};
    }
    return seconds;
}

void JwtExaminer::write(const JwtCheck &check, CheckOutcome outcome, const QString &reason, const QString &expected,
                        const QString &actual)
{
    if (isSilent())
        return;
    Check entry{check.id, outcome, expected, actual, reason, check.reference};
    if (outcome == CheckOutcome::Failed)
        entry.cause = check.cause;
    m_report.append(std::move(entry));
}

} // namespace Countersign::Jose
