// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/proof.h>

#include <countersign/crypto/digest.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jws.h>
#include <countersign/protocol/webaddress.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

using Jose::JsonWriter;

constexpr qsizetype longestNonce = 1024;

//! RFC 9110 §5.6.2.
bool isTokenCharacter(char c)
{
    const bool isAlphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return isAlphanumeric || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

//! RFC 9449 §8.1: NQCHAR of RFC 6749 Appendix A.
bool isNonceCharacter(char c)
{
    return c > ' ' && c <= '~' && c != '"' && c != '\\';
}

bool isNonce(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= longestNonce && std::all_of(text.begin(), text.end(), isNonceCharacter);
}

//! The port of \p url where it says something that the scheme does not.
QString portOf(const QUrl &url)
{
    const int usual = url.scheme() == "http"_L1 ? 80 : 443;
    return url.port(usual) == usual ? QString() : u":%1"_s.arg(url.port());
}

QString hostOf(const QUrl &url)
{
    const auto host = url.host(QUrl::FullyEncoded);
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QString pathOf(const QUrl &url)
{
    const auto path = url.path(QUrl::FullyEncoded);
    return path.isEmpty() ? u"/"_s : path;
}

//! As servers see it that compare it letter by letter (RFC 9449 §4.3 leaves that open): no default port, a path always.
QString targetOf(const QUrl &url)
{
    return url.scheme() + u"://"_s + hostOf(url) + portOf(url) + pathOf(url);
}

Jose::JsonObject keyMember(QByteArrayView name, const Jose::Jwk &key)
{
    // RFC 9449 §4.2: what the key is, and nothing that it is called by.
    JsonWriter json;
    const auto bare = key.asymmetricKey() ? Jose::Jwk::fromKey(key.asymmetricKey()->publicKey()) : key.publicJwk();
    json.beginObject().raw(name, bare.toJson()).endObject();
    return Jose::JsonObject::parse(json.take()).value();
}

} // namespace

QString identifier(ProofScheme scheme)
{
    switch (scheme) {
    case ProofScheme::Dpop: return u"dpop"_s;
    case ProofScheme::SignedHttpRequest: return u"pop"_s;
    }
    Q_UNREACHABLE();
    return {};
}

Jose::JwkKind keyKindFor(ProofScheme scheme)
{
    return scheme == ProofScheme::Dpop ? Jose::JwkKind::P256 : Jose::JwkKind::Rsa2048;
}

Result<void> checkProof(const ProofOfPossession &wanted)
{
    const auto refuse = [](const QString &why) { return Error{ErrorCode::InvalidArgument, why}; };
    const auto &method = wanted.method;
    constexpr qsizetype longestMethod = 64;
    if (method.isEmpty() || method.size() > longestMethod
        || !std::all_of(method.begin(), method.end(), isTokenCharacter))
        return refuse(u"A proof needs the method of the request, for example GET."_s);
    if (!isPlainAddress(wanted.url))
        return refuse(u"A proof needs the address of the request: https (or http on this computer), with a host, "
                      "without a name in front of it and without a fragment."_s);
    if (!wanted.nonce.isEmpty() && !isNonce(wanted.nonce))
        return refuse(u"The nonce holds characters that none has."_s);
    return {};
}

Result<QByteArray> signDpopProof(const ProofOfPossession &request, const Secret &accessToken, const ProofStamp &stamp,
                                 const Jose::Jwk &key)
{
    if (const auto checked = checkProof(request); !checked)
        return checked.error();
    JsonWriter payload;
    payload.beginObject().utf8("jti", stamp.id).utf8("htm", request.method).string("htu", targetOf(request.url));
    payload.integer("iat", stamp.at.toSecsSinceEpoch());
    if (!accessToken.isEmpty())
        payload.utf8("ath", Jose::encodeBase64Url(digest(HashAlgorithm::Sha256, accessToken.reveal())));
    if (!request.nonce.isEmpty())
        payload.utf8("nonce", request.nonce);
    payload.endObject();
    const Jose::SigningHeader header{
        .algorithm = Jose::Algorithm::ES256, .type = u"dpop+jwt"_s, .keyId = {}, .others = keyMember("jwk", key)};
    return Jose::signCompact(header, payload.view(), key);
}

Result<Secret> signHttpRequest(const ProofOfPossession &request, const Secret &accessToken, const ProofStamp &stamp,
                               const Jose::Jwk &key)
{
    if (const auto checked = checkProof(request); !checked)
        return checked.error();
    JsonWriter payload;
    payload.beginObject().secret("at", accessToken);
    payload.integer("ts", stamp.at.toSecsSinceEpoch()).utf8("m", request.method);
    payload.string("u", QString(hostOf(request.url) + portOf(request.url))).string("p", pathOf(request.url));
    payload.utf8("nonce", request.nonce.isEmpty() ? stamp.id : request.nonce);
    payload.raw("cnf", keyMember("jwk", key).raw()).endObject();
    const Jose::SigningHeader header{
        .algorithm = Jose::Algorithm::PS256, .type = u"pop"_s, .keyId = key.thumbprintText(), .others = {}};
    auto made = Jose::signCompact(header, payload.takeSecret().reveal(), key);
    if (!made)
        return made.error();
    return Secret(*std::move(made));
}

QByteArray requestedConfirmation(const Jose::Jwk &key)
{
    JsonWriter json;
    json.beginObject().string("kid", key.thumbprintText()).endObject();
    return Jose::encodeBase64Url(json.take());
}

std::optional<QByteArray> parseProofNonce(QByteArrayView field)
{
    const auto text = field.trimmed();
    if (!isNonce(text))
        return std::nullopt;
    return text.toByteArray();
}

} // namespace Countersign::Protocol
