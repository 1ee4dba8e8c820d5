// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/algorithm.h>

#include <QtCore/QByteArray>

#include <memory>

namespace Countersign::Bench {

//! The bare OpenSSL operation, as the limit of what a verification can reach: key loaded, context set up, signature
//! decoded beforehand. No JOSE, no JSON.
class OpenSslVerify
{
public:
    //! RS256, PS256, ES256 and EdDSA with Ed25519.
    [[nodiscard]] static Result<OpenSslVerify> create(Jose::Algorithm algorithm, const QByteArray &publicPem);
    OpenSslVerify(OpenSslVerify &&) noexcept;
    OpenSslVerify &operator=(OpenSslVerify &&) noexcept;
    ~OpenSslVerify();

    //! In the form that OpenSSL wants: DER for ECDSA.
    QByteArray prepared(const QByteArray &joseSignature) const;
    bool verify(QByteArrayView data, const QByteArray &preparedSignature) const;

private:
    struct Data;
    explicit OpenSslVerify(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

//! Of the library that runs, for example "3.0.16".
QByteArray openSslVersion();

} // namespace Countersign::Bench
