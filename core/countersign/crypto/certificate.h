// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/asymmetrickey.h>

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Countersign {

//! An X.509 certificate as a name for a key. Nothing here builds or checks a chain.
//!
//! Thread: every function may be called from any thread.
class COUNTERSIGN_EXPORT Certificate
{
public:
    //! Errors: InvalidArgument.
    [[nodiscard]] static Result<Certificate> fromDer(QByteArrayView der);
    //! The first certificate in \p text.
    [[nodiscard]] static Result<Certificate> fromPem(QByteArrayView text);

    const QByteArray &der() const { return m_der; }
    QByteArray toPem() const;
    //! Of the whole certificate: x5t is the SHA-1, x5t#S256 the SHA-256 one (RFC 7515 §4.1.7, §4.1.8).
    QByteArray thumbprint(HashAlgorithm hash) const { return digest(hash, m_der); }
    //! Errors: NotSupported or SecurityCheckFailed if the key is none that can be used.
    [[nodiscard]] Result<AsymmetricKey> publicKey() const;
    //! For people, in the form of RFC 2253.
    const QString &subject() const { return m_subject; }
    const QString &issuer() const { return m_issuer; }
    //! Units: UTC.
    const QDateTime &validFrom() const { return m_validFrom; }
    const QDateTime &validUntil() const { return m_validUntil; }

private:
    friend struct CertificateAccess;
    Certificate() = default;
    QByteArray m_der;
    QString m_subject;
    QString m_issuer;
    QDateTime m_validFrom;
    QDateTime m_validUntil;
};

//! The certificates of \p text, each as base64 DER on one line, ready for "x5c".
//!
//! Several PEM blocks give several entries; text without markers is one entry as it is. A private key is refused with
//! an error that says so, even beside certificates.
//!
//! Spec: RFC 7515 §4.1.6.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QStringList> extractCertificates(const QString &text);

//! What a PKCS#12 file holds.
struct Pkcs12
{
    AsymmetricKey key;
    Certificate certificate;
    QList<Certificate> chain; //!< further certificates, the leaf's issuer first as far as the file says so
};

//! Errors: InvalidArgument, cause PassphraseWrong if the passphrase does not open the file.
//! Spec:   RFC 7292.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Pkcs12> readPkcs12(QByteArrayView bytes, const Secret &passphrase);

} // namespace Countersign
