// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: the header parameters of one signature or recipient.
#pragma once

#include <countersign/jose/json.h>

#include <array>

namespace Countersign::Jose {

//! Protected, shared unprotected and own unprotected parameters, as one (RFC 7515 §4, RFC 7516 §4).
class JoseHeader
{
public:
    //! Units: bytes of one header's JSON.
    static constexpr qsizetype maximumSize = 64 * 1024;

    //! Errors: TokenMalformed if a name stands in two of them or a registered parameter has the wrong type.
    [[nodiscard]] static Result<JoseHeader> merge(JsonObject protectedPart, JsonObject sharedPart, JsonObject ownPart);
    //! The JSON of a base64url header.
    [[nodiscard]] static Result<JsonObject> decode(QByteArrayView base64Url);

    const JsonObject &protectedPart() const { return m_parts[0]; }
    //! Undefined when there is no such parameter.
    JsonValue value(QByteArrayView name) const;
    QString keyId() const { return value("kid").string().value_or(QString()); }
    std::optional<QString> optionalKeyId() const { return value("kid").string(); }

    //! Errors: SecurityCheckFailed if "crit" names what is not in \p understood, is malformed or unprotected.
    //! Spec:   RFC 7515 §4.1.11.
    [[nodiscard]] Result<void> checkCritical(const QStringList &understood) const;
    bool isCritical(QByteArrayView name) const;

private:
    std::array<JsonObject, 3> m_parts;
};

//! The errors of JWS and JWE.
Error malformedToken(const QString &reason);
Error refusedToken(const QString &reason);

} // namespace Countersign::Jose
