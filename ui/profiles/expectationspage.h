// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profile.h>

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QSpinBox;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! What the tokens of a profile have to be when they are checked: in the inspector, and by `verify --profile`.
class ExpectationsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ExpectationsPage(QWidget *parent = nullptr);

    void fill(const Profile &profile);
    void readInto(Profile &profile) const;

private:
    QLineEdit *m_issuer;
    QLineEdit *m_audience;
    QLineEdit *m_scopes;
    QLineEdit *m_roles;
    QLineEdit *m_contexts;
    QSpinBox *m_leeway;
};

} // namespace Countersign::Desktop
