// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpmessage.h"

#include <countersign/base/result.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QMap>

namespace CountersignSandbox {

//! The points of an exchange that a test can alter. Their names in the control interface are those of name().
enum class HookPoint : quint8 {
    Discovery,
    Jwks,
    AuthorizationResponse, //!< the parameters that go back to the client
    AuthorizationPage, //!< the HTTP answer of the authorization endpoint
    PushedAuthorization,
    TokenResponse,
    IdTokenClaims,
    IdTokenHeader,
    IdTokenSignature,
    AccessTokenClaims,
    ResponseTokenClaims, //!< the claims of a JARM response
    UserInfo,
    DeviceAuthorization,
    Revocation,
    Introspection,
    IntrospectionClaims, //!< of a signed answer
    IntrospectionHeader,
    EndSession, //!< the HTTP answer of the end-session endpoint
    EndSessionResponse, //!< the parameters of the post-logout redirect
    Proof, //!< "nonce": what every proof of a key has to carry (RFC 9449 §8); "ignored": true: proofs are none
    ResourceMetadata, //!< what the protected resource says of itself
    Resource, //!< the protected resource at <issuer>/api
};

QString name(HookPoint point);
std::optional<HookPoint> hookPoint(QStringView name);
QList<HookPoint> hookPoints();

//! One change at one point, as a JSON object:
//!   when       {"grant_type": "refresh_token"}: only for requests whose parameters have these values
//!   skip       leave the first N matching exchanges alone
//!   times      change N exchanges, then none
//!   set        members to set;  remove  names to drop;  append  text to add to members
//!   duplicate  members to send a second time (authorization and end-session responses)
//!   status, headers (null removes), contentType, body (text, takes the place of everything)
//!   instead    true: the endpoint does nothing at all, so nothing is issued, spent or revoked; the answer is made by
//!   the members above and below alone (HTTP answers of an endpoint, the key set aside)
//!   redirect   a Location; status is 307 unless given
//!   delayMs    wait before the answer;  drop  "before" or "midway": close the connection
//!   keys       at jwks: {"keep": n, "strip": ["kid"], "add": [JWK …]}
//!   algorithm  at idTokenHeader: sign with another one; "none" leaves the signature empty; "HS256" uses the client's
//!   secret signature  at idTokenSignature: "xor" (every byte with 0x5A), "empty", "foreignKey" rotate     true: new
//!   keys before this answer (before signing, at idTokenHeader)
class HookProgram
{
public:
    //! Errors: InvalidArgument for an unknown member or one of the wrong type.
    static Countersign::Result<HookProgram> parse(const QJsonObject &object);

    const QJsonObject &json() const { return m_json; }
    QJsonValue value(QLatin1StringView member) const { return m_json.value(member); }
    //! Counts the exchange and says whether the program acts on it.
    bool takes(const Parameters &request);

    bool isInstead() const { return m_json.value(QLatin1StringView("instead")).toBool(); }

    //! set, append and remove, on the members of an object.
    void alter(QJsonObject &object) const;
    //! The same on parameters, and duplicate.
    void alter(Parameters &parameters) const;
    //! Everything that concerns an HTTP answer.
    void alter(Response &response) const;

private:
    explicit HookProgram(QJsonObject json) : m_json(std::move(json)) { }

    QJsonObject m_json;
    qint64 m_seen = 0;
};

//! The programs in force, by point.
class Hooks
{
public:
    void set(HookPoint point, QList<HookProgram> programs);
    //! \p json is an object or an array of objects. Errors: InvalidArgument.
    Countersign::Result<void> set(HookPoint point, const QJsonValue &json);
    Countersign::Result<void> add(HookPoint point, const QJsonObject &json);
    void clear(HookPoint point) { m_programs.remove(point); }
    void clear() { m_programs.clear(); }
    QJsonArray toJson(HookPoint point) const;
    QJsonObject toJson() const;

    //! The programs that act on this exchange; each counts it.
    QList<HookProgram> taken(HookPoint point, const Parameters &request);
    void apply(HookPoint point, const Parameters &request, QJsonObject &object);
    void apply(HookPoint point, const Parameters &request, Parameters &parameters);

private:
    QMap<HookPoint, QList<HookProgram>> m_programs;
};

} // namespace CountersignSandbox
