// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profile.h>

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A profile made from a preset: it asks for what this provider needs and says what a newcomer should know.
class NewProfileDialog final : public QDialog
{
    Q_OBJECT
public:
    //! An unknown \p presetId is any OpenID Connect provider.
    explicit NewProfileDialog(const QString &presetId, QWidget *parent = nullptr);

Q_SIGNALS:
    //! It has no id yet.
    void made(const Countersign::Profile &profile);
    //! All settings are wanted, starting with what is known.
    void editRequested(const Countersign::Profile &profile);

private:
    void showPreset();
    void check();
    QHash<QString, QString> values() const;
    void nameIt(Profile &profile) const;
    Result<Profile> profile() const;

    QComboBox *m_preset;
    QLineEdit *m_name;
    QWidget *m_fieldBox;
    QFormLayout *m_form;
    QHash<QString, QLineEdit *> m_fields;
    QLabel *m_redirect;
    QLabel *m_knows;
    QLabel *m_problem;
    QDialogButtonBox *m_buttons;
};

} // namespace Countersign::Desktop
