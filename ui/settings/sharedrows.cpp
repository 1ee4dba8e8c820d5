// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/sharedrows.h"

#include "text/errortext.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

SharedRows::SharedRows(SharedSettings &shared, QObject *parent) : QObject(parent), m_shared(shared)
{
}

bool SharedRows::store(const QString &name, const QString &value)
{
    const auto stored = m_shared.set(name, value);
    if (stored)
        Q_EMIT refused({});
    else if (stored.error().code() == ErrorCode::InvalidArgument)
        Q_EMIT refused(tr("“%1” cannot be right here. The note below the field says what can.").arg(value));
    else
        Q_EMIT refused(tr("The settings cannot be written.") + u' ' + whyItHappened(stored.error().cause()));
    return stored.hasValue();
}

void SharedRows::finish(const Row &row, QWidget *field)
{
    field->setAccessibleName(QString(row.label).remove(u'&'));
    QString words = row.help;
    if (const auto file = m_shared.lockedBy(row.name); !file.isEmpty()) {
        words = lockWords(file) + u' ' + row.help;
        field->setEnabled(false);
        field->setToolTip(lockWords(file));
    }
    field->setAccessibleDescription(words);
    auto *help = noteLabel(words);
    help->setForegroundRole(QPalette::PlaceholderText);
    row.form->addRow(QString(), help);
}

void SharedRows::addText(const Row &row, const QString &example)
{
    auto *field = addressField(row.label, example);
    field->setText(m_shared.value(row.name));
    row.form->addRow(row.label, field);
    finish(row, field);
    connect(this, &SharedRows::changedElsewhere, field, [this, field, name = row.name] {
        if (!field->isModified())
            field->setText(m_shared.value(name));
    });
    connect(field, &QLineEdit::editingFinished, this, [this, field, name = row.name] {
        // Leaving the field says nothing about what was set elsewhere since, a moved store for one.
        if (!field->isModified())
            return;
        field->setModified(false);
        const auto wanted = field->text().trimmed();
        if (wanted == m_shared.value(name))
            return;
        store(name, wanted);
        field->setText(m_shared.value(name)); // refused, or a default of this computer
    });
}

void SharedRows::addChoice(const Row &row, const QList<QPair<QString, QString>> &choices)
{
    auto *field = new ChoiceBox;
    for (const auto &[value, words] : choices)
        field->addItem(words, value);
    const auto choose = [this, field, name = row.name] {
        field->setCurrentIndex(std::max(0, field->findData(m_shared.value(name))));
    };
    choose();
    row.form->addRow(row.label, field);
    finish(row, field);
    connect(field, &QComboBox::activated, this, [this, field, choose, name = row.name](int place) {
        const auto wanted = field->itemData(place).toString();
        // Taken back, it may be what an administrator has for a default.
        const bool isTaken = store(name, place == 0 ? QString() : wanted);
        const auto now = m_shared.value(name);
        if (!isTaken || (now != wanted && !now.isEmpty() && !store(name, wanted)))
            choose();
    });
}

QSpinBox *SharedRows::addNumber(const Row &row, int least, int most, int unset, const QString &unsetText)
{
    auto *field = new QSpinBox;
    field->setRange(std::min(least, unset), most);
    field->setKeyboardTracking(false);
    if (unset < least)
        field->setSpecialValueText(unsetText);
    const auto show = [this, field, unset, name = row.name] {
        const auto stored = m_shared.value(name);
        const QSignalBlocker quiet(field);
        field->setValue(stored.isEmpty() ? unset : stored.toInt());
    };
    show();
    row.form->addRow(row.label, field);
    finish(row, field);
    connect(field, &QSpinBox::valueChanged, this, [this, show, least, unset, name = row.name](int number) {
        // Between "not set" and the least there is nothing.
        const bool isUnset = number == unset || (unset < least && number < least);
        // Taken back, it may be what an administrator has for a default.
        const bool isTaken = store(name, isUnset ? QString() : QString::number(number));
        if (!isTaken || (isUnset && !m_shared.value(name).isEmpty()))
            show();
    });
    return field;
}

void SharedRows::addSwitch(const Row &row)
{
    auto *field = new QCheckBox(row.label);
    field->setChecked(m_shared.value(row.name) == "on"_L1);
    row.form->addRow(QString(), field);
    finish(row, field);
    connect(field, &QCheckBox::toggled, this, [this, field, name = row.name](bool isOn) {
        // Taken back, it may be what an administrator has for a default.
        if (store(name, isOn ? u"on"_s : QString())
            && (isOn || m_shared.value(name) != "on"_L1 || store(name, u"off"_s)))
            return;
        const QSignalBlocker quiet(field);
        field->setChecked(!isOn);
    });
}

QString lockWords(const QString &file)
{
    return SharedRows::tr("Locked by the administrator of this computer, in %1.").arg(file);
}

} // namespace Countersign::Desktop
