// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/renamedialog.h"

#include "models/accountmodel.h"
#include "text/errortext.h"
#include "text/wording.h"
#include "widgets/fields.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int longestName = 80;

} // namespace

RenameDialog::RenameDialog(Session &session, const AccountEntry &entry, QWidget *parent)
    : QDialog(parent), m_session(session), m_entry(entry), m_who(plainTextLabel(tr("Account"))),
      m_name(new QLineEdit(entry.nickname)), m_problem(plainTextLabel(tr("Problem")))
{
    setWindowTitle(tr("Rename account"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(420);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(longestName);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Name"), m_name);
    auto *buttons = new QDialogButtonBox;
    auto *rename = buttons->addButton(QDialogButtonBox::Ok);
    worded(rename, tr("&Rename"));
    worded(buttons->addButton(QDialogButtonBox::Cancel), tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &RenameDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &RenameDialog::reject);
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_who);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    setMasked(false);
}

void RenameDialog::setMasked(bool masked)
{
    const auto who = masked ? maskedText() : displayName(m_entry.account);
    m_who->setText(tr("The windows show this name instead of %1, and the command line knows the account by it. The "
                      "provider is told nothing. Empty: no name of your own.")
                       .arg(who));
}

void RenameDialog::accept()
{
    if (const auto renamed = m_session.renameAccount(m_entry.account.id, m_name->text().trimmed()); !renamed) {
        const auto words = errorText(renamed.error());
        m_problem->setText(QString(words.what + u' ' + words.why));
        m_problem->show();
        return;
    }
    QDialog::accept();
}

} // namespace Countersign::Desktop
