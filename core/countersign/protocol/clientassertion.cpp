// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/clientassertion.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jws.h>
#include <countersign/protocol/pkce.h>
#include <countersign/protocol/providermetadata.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

using Jose::Algorithm;

//! How the signature is made and which of the thumbprints stands in the header.
struct Signing
{
    Algorithm algorithm = Algorithm::RS256;
    QLatin1StringView thumbprintName; // empty: none
    QByteArray thumbprint;
};

QString base64Der(const Certificate &certificate)
{
    return QString::fromLatin1(certificate.der().toBase64());
}

Result<Signing> signingForMicrosoft(const ClientAssertionKey &key, bool isAdfs)
{
    if (key.key.type() != "RSA"_L1)
        return Error{ErrorCode::NotSupported, u"Microsoft takes assertions that are signed by an RSA key alone."_s};
    // ADFS understands nothing newer (contract C34).
    if (!isAdfs && !key.sha256Thumbprint.isEmpty())
        return Signing{Algorithm::PS256, "x5t#S256"_L1, key.sha256Thumbprint};
    if (!key.sha1Thumbprint.isEmpty())
        return Signing{Algorithm::RS256, "x5t"_L1, key.sha1Thumbprint};
    return Error{ErrorCode::InvalidArgument,
                 u"Microsoft finds the key by its certificate, and none is given with it."_s};
}

//! The strongest first; RSA PKCS #1 last, which high-security profiles refuse.
Result<Signing> signingFor(const ClientAssertionKey &key, const QStringList &listed)
{
    using enum Algorithm;
    const Signing named{RS256, key.sha256Thumbprint.isEmpty() ? QLatin1StringView() : "x5t#S256"_L1,
                        key.sha256Thumbprint};
    const auto able = key.key.algorithms(Jose::KeyPurpose::Sign);
    // One that says nothing takes RS256 of an RSA key (OpenID Connect Core §15.1).
    if (listed.isEmpty() && able.contains(RS256))
        return named;
    for (const auto algorithm : {PS256, ES256, EdDSA, ES384, ES512, PS384, PS512, RS256, RS384, RS512}) {
        if (!able.contains(algorithm) || !(listed.isEmpty() || listed.contains(Jose::name(algorithm))))
            continue;
        Signing signing = named;
        signing.algorithm = algorithm;
        return signing;
    }
    return Error{
        ErrorCode::NotSupported,
        u"The provider takes assertions signed with %1, which the client's key cannot do."_s.arg(listed.join(u", "))};
}

Result<Jose::JsonObject> headerOf(const ClientAssertionKey &key, const Signing &signing)
{
    Jose::JsonWriter header;
    header.beginObject();
    if (!signing.thumbprintName.isEmpty())
        header.utf8(QByteArrayView(signing.thumbprintName.data(), signing.thumbprintName.size()),
                    Jose::encodeBase64Url(signing.thumbprint));
    if (!key.certificates.isEmpty())
        header.strings("x5c", key.certificates);
    header.endObject();
    return Jose::JsonObject::parse(header.take());
}

bool isIssuerMeant(const ClientAssertionRequest &request)
{
    // Every issuer of Entra's is one of a tenant's, and its token endpoint is what it compares with.
    return request.audience == AssertionAudience::Issuer
        || (request.audience == AssertionAudience::Automatic && !request.authority.isMicrosoft());
}

//! Every certificate of \p pem, in its order.
Result<QList<Certificate>> certificatesIn(QByteArrayView pem)
{
    constexpr QByteArrayView opening = "-----BEGIN CERTIFICATE-----";
    QList<Certificate> certificates;
    for (qsizetype at = pem.indexOf(opening); at >= 0; at = pem.indexOf(opening, at + opening.size())) {
        auto certificate = Certificate::fromPem(pem.sliced(at));
        if (!certificate)
            return certificate.error();
        certificates.append(*std::move(certificate));
    }
    return certificates;
}

Result<ClientAssertionKey> fromPem(QByteArrayView pem, const Secret &passphrase, bool sendsCertificates)
{
    const auto begin = pem.indexOf("PRIVATE KEY-----");
    if (begin < 0)
        return Error{ErrorCode::InvalidArgument,
                     u"The file holds no private key: it has to have the certificate and its key."_s};
    // The key may stand behind its certificate, which would be read as a key as well.
    const auto start = pem.first(begin).lastIndexOf("-----BEGIN ");
    auto key = AsymmetricKey::fromPem(pem.sliced(std::max<qsizetype>(0, start)), passphrase);
    if (!key)
        return key.error();
    auto certificates = certificatesIn(pem);
    if (!certificates)
        return certificates.error();
    if (certificates->isEmpty())
        return ClientAssertionKey{.key = Jose::Jwk::fromKey(*key)};
    const auto leaf = certificates->takeFirst();
    return makeAssertionKey(*key, leaf, *certificates, sendsCertificates);
}

} // namespace

Result<ClientAssertionKey> makeAssertionKey(const AsymmetricKey &key, const Certificate &certificate,
                                            const QList<Certificate> &chain, bool sendsCertificates)
{
    if (!key.isPrivate())
        return Error{ErrorCode::InvalidArgument, u"A public key cannot sign: the private one is needed."_s};
    const auto certified = certificate.publicKey();
    if (!certified)
        return certified.error();
    if (certified->publicDer() != key.publicDer())
        return Error{ErrorCode::InvalidArgument, u"The certificate is that of another key."_s};
    ClientAssertionKey made{.key = Jose::Jwk::fromKey(key),
                            .sha1Thumbprint = certificate.thumbprint(HashAlgorithm::Sha1),
                            .sha256Thumbprint = certificate.thumbprint(HashAlgorithm::Sha256)};
    if (!sendsCertificates)
        return made;
    made.certificates.append(base64Der(certificate));
    for (const auto &issuer : chain)
        made.certificates.append(base64Der(issuer));
    return made;
}

Result<ClientAssertionKey> readAssertionKey(QByteArrayView file, const Secret &passphrase, bool sendsCertificates)
{
    if (file.contains("-----BEGIN "))
        return fromPem(file, passphrase, sendsCertificates);
    const auto read = readPkcs12(file, passphrase);
    if (!read && read.error().cause() == ErrorCause::PassphraseWrong)
        return read.error();
    if (!read)
        return Error{ErrorCode::InvalidArgument,
                     u"The file is neither PEM nor PKCS#12: %1."_s.arg(read.error().message())};
    return makeAssertionKey(read->key, read->certificate, read->chain, sendsCertificates);
}

Result<Secret> signClientAssertion(const ClientAssertionKey &key, const ClientAssertionRequest &request,
                                   RandomSource &random)
{
    const auto signing = request.authority.isMicrosoft()
        ? signingForMicrosoft(key, request.authority.kind() == Authority::Kind::Adfs)
        : signingFor(key, request.metadata.tokenEndpointAuthAlgorithms);
    if (!signing)
        return signing.error();
    auto others = headerOf(key, *signing);
    if (!others)
        return others.error();
    const auto &audience =
        isIssuerMeant(request) ? request.metadata.issuer : request.metadata.tokenEndpoint.toString(QUrl::FullyEncoded);
    Jose::JsonWriter claims;
    claims.beginObject()
        .string("iss", request.clientId.value)
        .string("sub", request.clientId.value)
        .string("aud", audience)
        .secret("jti", makeRandomText(random, 16))
        .integer("iat", request.at.toSecsSinceEpoch())
        .integer("exp", request.at.addDuration(assertionLifetime).toSecsSinceEpoch())
        .endObject();
    auto assertion = Jose::signCompact(
        Jose::SigningHeader{
            .algorithm = signing->algorithm, .type = u"JWT"_s, .keyId = key.key.keyId(), .others = *std::move(others)},
        claims.view(), key.key);
    if (!assertion)
        return assertion.error();
    return Secret(*std::move(assertion));
}

} // namespace Countersign::Protocol
