// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>
#include <countersign/jose/json.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>

namespace Countersign::Jose {

//! What a text seems to be, by its form and what it says of itself. A guess for people, never a proof.
enum class TokenKind : quint8 {
    Empty,
    Opaque, //!< no structure; see TokenDocument::provider()
    Jwt, //!< signed JSON of no special kind
    Jws, //!< signed, but the payload is no JSON object
    IdToken,
    AccessToken, //!< RFC 9068, "at+jwt"
    EntraAccessTokenV1,
    EntraAccessTokenV2,
    LogoutToken,
    DpopProof,
    SignedHttpRequest,
    ClientAssertion,
    RequestObject,
    AuthorizationResponse, //!< JARM
    IntrospectionResponse,
    SecurityEvent,
    SdJwt,
    KeyBinding, //!< of an SD-JWT, by itself
    Jwe,
    JwsJson,
    JweJson,
    Json, //!< JSON that is no token, for example a token response
    Paseto,
    Macaroon,
    SamlAssertion,
};

//! The kind in snake_case, for example "id_token".
COUNTERSIGN_EXPORT QString identifier(TokenKind kind);

enum class TokenSeverity : quint8 { Note, Warning, Danger };

//! Something that a reader of the token should know.
struct TokenWarning
{
    QString id; //!< stable, in snake_case, for example "algorithm_none", "json_duplicate_name"
    TokenSeverity severity = TokenSeverity::Warning;
    QString part; //!< TokenPart::name, or empty for the whole
    qsizetype offset = 0; //!< in the decoded part for "json_…" and claims, else in the text
    QString detail; //!< a name or a value, foreign text: to be shown as plain text

    friend bool operator==(const TokenWarning &, const TokenWarning &) = default;
};

//! A stretch of the text, usually between dots.
struct TokenPart
{
    QString name; //!< header, payload, signature, encrypted_key, iv, ciphertext, tag, disclosure, key_binding, part
    qsizetype offset = 0; //!< in the text
    qsizetype size = 0;
    QByteArray bytes; //!< decoded, as far as that went
    JsonValue json; //!< Undefined when the bytes hold none
};

class TokenDocument;

//! A token within a token.
struct NestedToken
{
    QString path; //!< for example "payload", "at", "_claim_sources.src1.JWT"
    std::shared_ptr<const TokenDocument> document;
};

//! Any token, well formed or not, opened for showing: the inspector's model. Nothing in here is verified, and there is
//! no way from here to a VerifiedJwt but through UnverifiedJwt and JwtValidator.
//!
//! It never fails, never touches the network, and costs little whatever the text is: what exceeds the limits is left
//! out and named in the warnings.
//!
//! Thread: immutable; every function may be called from any thread.
class COUNTERSIGN_EXPORT TokenDocument
{
public:
    static constexpr qsizetype maximumSize = 4 * 1024 * 1024;
    static constexpr int maximumNesting = 4;
    static constexpr qsizetype maximumNested = 16;
    static constexpr qsizetype maximumWarnings = 200;

    //! Opens one token. White space around it is ignored; for anything else around it see extractTokens().
    static TokenDocument read(QByteArrayView text);

    TokenKind kind() const { return m_kind; }
    //! Of an opaque token: who seems to have issued it, for example "GitHub"; empty when nothing gives it away.
    const QString &provider() const { return m_provider; }
    //! What an opaque token seems to be, in snake_case, for example "refresh_token".
    const QString &providerKind() const { return m_providerKind; }
    //! What was read: without white space around, cut off at maximumSize.
    const QByteArray &text() const { return m_text; }
    const QList<TokenPart> &parts() const { return m_parts; }
    //! The first of that name; null when there is none.
    const TokenPart *part(QStringView name) const;
    //! Empty when there is none that is an object. Duplicate members are all there.
    JsonObject header() const;
    JsonObject claims() const;
    const QList<TokenWarning> &warnings() const { return m_warnings; }
    bool hasWarning(QStringView id) const;
    const QList<NestedToken> &nested() const { return m_nested; }
    //! Whether the strict parser takes it, too: the first condition for verifying it.
    bool isWellFormed() const { return m_isWellFormed; }

private:
    friend class TokenReader;
    TokenDocument() = default;

    QByteArray m_text;
    TokenKind m_kind = TokenKind::Empty;
    QString m_provider;
    QString m_providerKind;
    QList<TokenPart> m_parts;
    QList<TokenWarning> m_warnings;
    QList<NestedToken> m_nested;
    bool m_isWellFormed = false;
};

} // namespace Countersign::Jose
