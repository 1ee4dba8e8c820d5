// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jws.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/joseheader.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr qsizetype largestToken = 4 * 1024 * 1024;
constexpr qsizetype mostSignatures = 16;
constexpr JsonLimits tokenLimits{.maximumSize = largestToken, .maximumDepth = 8, .maximumValues = 2000};

struct SignaturePart
{
    QByteArray protectedText; // base64url, as it was signed
    QByteArray signature;
    JoseHeader header;
};

struct ParsedJws
{
    std::optional<QByteArray> payload; // as it stands in the token: base64url, or not with b64:false
    QList<SignaturePart> signatures;
    bool isCompact = false;
};

Result<SignaturePart> readPart(QByteArrayView protectedText, const JsonObject &unprotectedHeader,
                               QByteArrayView signatureText)
{
    JsonObject protectedHeader;
    if (!protectedText.isEmpty()) {
        auto decoded = JoseHeader::decode(protectedText);
        if (!decoded)
            return decoded.error();
        protectedHeader = *std::move(decoded);
    }
    auto header = JoseHeader::merge(std::move(protectedHeader), {}, unprotectedHeader);
    if (!header)
        return header.error();
    auto signature = decodeBase64Url(signatureText);
    if (!signature)
        return malformedToken(u"The signature is no base64url"_s);
    return SignaturePart{protectedText.toByteArray(), *std::move(signature), *std::move(header)};
}

Result<ParsedJws> parseCompact(QByteArrayView token)
{
    const qsizetype first = token.indexOf('.');
    const qsizetype second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0)
        return malformedToken(u"A compact JWS has three parts"_s);
    if (first == 0)
        return malformedToken(u"The header is empty"_s);
    auto part = readPart(token.first(first), {}, token.sliced(second + 1));
    if (!part)
        return part.error();
    ParsedJws jws;
    jws.payload = token.sliced(first + 1, second - first - 1).toByteArray();
    jws.signatures << *std::move(part);
    jws.isCompact = true;
    return jws;
}

// RFC 7515 §7.2: members of this name have this type, or the token is none.
Result<SignaturePart> readJsonPart(const JsonObject &json)
{
    const JsonValue protectedText = json.value("protected");
    const JsonValue header = json.value("header");
    const auto signature = json.utf8("signature");
    if ((!protectedText.isUndefined() && (!protectedText.isString() || protectedText.isString("")))
        || (!header.isUndefined() && !header.isObject()) || !signature)
        return malformedToken(u"A signature's members are missing or of the wrong type"_s);
    return readPart(protectedText.utf8().value_or(QByteArrayView()), header.object().value_or(JsonObject()),
                    *signature);
}

Result<ParsedJws> parseJson(QByteArrayView token)
{
    const auto json = JsonObject::parse(token.toByteArray(), tokenLimits);
    if (!json)
        return malformedToken(u"The token is no JSON object: "_s + json.error().message());
    ParsedJws jws;
    if (const JsonValue payload = json->value("payload"); !payload.isUndefined()) {
        if (!payload.isString())
            return malformedToken(u"The payload is no text"_s);
        jws.payload = payload.utf8()->toByteArray();
    }
    if (!json->contains("signatures")) {
        auto part = readJsonPart(*json);
        if (!part)
            return part.error();
        jws.signatures << *std::move(part);
        return jws;
    }
    // RFC 7515 §7.2.2: one syntax or the other, never both.
    const auto items = json->array("signatures");
    if (!items || items->isEmpty() || items->size() > mostSignatures || json->contains("signature")
        || json->contains("protected") || json->contains("header"))
        return malformedToken(u"The token's list of signatures is not usable"_s);
    for (const JsonValue &item : *items) {
        const auto object = item.object();
        if (!object)
            return malformedToken(u"A signature is no JSON object"_s);
        auto part = readJsonPart(*object);
        if (!part)
            return part.error();
        jws.signatures << *std::move(part);
    }
    return jws;
}

Result<ParsedJws> parse(QByteArrayView token)
{
    if (token.size() > largestToken)
        return malformedToken(u"The token is too large"_s);
    return token.startsWith('{') ? parseJson(token) : parseCompact(token);
}

// Whether the payload is base64url (the rule) or as it is. Spec: RFC 7797 §3, §6.
Result<bool> isEncoded(const JoseHeader &header)
{
    const JsonValue b64 = header.value("b64");
    if (b64.isUndefined())
        return true;
    const auto value = header.protectedPart().boolean("b64");
    if (!value)
        return refusedToken(u"The header parameter b64 is no protected boolean"_s);
    if (!*value && !header.isCritical("b64"))
        return refusedToken(u"The header parameter b64 is not critical"_s);
    return *value;
}

Result<Algorithm> readAlgorithm(const JoseHeader &header, const Algorithms &allowed)
{
    const auto text = header.value("alg").utf8();
    const auto algorithm = text ? parseAlgorithm(*text) : std::nullopt;
    if (!algorithm || !allowed.contains(*algorithm))
        return refusedToken(u"The algorithm is missing, unknown or not allowed"_s);
    return *algorithm;
}

struct Verification
{
    const JwkSet &keys;
    const JwsRules &rules;
    bool isPayloadEncoded;
    QByteArray signedPayload; // as it enters the signing input
};

Result<VerifiedJws> verifyPart(const SignaturePart &part, const Verification &how)
{
    QStringList understood = how.rules.understood;
    if (how.rules.allowUnencodedPayload)
        understood << u"b64"_s;
    if (const auto critical = part.header.checkCritical(understood); !critical)
        return critical.error();
    const auto algorithm = readAlgorithm(part.header, how.rules.allowed);
    if (!algorithm)
        return algorithm.error();
    const auto key = how.keys.select({.algorithm = *algorithm, .keyId = part.header.optionalKeyId()});
    if (!key)
        return key.error();
    const QByteArray input = part.protectedText + '.' + how.signedPayload;
    if (const auto verified = verifySignature(*algorithm, input, part.signature, *key); !verified)
        return verified.error();
    return VerifiedJws{{}, part.header.protectedPart().raw().toByteArray(), *algorithm, key->keyId(), *key};
}

Result<QByteArray> decodedPayload(const Verification &how)
{
    if (!how.isPayloadEncoded)
        return how.signedPayload;
    auto decoded = decodeBase64Url(how.signedPayload);
    if (!decoded)
        return malformedToken(u"The payload is no base64url"_s);
    return decoded;
}

Result<Verification> prepare(const ParsedJws &jws, const JwkSet &keys, const JwsRules &rules)
{
    std::optional<bool> encoded;
    for (const SignaturePart &part : jws.signatures) {
        const auto here = isEncoded(part.header);
        if (!here)
            return here.error();
        // RFC 7797 §3: the same for all.
        if (encoded && *encoded != *here)
            return refusedToken(u"The signatures differ in b64"_s);
        encoded = *here;
    }
    Verification how{keys, rules, *encoded, jws.payload.value_or(QByteArray())};
    if (!rules.detachedPayload) {
        if (!jws.payload)
            return malformedToken(u"The payload is detached"_s);
        return how;
    }
    if (!how.signedPayload.isEmpty())
        return malformedToken(u"The token has a payload of its own"_s);
    how.signedPayload = *encoded ? encodeBase64Url(*rules.detachedPayload) : *rules.detachedPayload;
    return how;
}

} // namespace

Result<VerifiedJws> verifyJws(QByteArrayView token, const JwkSet &keys, const JwsRules &rules)
{
    const auto jws = parse(token);
    if (!jws)
        return jws.error();
    const auto how = prepare(*jws, keys, rules);
    if (!how)
        return how.error();
    auto payload = decodedPayload(*how);
    if (!payload)
        return payload.error();

    std::optional<VerifiedJws> verified;
    std::optional<Error> refused;
    for (const SignaturePart &part : jws->signatures) {
        auto result = verifyPart(part, *how);
        if (result && !verified)
            verified = *std::move(result);
        else if (!result && !refused)
            refused = result.error();
    }
    if (!verified || (refused && rules.requireEverySignature))
        return *refused;
    verified->payload = *std::move(payload);
    return *verified;
}

} // namespace Countersign::Jose
