// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "signin/claimsrequest.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A claims request as JSON to edit, and above it the choices that put a claim into it. Spec: OIDC Core 5.5.
class ClaimsField final : public QWidget
{
    Q_OBJECT
public:
    //! \p place: what is asked for most where the field stands.
    explicit ClaimsField(ClaimsPlace place, QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &json);
    //! For the label's letter.
    QWidget *editor() const;

Q_SIGNALS:
    void changed();

private:
    void makeBuilder();
    void addClaim();
    void check();

    QComboBox *m_place;
    QComboBox *m_name;
    QLineEdit *m_values;
    QCheckBox *m_essential;
    QPushButton *m_add;
    QPlainTextEdit *m_json;
};

} // namespace Countersign::Desktop
