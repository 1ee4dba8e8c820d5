// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/passphrasedialog.h"

#include "widgets/fields.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace Countersign::Desktop {

PassphraseDialog::PassphraseDialog(Purpose purpose, const QString &place, QWidget *parent)
    : QDialog(parent), m_purpose(purpose), m_first(new QLineEdit),
      m_second(purpose == Purpose::Choose ? new QLineEdit : nullptr), m_problem(plainTextLabel(tr("Problem")))
{
    const bool isNew = purpose == Purpose::Choose;
    setWindowTitle(isNew ? tr("Choose a passphrase") : tr("Unlock the tokens – Countersign"));
    setMinimumWidth(460);
    auto *why = plainTextLabel(tr("Purpose"));
    why->setText(isNew ? tr("Everything in %1 will be sealed with it. Without it nobody can read the tokens again, you "
                            "neither.")
                             .arg(place)
                       : tr("%1 is sealed. Its passphrase opens it.").arg(place));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(form, m_first, tr("&Passphrase"), tr("Passphrase"));
    if (isNew)
        addField(form, m_second, tr("Once &more"), tr("Passphrase, once more"));
    auto *buttons = new QDialogButtonBox;
    m_ok = buttons->addButton(QDialogButtonBox::Ok);
    m_ok->setText(isNew ? tr("&Seal") : tr("&Open"));
    m_ok->setAccessibleName(isNew ? tr("Seal") : tr("Open"));
    worded(buttons->addButton(QDialogButtonBox::Cancel), tr("Cancel"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(why);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    m_problem->hide();
    connect(buttons, &QDialogButtonBox::accepted, this, &PassphraseDialog::enter);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

void PassphraseDialog::check()
{
    QString problem;
    if (m_purpose == Purpose::Choose) {
        if (m_first->text().size() < shortestNew)
            problem = tr("At least %n character(s).", nullptr, shortestNew);
        else if (m_first->text() != m_second->text())
            problem = tr("Both have to be the same.");
    }
    m_ok->setEnabled(problem.isEmpty() && !m_first->text().isEmpty());
    // Before anything was typed it would be a reproach.
    m_problem->setText(m_first->text().isEmpty() ? QString() : problem);
    m_problem->setVisible(!m_problem->text().isEmpty());
}

void PassphraseDialog::enter()
{
    if (m_ok->isEnabled())
        Q_EMIT entered(Secret(m_first->text().toUtf8()));
}

void PassphraseDialog::addField(QFormLayout *form, QLineEdit *field, const QString &label, const QString &name)
{
    field->setEchoMode(QLineEdit::Password);
    field->setAccessibleName(name);
    form->addRow(label, field);
    connect(field, &QLineEdit::textChanged, this, &PassphraseDialog::check);
}

void PassphraseDialog::wait()
{
    m_first->setEnabled(false);
    if (m_second)
        m_second->setEnabled(false);
    m_ok->setEnabled(false);
}

void PassphraseDialog::refuse(const QString &why)
{
    m_first->setEnabled(true);
    m_first->clear();
    if (m_second) {
        m_second->setEnabled(true);
        m_second->clear();
    }
    m_problem->setText(why);
    m_problem->show();
    m_first->setFocus();
}

} // namespace Countersign::Desktop
