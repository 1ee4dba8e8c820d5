// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Asks for the passphrase of a sealed file, or for a new one, twice.
class PassphraseDialog final : public QDialog
{
    Q_OBJECT
public:
    enum class Purpose : quint8 { Open, Choose };
    static constexpr int shortestNew = 8; //!< Units: characters

    //! \p place is where the file is, for people.
    PassphraseDialog(Purpose purpose, const QString &place, QWidget *parent = nullptr);

    //! Somebody looks whether it is the right one.
    void wait();
    //! It was not: says so and lets it be typed again.
    void refuse(const QString &why);

Q_SIGNALS:
    //! Whoever hears it calls accept(), or refuse().
    void entered(const Countersign::Secret &passphrase);

private:
    void addField(QFormLayout *form, QLineEdit *field, const QString &label, const QString &name);
    void check();
    void enter();

    Purpose m_purpose;
    QLineEdit *m_first;
    QLineEdit *m_second; //!< for a new one only
    QLabel *m_problem;
    QPushButton *m_ok;
};

} // namespace Countersign::Desktop
