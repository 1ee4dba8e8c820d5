// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/claims.h>
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <optional>

namespace Countersign::Protocol {

//! Something that the grammar does not allow. What could be read was read all the same.
struct ChallengeProblem
{
    enum class Kind : quint8 {
        MissingScheme, //!< a parameter stands before any scheme
        MissingComma,
        MissingValue, //!< name=
        BadWhiteSpace, //!< around '='; may be read, must not be sent
        UnterminatedQuote,
        UnescapedQuotes, //!< quotes within a quoted JSON value; cut where the JSON ends
        BrokenQuotes, //!< a quoted value goes on after its closing quote; what follows was skipped
        NeedsQuotes, //!< an unquoted value with characters that no token has
        ControlCharacter,
        NotAscii, //!< read as UTF-8, or Latin-1 where it is no UTF-8
        DuplicateParameter, //!< the first one counts
        UnexpectedCharacter, //!< skipped up to the next comma
        TooLong, //!< only the first maximumSize bytes were read
        TooMany, //!< only the first maximumParts challenges and parameters were read
    };
    Kind kind = Kind::UnexpectedCharacter;
    qsizetype offset = 0; //!< within the field
    QString detail; //!< for example the parameter's name

    friend bool operator==(const ChallengeProblem &, const ChallengeProblem &) = default;
};
//! The problem in snake_case, for example "missing_comma".
COUNTERSIGN_EXPORT QString identifier(ChallengeProblem::Kind kind);

//! One auth-param. Spec: RFC 9110 §11.2.
struct ChallengeParameter
{
    QString name; //!< as written; compared without regard to case
    QString value; //!< quotes and quoted-pairs resolved
    bool isQuoted = false;
    qsizetype offset = 0; //!< of the name within the field

    friend bool operator==(const ChallengeParameter &, const ChallengeParameter &) = default;
};

//! One challenge: a scheme with a token68 or parameters. Spec: RFC 9110 §11.3.
struct COUNTERSIGN_EXPORT Challenge
{
    QString scheme; //!< as written; empty when the field begins with a parameter
    QString token68;
    QList<ChallengeParameter> parameters;
    qsizetype offset = 0;

    bool isScheme(QStringView name) const { return scheme.compare(name, Qt::CaseInsensitive) == 0; }
    //! The first parameter of that name.
    std::optional<QString> value(QStringView name) const;

    friend bool operator==(const Challenge &, const Challenge &) = default;
};

//! What stands in one or more fields.
struct ChallengeList
{
    static constexpr qsizetype maximumSize = 256 * 1024;
    static constexpr qsizetype maximumParts = 1000;

    QList<Challenge> challenges;
    QList<ChallengeProblem> problems; //!< empty: what was read keeps the grammar

    friend bool operator==(const ChallengeList &, const ChallengeList &) = default;
};

//! Reads one WWW-Authenticate or Proxy-Authenticate field, which may hold several challenges. Never fails: what is
//! against the grammar is reported.
//!
//! Spec: RFC 9110 §11.6.1, §5.6.1 (empty list elements), §5.6.4 (quoted-pair).
[[nodiscard]] COUNTERSIGN_EXPORT ChallengeList parseChallenges(QByteArrayView field);
//! Every WWW-Authenticate field of \p answer, in order.
[[nodiscard]] COUNTERSIGN_EXPORT ChallengeList parseChallenges(const HttpAnswer &answer);
//! Reads an Authentication-Info field: parameters without a scheme. Spec: RFC 9110 §11.6.3.
[[nodiscard]] COUNTERSIGN_EXPORT QList<ChallengeParameter> parseAuthenticationInfo(QByteArrayView field);
//! The challenge as a field's value, every value quoted. Spec: RFC 9110 §11.3.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray encode(const Challenge &challenge);

//! What an API wants before it answers. Made from a Bearer, DPoP or PoP challenge.
struct COUNTERSIGN_EXPORT ChallengeMeaning
{
    enum class Demand : quint8 {
        Unknown, //!< another scheme than Bearer, DPoP and PoP, or an error nobody knows
        Token, //!< no token came, or none that counts (RFC 6750 §3.1: no error)
        FreshToken, //!< invalid_token: the same again, newly issued
        Claims, //!< insufficient_claims: a token with these claims
        StepUp, //!< insufficient_user_authentication: acr_values, max_age (RFC 9470 §3)
        Scope, //!< insufficient_scope: a token with these scopes (RFC 6750 §3.1)
        Nonce, //!< use_dpop_nonce, or a PoP nonce: the same token, another proof
        Proof, //!< invalid_dpop_proof
        Correction, //!< invalid_request: the request is wrong, not the token
    };
    Demand demand = Demand::Unknown;
    QString scheme;
    QString realm;
    QString error; //!< RFC 6750 §3.1
    QString errorDescription;
    QString errorUri; //!< inert text
    ScopeSet scopes;
    //! The claims request to send along, decoded.
    std::optional<DecodedClaims> claims;
    //! A `claims` that could not be decoded, for showing.
    QString unreadableClaims;
    QStringList acrValues; //!< RFC 9470 §3, in order of preference
    std::optional<std::chrono::seconds> maxAge; //!< RFC 9470 §3
    QStringList algorithms; //!< RFC 9449 §7.1 `algs`
    QString nonce; //!< for the proof; the DPoP-Nonce field is in ChallengeDocument
    QString resourceMetadata; //!< RFC 9728 §5.1; see resourceMetadataUrl()
    QString authorizationUri; //!< Microsoft: inert text
    QString tenant; //!< Microsoft: the tenant in authorization_uri, realm or tenant_id; empty for common
    QString resource; //!< Microsoft: `resource`, `resource_id` or `client_id` of the API
};
//! The demand in snake_case, for example "step_up".
COUNTERSIGN_EXPORT QString identifier(ChallengeMeaning::Demand demand);
//! Reads \p challenge by the conventions of its scheme.
//!
//! Spec: RFC 6750 §3, RFC 9470 §3, RFC 9449 §7.1 and §9, RFC 9728 §5.1, Microsoft's claims challenge.
[[nodiscard]] COUNTERSIGN_EXPORT ChallengeMeaning meaningOf(const Challenge &challenge);

//! Where the metadata of \p resource may be fetched: the address the challenge names, if it is https (http on
//! loopback) and lies on the resource's own origin.
//!
//! Errors: InvalidArgument when the challenge names none, SecurityCheckFailed when it lies elsewhere.
//! Spec:   RFC 9728 §5.1, §7.3; security rule B.66.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QUrl> resourceMetadataUrl(const ChallengeMeaning &meaning,
                                                                  const QUrl &resource);

//! Claims that were found in a text, and where.
struct FoundClaims
{
    DecodedClaims claims;
    QString source; //!< "header", "text", or a JSON path such as "error.additionalInfo[0].info.claims"
};

//! What a person pasted: a field, a response, an error body, or claims in whatever coding.
struct COUNTERSIGN_EXPORT ChallengeDocument
{
    enum class Form : quint8 {
        Header, //!< one or more fields
        Response, //!< a status line or fields, and perhaps a body
        Json, //!< a body: an ARM or Graph error, an OAuth error, a HAR entry
        Claims, //!< the claims themselves, see claims.first().claims.coding
        Text, //!< prose or a command line with a challenge in it
    };
    static constexpr qsizetype maximumSize = 1024 * 1024;

    Form form = Form::Header;
    int status = 0; //!< of a response; 0: unknown
    QList<Challenge> challenges;
    QList<ChallengeProblem> problems;
    QList<FoundClaims> claims; //!< in order; those of the challenges first
    QString dpopNonce; //!< RFC 9449 §8: the DPoP-Nonce field
    QList<ChallengeParameter> authenticationInfo; //!< RFC 9110 §11.6.3, for example PoP's nextnonce
    QString errorCode; //!< of the body: "error" or "error.code"
    QString errorMessage; //!< of the body

    //! The challenge to act upon: claims before step-up before scope before anything else. Null when there is none.
    const Challenge *mostUseful() const;
};
//! The form in snake_case, for example "response".
COUNTERSIGN_EXPORT QString identifier(ChallengeDocument::Form form);

//! Finds the challenge in whatever a person pastes: WWW-Authenticate fields with or without their name, a whole
//! response (as curl -i and -v print it, too), an error body of ARM, Graph or OAuth, a HAR entry, a command line with
//! --claims-challenge, JSON, base64, base64url or URL-encoded claims.
//!
//! Errors: InvalidArgument when there is nothing like a challenge in it.
//! Secrets: a pasted response may hold tokens: neither errors nor results quote anything but challenges.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ChallengeDocument> readChallenge(QByteArrayView text);

//! Every finding about \p document: grammar, coding, claims request, status.
[[nodiscard]] COUNTERSIGN_EXPORT QList<ClaimsFinding> lint(const ChallengeDocument &document);

} // namespace Countersign::Protocol
