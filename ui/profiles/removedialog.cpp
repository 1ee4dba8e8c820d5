// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/removedialog.h"

#include "text/errortext.h"
#include "text/foreigntext.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace Countersign::Desktop {

namespace {

QString listed(const QStringList &names)
{
    QStringList safe;
    for (const auto &name : names)
        safe.append(isolated(name, 80));
    return QLocale().createSeparatedList(safe);
}

QLabel *line(const QString &name, const QString &text)
{
    auto *label = plainTextLabel(name);
    label->setText(text);
    return label;
}

QString secretText(const RemoveDialog::Remains &remains)
{
    if (!remains.hasSecret) {
        const auto words = errorText(remains.hasSecret.error());
        return RemoveDialog::tr("Whether a client secret of it is kept cannot be told now, and one that is kept stays "
                                "where it is. %1 %2")
            .arg(words.what, words.why);
    }
    if (!remains.sharedWith.isEmpty())
        return RemoveDialog::tr("Its client secret stays in the token store: %1 goes to the same registration.")
            .arg(listed(remains.sharedWith));
    return RemoveDialog::tr("The client secret of its registration is kept in the token store. Once forgotten, it "
                            "cannot be brought back: whoever needs it again gets it from the provider.");
}

} // namespace

RemoveDialog::RemoveDialog(const Profile &profile, const Remains &remains, QWidget *parent)
    : QDialog(parent), m_forget(new QCheckBox(tr("&Forget its client secret, too")))
{
    setWindowTitle(tr("Delete profile"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(sizeInText(*this, 60, 1).width());
    m_forget->setAccessibleName(tr("Forget the client secret"));
    const bool canForget = remains.hasSecret && *remains.hasSecret && remains.sharedWith.isEmpty();
    m_forget->setChecked(canForget);
    m_forget->setVisible(canForget);
    auto *buttons = new QDialogButtonBox;
    auto *remove = buttons->addButton(QDialogButtonBox::Ok);
    worded(remove, tr("&Delete"));
    worded(buttons->addButton(QDialogButtonBox::Cancel), tr("Cancel"));
    auto *question = line(tr("Question"), tr("Delete profile %1?").arg(isolated(profile.displayName(), 80)));
    makeHeading(question, 1.2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(question);
    column->addWidget(line(tr("What becomes of its accounts"), accountsText(remains.accounts, remains.sharedWith)));
    column->addWidget(line(tr("What becomes of its client secret"), secretText(remains)));
    column->addWidget(m_forget);
    column->addStretch();
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

bool RemoveDialog::forgetsSecret() const
{
    return m_forget->isChecked();
}

QString RemoveDialog::accountsText(int accounts, const QStringList &sharedWith)
{
    if (accounts == 0)
        return tr("No account is signed in through it.");
    if (!sharedWith.isEmpty())
        return tr("%n account(s) stay, with their tokens, in %1.", nullptr, accounts).arg(listed(sharedWith));
    return tr(
        "%n account(s) stay signed in, with their tokens: Accounts shows them as without a profile, and makes one "
        "again.",
        nullptr, accounts);
}

} // namespace Countersign::Desktop
