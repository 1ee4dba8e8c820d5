// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings/sharedsettings.h"

#include <QtCore/QList>
#include <QtCore/QPair>

QT_BEGIN_NAMESPACE
class QFormLayout;
class QLabel;
class QSpinBox;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Rows of a form for the settings that every program of ours shares: each shows what is set, sets what is chosen, and
//! goes back when that was refused.
class SharedRows final : public QObject
{
    Q_OBJECT
public:
    //! \p shared outlives it.
    SharedRows(SharedSettings &shared, QObject *parent);

    //! What a row has in common with all: the setting's name, its label with a mnemonic, a sentence below it.
    struct Row
    {
        QFormLayout *form;
        QString name;
        QString label;
        QString help;
    };
    void addText(const Row &row, const QString &example);
    //! Values with their words; the first stands for "not set".
    void addChoice(const Row &row, const QList<QPair<QString, QString>> &choices);
    //! \p unset is the number that means "not set", shown as \p unsetText.
    QSpinBox *addNumber(const Row &row, int least, int most, int unset, const QString &unsetText);
    void addSwitch(const Row &row);

Q_SIGNALS:
    //! A value was refused; why, translated. Empty: the last one was taken.
    void refused(const QString &why);
    //! Something else than these rows changed a setting.
    void changedElsewhere();

private:
    bool store(const QString &name, const QString &value);
    void finish(const Row &row, QWidget *field);

    SharedSettings &m_shared;
};

//! Who locked a setting, for people: \p file is what SharedSettings::lockedBy() says.
QString lockWords(const QString &file);

} // namespace Countersign::Desktop
