// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace Countersign::Protocol {

//! How a claims request was written.
enum class ClaimsCoding : quint8 {
    Json,
    Base64, //!< standard alphabet
    Base64Url,
    UrlEncodedJson,
    UrlEncodedBase64,
};
//! For example "base64url".
COUNTERSIGN_EXPORT QString identifier(ClaimsCoding coding);

//! A claims request as it was found.
struct DecodedClaims
{
    QByteArray json; //!< a JSON object, as it was written
    ClaimsCoding coding = ClaimsCoding::Json;
    //! What the decoder overlooked: "padding_missing", "url_alphabet", "mixed_alphabet", "white_space",
    //! "trailing_bits", "quoted_json" (a JSON string that holds JSON)
    QStringList overlooked;

    friend bool operator==(const DecodedClaims &, const DecodedClaims &) = default;
};

//! A claims request from JSON, base64, base64url (both with or without padding), or either of them URL-encoded.
//!
//! Errors: InvalidArgument when no JSON object comes out.
[[nodiscard]] COUNTERSIGN_EXPORT Result<DecodedClaims> decodeClaims(QByteArrayView text);

//! Where a claim is wanted. Spec: OpenID Connect Core §5.5.
enum class ClaimsTarget : quint8 {
    AccessToken, //!< Microsoft's extension
    IdToken,
    UserInfo,
    Other, //!< a member nobody defined
};
//! The member's name, for example "access_token"; empty for Other.
COUNTERSIGN_EXPORT QString identifier(ClaimsTarget target);

//! One claim of a request. Spec: OpenID Connect Core §5.5.1.
struct ClaimDemand
{
    ClaimsTarget target = ClaimsTarget::AccessToken;
    QString targetName; //!< as written
    QString name;
    bool isEssential = false;
    bool isEssentialStated = false; //!< "essential" is there, whatever it says
    QStringList values; //!< of "value" or "values"; numbers and booleans as their JSON text
    bool isNull = false; //!< asked for without conditions
    QByteArray raw; //!< the JSON value

    friend bool operator==(const ClaimDemand &, const ClaimDemand &) = default;
};

//! What a claim asks for, for programs to put into words.
struct ClaimMeaning
{
    enum class Kind : quint8 {
        AuthenticationContext, //!< acrs, acr
        NotBefore, //!< nbf: a token issued after this time; Continuous Access Evaluation
        Capability, //!< xms_cc: what the client understands
        Policies, //!< polids, capolids: Conditional Access policies to satisfy
        NetworkLocation, //!< xms_rp_ipaddr: the address the API saw
        AuthenticationTime, //!< auth_time
        AuthenticationMethod, //!< amr
        Identity, //!< sub, oid, upn, email …: who
        Unknown,
    };
    Kind kind = Kind::Unknown;
    ClaimDemand demand;
};
//! For example "authentication_context".
COUNTERSIGN_EXPORT QString identifier(ClaimMeaning::Kind kind);

//! A claims request: the value of the `claims` parameter.
//!
//! Spec: OpenID Connect Core §5.5; Microsoft's `access_token` member.
class COUNTERSIGN_EXPORT ClaimsRequest
{
public:
    ClaimsRequest() = default; //!< empty

    //! Errors: InvalidArgument when \p json is no JSON object or a known member is neither object nor null.
    [[nodiscard]] static Result<ClaimsRequest> parse(QByteArrayView json);

    bool isEmpty() const;
    //! Every claim, in order.
    const QList<ClaimDemand> &claims() const { return m_claims; }
    const ClaimDemand *find(ClaimsTarget target, QStringView name) const;
    QList<ClaimMeaning> explain() const;

    //! Adds the claim or replaces the one of that target and name. One value is written as "value", several as
    //! "values", those of xms_cc always as "values". Other is not possible here.
    ClaimsRequest &set(ClaimsTarget target, const QString &name, const QStringList &values, bool isEssential);

    //! Minified. Members that nobody knows are kept.
    QByteArray toJson() const;
    //! Base64 with padding, as the claims of a challenge are sent.
    QByteArray toBase64() const;

private:
    QList<ClaimDemand> m_claims;
    QStringList m_targets; // as written, in order; also those without claims
    QList<std::pair<QString, QByteArray>> m_foreign; // members that are no objects, as JSON
};

//! The `claims` parameter for a request: \p challenge with the client's capabilities as access_token.xms_cc.values,
//! which replace what xms_cc says; everything else of the challenge is kept.
//!
//! Without capabilities the challenge is given back unchanged, whatever it is. Without either the result is empty.
//! A member "access_token": null counts as empty.
//! Errors: InvalidArgument when there are capabilities and decodeClaims() refuses the challenge.
//! Spec:   contract C31.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QString> mergeClaims(const QStringList &capabilities, QStringView challenge);

//! Something about a claims request that will not work, or not everywhere.
struct ClaimsFinding
{
    enum class Severity : quint8 { Note, Warning, Error };
    QString id; //!< stable, snake_case, for example "capability_as_acrs"
    Severity severity = Severity::Warning;
    QString message; //!< English, for developers
    QString where; //!< a claim's path such as "access_token.acrs", or empty

    friend bool operator==(const ClaimsFinding &, const ClaimsFinding &) = default;
};
COUNTERSIGN_EXPORT QString identifier(ClaimsFinding::Severity severity);
//! Every finding about \p claims, in the order of the text: coding, JSON, claims.
[[nodiscard]] COUNTERSIGN_EXPORT QList<ClaimsFinding> lint(const DecodedClaims &claims);

} // namespace Countersign::Protocol
