// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>
#include <countersign/jose/tokendocument.h>

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QPlainTextEdit;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class SecretLabel;

//! Header and payload as JSON, indented or as they were signed.
class JsonView final : public QWidget
{
    Q_OBJECT
public:
    explicit JsonView(QWidget *parent = nullptr);

    void setToken(const Jose::TokenDocument &document);
    void clear();
    void setMasked(bool masked);
    QString text() const;

private:
    void refresh();

    std::optional<Jose::TokenDocument> m_document;
    bool m_isMasked = false;
    QComboBox *m_layout;
    QPlainTextEdit *m_text;
};

//! The token itself, its parts coloured and measured. What makes it a credential (the signature, or all of it) is
//! hidden until it is asked for.
class RawView final : public QWidget
{
    Q_OBJECT
public:
    explicit RawView(QWidget *parent = nullptr);

    void setToken(const Jose::TokenDocument &document);
    void clear();
    void setRevealAllowed(bool allowed);

Q_SIGNALS:
    void copyRequested(const Countersign::Secret &secret);

private:
    QWidget *m_sizes;
    QLabel *m_limits;
    SecretLabel *m_secret;
};

//! The token with its signature cut away: it can be decoded, and not used. Empty where nothing would be left.
QString redactedToken(const Jose::TokenDocument &document);

} // namespace Countersign::Desktop
