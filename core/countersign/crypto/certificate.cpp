// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/certificate.h>

#include <countersign/crypto/asymmetrickeydata.h>
#include <countersign/crypto/passphrasecost.h>

#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <QtCore/QTimeZone>

#include <ctime>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using OpenSsl::Bio;
using OpenSsl::X509Handle;

constexpr qsizetype largestCertificate = 256 * 1024;

QString nameText(const X509_NAME *name)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
        return {};
    char *text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return QString::fromUtf8(text, static_cast<qsizetype>(size));
}

QDateTime toDateTime(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC};
}

X509Handle parseDer(QByteArrayView der)
{
    const unsigned char *in = OpenSsl::bytes(der);
    X509Handle handle(d2i_X509(nullptr, &in, static_cast<long>(der.size())));
    // What follows the certificate would be in its thumbprint but not in its signature.
    if (handle && in != OpenSsl::bytes(der) + der.size())
        handle.reset();
    return handle;
}

QByteArray toDer(X509 *handle)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509(handle, &der);
    if (size <= 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return bytes;
}

void releaseBytes(unsigned char *bytes)
{
    OPENSSL_free(bytes);
}

Error unreadable()
{
    return {ErrorCode::InvalidArgument, u"The certificate cannot be read"_s};
}

} // namespace

struct CertificateAccess
{
    static Certificate make(X509 *handle, const QByteArray &der)
    {
        Certificate certificate;
        certificate.m_der = der;
        certificate.m_subject = nameText(X509_get_subject_name(handle));
        certificate.m_issuer = nameText(X509_get_issuer_name(handle));
        certificate.m_validFrom = toDateTime(X509_get0_notBefore(handle));
        certificate.m_validUntil = toDateTime(X509_get0_notAfter(handle));
        return certificate;
    }
};

Result<Certificate> Certificate::fromDer(QByteArrayView der)
{
    const OpenSsl::ErrorMark mark;
    if (der.isEmpty() || der.size() > largestCertificate)
        return unreadable();
    const X509Handle handle = parseDer(der);
    if (!handle)
        return unreadable();
    return CertificateAccess::make(handle.get(), der.toByteArray());
}

Result<Certificate> Certificate::fromPem(QByteArrayView text)
{
    const OpenSsl::ErrorMark mark;
    if (text.size() > largestCertificate)
        return unreadable();
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    // The bytes as they are, not as OpenSSL would write them: the thumbprint is theirs.
    unsigned char *bytes = nullptr;
    long size = 0;
    if (!bio || PEM_bytes_read_bio(&bytes, &size, nullptr, PEM_STRING_X509, bio.get(), nullptr, nullptr) != 1)
        return unreadable();
    const std::unique_ptr<unsigned char, OpenSsl::Releaser<releaseBytes>> owner(bytes);
    return fromDer({bytes, static_cast<qsizetype>(size)});
}

QByteArray Certificate::toPem() const
{
    QByteArray pem = "-----BEGIN CERTIFICATE-----\n";
    const QByteArray base64 = m_der.toBase64();
    constexpr qsizetype lineLength = 64; // RFC 7468 §2
    for (qsizetype at = 0; at < base64.size(); at += lineLength)
        pem += base64.mid(at, lineLength) + '\n';
    return pem + "-----END CERTIFICATE-----\n";
}

Result<AsymmetricKey> Certificate::publicKey() const
{
    const OpenSsl::ErrorMark mark;
    const X509Handle handle = parseDer(m_der);
    OpenSsl::Pkey pkey(handle ? X509_get_pubkey(handle.get()) : nullptr);
    if (!pkey)
        return Error{ErrorCode::NotSupported, u"The certificate's key is of an unknown kind"_s};
    return KeyAccess::adopt(std::move(pkey));
}

Result<QStringList> extractCertificates(const QString &text)
{
    // Contract C33 of MSAL: people paste the wrong file, and a private key must not travel in a header.
    if (text.contains("PRIVATE KEY-----"_L1))
        return Error{ErrorCode::InvalidArgument,
                     u"This is a private key, not a certificate: keep it private and give the certificate"_s};
    constexpr auto opening = "-----BEGIN CERTIFICATE-----"_L1;
    constexpr auto closing = "-----END CERTIFICATE-----"_L1;
    QStringList certificates;
    qsizetype at = 0;
    while ((at = text.indexOf(opening, at)) >= 0) {
        at += opening.size();
        const qsizetype end = text.indexOf(closing, at);
        if (end < 0)
            return Error{ErrorCode::InvalidArgument, u"A certificate has no end"_s};
        certificates << text.sliced(at, end - at).simplified().remove(u' ');
        at = end + closing.size();
    }
    if (certificates.isEmpty())
        certificates << text.trimmed().remove(u'\r').remove(u'\n');
    if (certificates.contains(QString()))
        return Error{ErrorCode::InvalidArgument, u"There is no certificate in the text"_s};
    return certificates;
}

Result<Pkcs12> readPkcs12(QByteArrayView bytes, const Secret &passphrase)
{
    constexpr qsizetype largest = 1024 * 1024;
    const OpenSsl::ErrorMark mark;
    const unsigned char *in = OpenSsl::bytes(bytes);
    const std::unique_ptr<PKCS12, OpenSsl::Releaser<PKCS12_free>> file(
        bytes.size() > largest ? nullptr : d2i_PKCS12(nullptr, &in, static_cast<long>(bytes.size())));
    if (!file)
        return Error{ErrorCode::InvalidArgument, u"The file is no PKCS#12"_s};
    // The rounds of the content's own encryption lie under the MAC, so the MAC's are those that a stranger can choose.
    const ASN1_INTEGER *rounds = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, file.get());
    if (!isAffordable(rounds))
        return Error{ErrorCode::NotSupported, u"The file's passphrase is derived in more rounds than are computed"_s};
    // OpenSSL wants a C string.
    Secret terminated = Secret::ofSize(passphrase.size() + 1);
    std::copy_n(passphrase.reveal().data(), passphrase.size(), reinterpret_cast<char *>(terminated.writable().data()));
    EVP_PKEY *key = nullptr;
    X509 *leaf = nullptr;
    STACK_OF(X509) *others = nullptr;
    if (PKCS12_parse(file.get(), terminated.reveal().data(), &key, &leaf, &others) != 1)
        return Error{ErrorCode::InvalidArgument, ErrorCause::PassphraseWrong,
                     u"The passphrase does not open the PKCS#12 file, or it is damaged"_s};
    OpenSsl::Pkey keyHandle(key);
    const X509Handle leafHandle(leaf);
    QList<Certificate> chain;
    for (int i = 0; i < sk_X509_num(others); ++i)
        chain << CertificateAccess::make(sk_X509_value(others, i), toDer(sk_X509_value(others, i)));
    sk_X509_pop_free(others, X509_free);
    if (!keyHandle || !leafHandle)
        return Error{ErrorCode::InvalidArgument, u"The PKCS#12 file has no key with a certificate"_s};
    auto adopted = KeyAccess::adopt(std::move(keyHandle));
    if (!adopted)
        return adopted.error();
    return Pkcs12{*std::move(adopted), CertificateAccess::make(leafHandle.get(), toDer(leafHandle.get())), chain};
}

} // namespace Countersign
