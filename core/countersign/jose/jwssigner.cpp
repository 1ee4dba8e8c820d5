// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jws.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

Error unusable(const QString &reason)
{
    return {ErrorCode::InvalidArgument, reason};
}

struct SigningRules
{
    Algorithm algorithm = Algorithm::RS256;
    bool isPayloadEncoded = true; // RFC 7797
};

// Header parameters that a signer relies on; the rest is the caller's.
Result<SigningRules> readRules(QByteArrayView protectedHeader, QByteArrayView unprotectedHeader)
{
    JsonObject protectedPart;
    JsonObject unprotectedPart;
    for (const auto &[text, target] :
         {std::pair{protectedHeader, &protectedPart}, {unprotectedHeader, &unprotectedPart}}) {
        if (text.isEmpty())
            continue;
        auto object = JsonObject::parse(text.toByteArray());
        if (!object)
            return unusable(u"The header is no JSON object: "_s + object.error().message());
        *target = *std::move(object);
    }
    for (const JsonMember &member : unprotectedPart) {
        if (protectedPart.contains(member.name))
            return unusable(u"A header parameter stands in two places"_s);
    }
    if (unprotectedPart.contains("crit") || unprotectedPart.contains("b64"))
        return unusable(u"crit and b64 have to be protected"_s);
    const auto name = protectedPart.contains("alg") ? protectedPart.utf8("alg") : unprotectedPart.utf8("alg");
    const auto algorithm = name ? parseAlgorithm(*name) : std::nullopt;
    if (!algorithm)
        return unusable(u"The header has no algorithm that can sign"_s);
    const bool isEncoded = protectedPart.boolean("b64").value_or(true);
    const auto critical = protectedPart.array("crit");
    if (!isEncoded && (!critical || !critical->containsString("b64")))
        return unusable(u"b64 has to be critical"_s);
    return SigningRules{*algorithm, isEncoded};
}

QByteArray toJson(const SigningHeader &header)
{
    JsonWriter json;
    const QLatin1String algorithm = name(header.algorithm);
    json.beginObject().utf8("alg", {algorithm.data(), algorithm.size()});
    if (!header.type.isEmpty())
        json.string("typ", header.type);
    if (!header.keyId.isEmpty())
        json.string("kid", header.keyId);
    for (const auto &member : header.others)
        json.raw(member.name, member.value.raw());
    json.endObject();
    return json.take();
}

struct MadeSignature
{
    QByteArray protectedText;
    QByteArray signature;
    bool isPayloadEncoded = true;
};

Result<MadeSignature> sign(const JwsSigner &signer, QByteArrayView payload)
{
    const auto rules = readRules(signer.protectedHeader, signer.unprotectedHeader);
    if (!rules)
        return rules.error();
    QByteArray input = encodeBase64Url(signer.protectedHeader);
    MadeSignature made{input, {}, rules->isPayloadEncoded};
    input += '.';
    input += rules->isPayloadEncoded ? encodeBase64Url(payload) : payload.toByteArray();
    auto signature = makeSignature(rules->algorithm, input, signer.key);
    if (!signature)
        return signature.error();
    made.signature = encodeBase64Url(*signature);
    return made;
}

void writeSignature(JsonWriter &json, const JwsSigner &signer, const MadeSignature &made)
{
    if (!made.protectedText.isEmpty())
        json.utf8("protected", made.protectedText);
    if (!signer.unprotectedHeader.isEmpty())
        json.raw("header", signer.unprotectedHeader);
    json.utf8("signature", made.signature);
}

} // namespace

Result<QByteArray> signCompact(const SigningHeader &header, QByteArrayView payload, const Jwk &key)
{
    return signCompact(toJson(header), payload, key);
}

Result<QByteArray> signCompact(QByteArrayView protectedHeader, QByteArrayView payload, const Jwk &key)
{
    const auto made = sign({protectedHeader.toByteArray(), {}, key}, payload);
    if (!made)
        return made.error();
    if (made->isPayloadEncoded)
        return QByteArray(made->protectedText + '.' + encodeBase64Url(payload) + '.' + made->signature);
    // RFC 7797 §5.2: a dot would end the payload.
    if (payload.contains('.'))
        return unusable(u"An unencoded payload with a dot cannot be in a compact JWS"_s);
    return QByteArray(made->protectedText + '.' + payload.toByteArray() + '.' + made->signature);
}

Result<QByteArray> signJson(JwsForm form, const QList<JwsSigner> &signers, QByteArrayView payload, bool detached)
{
    if (form == JwsForm::Compact || signers.isEmpty() || (form == JwsForm::Flattened && signers.size() != 1))
        return unusable(u"This form of JWS needs another number of signers"_s);
    QList<MadeSignature> signatures;
    for (const JwsSigner &signer : signers) {
        auto made = sign(signer, payload);
        if (!made)
            return made.error();
        signatures << *std::move(made);
    }
    const bool isEncoded = signatures.first().isPayloadEncoded;
    if (std::any_of(signatures.cbegin(), signatures.cend(),
                    [isEncoded](const MadeSignature &made) { return made.isPayloadEncoded != isEncoded; }))
        return unusable(u"All signatures of a JWS have the same b64"_s);

    JsonWriter json;
    json.beginObject();
    if (!detached)
        json.utf8("payload", isEncoded ? encodeBase64Url(payload) : payload.toByteArray());
    if (form == JwsForm::Flattened) {
        writeSignature(json, signers.first(), signatures.first());
    } else {
        json.name("signatures").beginArray();
        for (qsizetype i = 0; i < signers.size(); ++i) {
            json.beginObject();
            writeSignature(json, signers[i], signatures[i]);
            json.endObject();
        }
        json.endArray();
    }
    json.endObject();
    return json.take();
}

} // namespace Countersign::Jose
