// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenmint.h"

#include <countersign/crypto/digest.h>

using namespace Qt::StringLiterals;
using Countersign::Jose::Algorithm;

namespace CountersignSandbox {

namespace {

QByteArray withSignature(const QByteArray &token, const QByteArray &signature)
{
    return token.left(token.lastIndexOf('.') + 1) + base64Url(signature);
}

QByteArray signatureOf(const QByteArray &token)
{
    return QByteArray::fromBase64(token.sliced(token.lastIndexOf('.') + 1), QByteArray::Base64UrlEncoding);
}

// The Conformance Suite breaks a signature by this byte, so that its length stays right.
QByteArray withBrokenSignature(const QByteArray &token)
{
    QByteArray signature = signatureOf(token);
    for (char &byte : signature)
        byte = static_cast<char>(byte ^ 0x5a);
    return withSignature(token, signature);
}

// OpenID Connect Core §3.1.3.6: the left half of the hash that the signature algorithm uses; SHA-256 for all of ours.
QString leftHalf(const QString &token)
{
    const QByteArray hash = Countersign::digest(Countersign::HashAlgorithm::Sha256, token.toLatin1());
    return QString::fromLatin1(base64Url(hash.first(16)));
}

// A claims request names the claims; essential, value and values do not change what the sandbox knows.
void addRequested(QJsonObject &claims, const QJsonObject &requested, const User &user)
{
    for (auto claim = requested.begin(); claim != requested.end(); ++claim) {
        if (user.claims.contains(claim.key()))
            claims.insert(claim.key(), user.claims.value(claim.key()));
    }
}

} // namespace

QJsonObject TokenMint::header(Algorithm algorithm, const QString &type) const
{
    return {{u"alg"_s, QString(name(algorithm))},
            {u"typ"_s, type},
            {u"kid"_s, m_context.keys.keyId(algorithm)},
            // The watermark: no real provider's token has it.
            {u"cs_sandbox"_s, true}};
}

QString TokenMint::accessToken(const std::shared_ptr<Grant> &grant, const QStringList &scopes,
                               const QStringList &resources, const Parameters &request, const QString &keyId)
{
    AccessToken token{
        .grant = grant, .id = randomName(), .scopes = scopes, .keyId = keyId, .issuedAt = m_context.now()};
    token.expiresAt = token.issuedAt.addSecs(m_context.settings.accessTokenLifetime.count());
    QJsonValue audience = resources.value(0, grant->issuer + u"/api"_s);
    if (resources.size() > 1)
        audience = QJsonArray::fromStringList(resources);
    QJsonObject claims{{u"iss"_s, grant->issuer},
                       {u"sub"_s, grant->subject.isEmpty() ? grant->clientId : grant->subject},
                       {u"aud"_s, audience},
                       {u"client_id"_s, grant->clientId},
                       {u"scope"_s, scopes.join(u' ')},
                       {u"jti"_s, token.id},
                       {u"iat"_s, token.issuedAt.toSecsSinceEpoch()},
                       {u"exp"_s, token.expiresAt.toSecsSinceEpoch()}};
    if (!keyId.isEmpty())
        claims.insert("cnf"_L1, QJsonObject{{u"jkt"_s, keyId}});
    if (grant->authenticatedAt.isValid()) {
        claims.insert("auth_time"_L1, grant->authenticatedAt.toSecsSinceEpoch());
        claims.insert("acr"_L1, grant->acr);
    }
    const auto spoken = m_context.settings.dialect;
    const auto *const user = m_context.directory.userBySubject(grant->subject);
    speak(spoken, {.grant = *grant, .user = user, .scopes = scopes, .id = token.id}, claims);
    m_context.hooks.apply(HookPoint::AccessTokenClaims, request, claims);
    const QByteArray text =
        m_context.keys.sign(Algorithm::RS256, header(Algorithm::RS256, accessTokenType(spoken)), compactJson(claims));
    m_context.state.accessTokens.insert(QString::fromLatin1(text), token);
    return QString::fromLatin1(text);
}

QJsonObject TokenMint::idTokenClaims(const Grant &grant, const QString &accessToken, bool isRefreshed) const
{
    const QDateTime now = m_context.now();
    QJsonObject claims;
    const User *const user = m_context.directory.userBySubject(grant.subject);
    if (user) {
        claims = user->claimsFor(grant.scopes);
        addRequested(claims, grant.claims.value("id_token"_L1).toObject(), *user);
    }
    claims.insert("iss"_L1, grant.issuer);
    claims.insert("sub"_L1, grant.subject);
    claims.insert("aud"_L1, grant.clientId);
    claims.insert("iat"_L1, now.toSecsSinceEpoch());
    claims.insert("exp"_L1, now.addSecs(m_context.settings.idTokenLifetime.count()).toSecsSinceEpoch());
    claims.insert("auth_time"_L1, grant.authenticatedAt.toSecsSinceEpoch());
    claims.insert("acr"_L1, grant.acr);
    claims.insert("at_hash"_L1, leftHalf(accessToken));
    if (!grant.sessionId.isEmpty())
        claims.insert("sid"_L1, grant.sessionId);
    if (!grant.nonce.isEmpty() && !isRefreshed)
        claims.insert("nonce"_L1, grant.nonce);
    speakIdToken(m_context.settings.dialect, {.grant = grant, .user = user, .scopes = grant.scopes, .id = randomName()},
                 claims);
    return claims;
}

QString TokenMint::idToken(const std::shared_ptr<Grant> &grant, const QString &accessToken, bool isRefreshed,
                           const Parameters &request)
{
    const Client *const client = m_context.directory.client(grant->clientId);
    if (!client)
        return {};
    QJsonObject claims = idTokenClaims(*grant, accessToken, isRefreshed);
    m_context.hooks.apply(HookPoint::IdTokenClaims, request, claims);
    const QString token = signedIdToken(*client, compactJson(claims), request);
    m_context.state.idTokens.insert(token, grant);
    return client->idTokenEncryption.isEmpty()
        ? token
        : client->encryptedIdToken(token).value_or(QString()); // the registration demands a key
}

QString TokenMint::signedIdToken(const Client &client, const QByteArray &payload, const Parameters &request)
{
    const QList<HookProgram> programs = m_context.hooks.taken(HookPoint::IdTokenHeader, request);
    QString algorithmName = client.idTokenAlgorithm;
    for (const HookProgram &program : programs) {
        if (program.value("rotate"_L1).toBool())
            m_context.keys.rotate();
        algorithmName = program.value("algorithm"_L1).toString(algorithmName);
    }
    const Algorithm algorithm =
        Countersign::Jose::parseAlgorithm(QStringView(algorithmName)).value_or(Algorithm::RS256);
    QJsonObject jwtHeader = header(algorithm, u"JWT"_s);
    jwtHeader.insert("alg"_L1, algorithmName);
    for (const HookProgram &program : programs)
        program.alter(jwtHeader);

    QByteArray token = algorithmName.compare("none"_L1, Qt::CaseInsensitive) == 0
        ? KeyRing::unsecured(jwtHeader, payload)
        : m_context.keys.sign(algorithm, jwtHeader, payload, client.secret);
    const QList<HookProgram> marks = m_context.hooks.taken(HookPoint::IdTokenSignature, request);
    for (const HookProgram &program : marks) {
        const QString change = program.value("signature"_L1).toString();
        if (change == u"xor")
            token = withBrokenSignature(token);
        else if (change == u"empty")
            token = withSignature(token, {});
        else if (change == u"foreignKey")
            token = KeyRing::signWithForeignKey(algorithm, jwtHeader, payload);
    }
    return QString::fromLatin1(token);
}

QString TokenMint::refreshToken(const std::shared_ptr<Grant> &grant, const QString &keyId)
{
    const QString token = u"cs-sandbox-rt."_s + randomName();
    m_context.state.refreshTokens.insert(
        token,
        {.grant = grant,
         .expiresAt = m_context.now().addSecs(m_context.settings.refreshTokenLifetime.count()),
         .keyId = keyId});
    return token;
}

QString TokenMint::authorizationCode(const std::shared_ptr<Grant> &grant, const AuthorizationRequest &request)
{
    const QString code = randomName();
    m_context.state.codes.insert(code,
                                 {.grant = grant,
                                  .redirectUri = request.redirectUri,
                                  .codeChallenge = request.codeChallenge,
                                  .expiresAt = m_context.now().addSecs(m_context.settings.codeLifetime.count())});
    return code;
}

QString TokenMint::responseToken(const AuthorizationRequest &request, const Parameters &parameters)
{
    QJsonObject claims = parameters.toJson();
    claims.insert("iss"_L1, request.issuer);
    claims.insert("aud"_L1, request.clientId);
    claims.insert("exp"_L1, m_context.now().addSecs(600).toSecsSinceEpoch());
    m_context.hooks.apply(HookPoint::ResponseTokenClaims, request.raw, claims);
    const Client *const client = m_context.directory.client(request.clientId);
    const bool isEc = client && client->idTokenAlgorithm == u"ES256";
    const Algorithm algorithm = isEc ? Algorithm::ES256 : Algorithm::RS256;
    return QString::fromLatin1(m_context.keys.sign(algorithm, header(algorithm, u"JWT"_s), compactJson(claims)));
}

} // namespace CountersignSandbox
