// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpmessage.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>
#include <optional>

namespace CountersignSandbox {

//! What a client asked of the authorization endpoint, checked.
struct AuthorizationRequest
{
    QString issuer;
    QString clientId;
    QString redirectUri;
    QString responseMode; //!< query, fragment, form_post, or one of them with ".jwt"
    QStringList scopes;
    std::optional<QString> state;
    QString nonce;
    QString codeChallenge;
    QStringList prompts;
    std::optional<qint64> maxAge; //!< seconds
    QStringList acrValues;
    QJsonObject claims;
    QString loginHint;
    QStringList resources;
    QJsonArray authorizationDetails; //!< RFC 9396
    Parameters raw; //!< for the conditions of hooks
};

//! One sign-in of one person in one browser.
struct Session
{
    QString id;
    QString subject;
    QDateTime authenticatedAt;
    QStringList consents; //!< "client scope" that were allowed
};

//! What a person allowed a client. Every token of it points here, so revoking the grant revokes the family.
struct Grant
{
    QString issuer;
    QString clientId;
    QString subject; //!< empty when the client acts for itself
    QString sessionId;
    QStringList scopes;
    QString nonce;
    QString acr;
    QDateTime authenticatedAt;
    QJsonObject claims;
    QStringList resources;
    QJsonArray authorizationDetails;
    bool isRevoked = false;
};

struct AuthorizationCode
{
    std::shared_ptr<Grant> grant;
    QString redirectUri;
    QString codeChallenge;
    QDateTime expiresAt;
    bool isSpent = false;
};

struct RefreshToken
{
    std::shared_ptr<Grant> grant;
    QDateTime expiresAt;
    QString keyId; //!< RFC 9449 §5: the key to be proved with it, or empty
    bool isSpent = false;
};

struct AccessToken
{
    std::shared_ptr<Grant> grant;
    QString id;
    QStringList scopes;
    QString keyId; //!< RFC 9449 §6: the key that it is bound to, or empty
    QDateTime issuedAt;
    QDateTime expiresAt;
    bool isRevoked = false;
};

struct PushedRequest
{
    QString clientId;
    Parameters parameters;
    QDateTime expiresAt;
};

struct DeviceRequest
{
    enum class Status : quint8 {
        Pending,
        Approved,
        Denied,
        Spent,
    };
    QString issuer;
    QString clientId;
    QStringList scopes;
    QString userCode;
    QStringList resources;
    QJsonArray authorizationDetails;
    QDateTime expiresAt;
    qint64 interval = 5; //!< seconds
    std::optional<QDateTime> lastPollAt;
    Status status = Status::Pending;
    QString subject;
    QDateTime authenticatedAt;
};

//! An authorization request that waits for its person.
struct Interaction
{
    AuthorizationRequest request;
    QString sessionId; //!< empty until somebody was picked
};

//! Everything the sandbox remembers; it dies with it.
struct State
{
    QHash<QString, Session> sessions;
    QHash<QString, Interaction> interactions;
    QHash<QString, AuthorizationCode> codes;
    QHash<QString, RefreshToken> refreshTokens;
    QHash<QString, AccessToken> accessTokens;
    QHash<QString, PushedRequest> pushed; //!< by request_uri
    QHash<QString, DeviceRequest> devices; //!< by device_code
    QHash<QString, QDateTime> proofs; //!< those that were taken, until they are too old anyway
    QHash<QString, std::shared_ptr<Grant>> idTokens; //!< by the token itself, for hints

    //! The device request that waits for this user code (letter case and dash do not matter), or null.
    DeviceRequest *deviceByUserCode(const QString &userCode);
};

//! 256 random bits in the URL-safe alphabet.
QString randomName();
//! Eight letters that are hard to confuse, as XXXX-XXXX. Spec: RFC 8628 §6.1.
QString randomUserCode();

} // namespace CountersignSandbox
