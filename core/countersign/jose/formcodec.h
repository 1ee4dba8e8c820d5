// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/countersign_export.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace Countersign::Jose {

//! Writes application/x-www-form-urlencoded, in the order of the calls.
//!
//! Encoding: UTF-8; a space becomes '+'; everything but letters, digits and "-._~" is percent-encoded.
//! Secrets:  the buffer is wiped on destruction, when it grows, and when it is taken as a Secret.
//! Spec:     RFC 6749 Appendix B.
class COUNTERSIGN_EXPORT FormEncoder
{
public:
    FormEncoder() = default;
    ~FormEncoder();
    FormEncoder(FormEncoder &&other) noexcept;
    FormEncoder &operator=(FormEncoder &&other) noexcept;
    FormEncoder(const FormEncoder &) = delete;
    FormEncoder &operator=(const FormEncoder &) = delete;

    FormEncoder &add(QByteArrayView name, QByteArrayView utf8);
    FormEncoder &add(QByteArrayView name, QStringView value);
    FormEncoder &add(QByteArrayView name, const Secret &value);
    //! Adds nothing when \p value is empty: RFC 6749 §3.1 treats an empty parameter as omitted.
    FormEncoder &addUnlessEmpty(QByteArrayView name, QStringView value);

    bool isEmpty() const { return m_text.isEmpty(); }
    //! What was written so far. Valid until the next call.
    QByteArrayView view() const { return m_text; }
    //! Hands the text over. Use takeSecret() when a secret is among the values.
    [[nodiscard]] QByteArray take();
    [[nodiscard]] Secret takeSecret();

    //! One name or value by itself, as HTTP Basic needs it (RFC 6749 §2.3.1).
    static QByteArray encoded(QByteArrayView utf8);

private:
    void append(QByteArrayView utf8);
    void reserveFor(qsizetype more);

    QByteArray m_text;
};

//! One parameter of a form or a query, decoded.
struct FormParameter
{
    QByteArray name; //!< UTF-8
    QByteArray value; //!< UTF-8
    qsizetype offset = 0; //!< of the pair in the text

    friend bool operator==(const FormParameter &, const FormParameter &) = default;
};

//! The parameters of a form or a query, in their order, duplicates included.
//!
//! Secrets: the decoded values are wiped on destruction unless they are shared.
class COUNTERSIGN_EXPORT FormParameters
{
public:
    FormParameters() = default;
    ~FormParameters();
    FormParameters(const FormParameters &) = default;
    FormParameters(FormParameters &&) noexcept = default;
    FormParameters &operator=(const FormParameters &) = default;
    FormParameters &operator=(FormParameters &&) noexcept = default;

    //! Reads \p text, without a leading '?' or '#'. Empty pairs ("a=1&&b=2") are skipped.
    //!
    //! Encoding: decoded once; '+' is a space.
    //! Errors:   InvalidResponse for a broken percent escape, invalid UTF-8 or more than maximumParameters pairs.
    //!           Duplicates are kept: ask duplicates(), or use parseUnique().
    [[nodiscard]] static Result<FormParameters> parse(QByteArrayView text);
    //! The same, and a repeated name is refused. Spec: RFC 6749 §3.1 and §3.2.
    [[nodiscard]] static Result<FormParameters> parseUnique(QByteArrayView text);

    static constexpr qsizetype maximumParameters = 1000;

    const QList<FormParameter> &parameters() const { return m_parameters; }
    bool isEmpty() const { return m_parameters.isEmpty(); }
    bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    //! The first of that name.
    std::optional<QString> value(QByteArrayView name) const;
    std::optional<QByteArray> utf8(QByteArrayView name) const;
    std::optional<Secret> secret(QByteArrayView name) const;
    //! Every name that occurs more than once, each once.
    QList<QByteArray> duplicates() const;

private:
    const FormParameter *find(QByteArrayView name) const;

    QList<FormParameter> m_parameters;
};

} // namespace Countersign::Jose
