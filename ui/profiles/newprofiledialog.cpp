// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/newprofiledialog.h"

#include "text/foreigntext.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <countersign/client/presets.h>

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

NewProfileDialog::NewProfileDialog(const QString &presetId, QWidget *parent)
    : QDialog(parent), m_preset(new ChoiceBox), m_name(new QLineEdit), m_fieldBox(new QWidget),
      m_form(new QFormLayout(m_fieldBox)), m_redirect(plainTextLabel(tr("Redirect address to register"))),
      m_knows(addressLabel(tr("What to know"))), m_problem(plainTextLabel(tr("Problem"))),
      m_buttons(new QDialogButtonBox)
{
    setWindowTitle(tr("New profile"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_preset->setAccessibleName(tr("Provider"));
    m_name->setAccessibleName(tr("Name"));
    for (const auto &preset : providerPresets())
        m_preset->addItem(preset.name, preset.id);
    const auto place = m_preset->findData(presetId);
    m_preset->setCurrentIndex(place >= 0 ? place : m_preset->findData(u"oidc"_s));
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->addRow(tr("&Provider"), m_preset);
    m_form->addRow(tr("&Name"), m_name);

    auto *content = new QWidget;
    auto *lines = new QVBoxLayout(content);
    lines->addWidget(m_fieldBox);
    lines->addWidget(m_redirect);
    lines->addWidget(m_knows);
    lines->addStretch();
    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Settings"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(content);

    auto *save = m_buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    auto *more = m_buttons->addButton(tr("&All settings…"), QDialogButtonBox::ResetRole);
    auto *copyRedirect = m_buttons->addButton(tr("Copy &redirect"), QDialogButtonBox::ResetRole);
    worded(m_buttons->addButton(QDialogButtonBox::Cancel), tr("Cancel"));
    save->setAccessibleName(tr("Save"));
    more->setAccessibleName(tr("All settings"));
    copyRedirect->setAccessibleName(tr("Copy the redirect address"));
    // Enter saves, or does nothing.
    more->setAutoDefault(false);
    copyRedirect->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(area, 1);
    column->addWidget(m_problem);
    column->addWidget(m_buttons);
    save->setDefault(true); // only now the dialog knows the button
    resize(sizeInText(*this, 100, 33));

    connect(m_preset, &QComboBox::activated, this, &NewProfileDialog::showPreset);
    connect(copyRedirect, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(findPreset(m_preset->currentData().toString())->redirectUri);
    });
    connect(more, &QPushButton::clicked, this, [this] {
        // What is missing here can be said there.
        auto known = findPreset(m_preset->currentData().toString())->draft(values());
        nameIt(known);
        Q_EMIT editRequested(known);
        accept();
    });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto ready = profile()) {
            Q_EMIT made(*ready);
            accept();
        }
    });
    showPreset();
    m_preset->setFocus();
}

void NewProfileDialog::showPreset()
{
    const auto &preset = *findPreset(m_preset->currentData().toString());
    const QLocale locale;
    // The provider and the name are asked for whatever the provider is.
    constexpr int usualRows = 2;
    while (m_form->rowCount() > usualRows)
        m_form->removeRow(usualRows);
    m_fields.clear();
    QWidget *last = m_name;
    for (const auto &field : preset.fields) {
        auto *edit = addressField(field.label.in(locale), field.example);
        if (!field.fallback.isEmpty())
            edit->setPlaceholderText(tr("%1 (if empty)").arg(field.fallback));
        connect(edit, &QLineEdit::textChanged, this, &NewProfileDialog::check);
        m_form->addRow(field.label.in(locale), edit);
        m_fields.insert(field.id, edit);
        // It came last into the window, but stands before the buttons.
        setTabOrder(last, edit);
        last = edit;
    }
    m_name->setPlaceholderText(preset.name);
    m_redirect->setText(tr("Redirect address to register there: %1").arg(preset.redirectUri));
    QStringList facts;
    for (const auto &fact : preset.knows)
        facts.append(u"• "_s + fact.in(locale));
    m_knows->setText(withWholeAddresses(facts.join(u'\n')));
    check();
}

QHash<QString, QString> NewProfileDialog::values() const
{
    QHash<QString, QString> values;
    for (auto it = m_fields.begin(); it != m_fields.end(); ++it)
        values.insert(it.key(), it.value()->text());
    return values;
}

void NewProfileDialog::nameIt(Profile &profile) const
{
    if (!m_name->text().trimmed().isEmpty())
        profile.name = m_name->text().trimmed();
}

Result<Profile> NewProfileDialog::profile() const
{
    auto made = findPreset(m_preset->currentData().toString())->profile(values());
    if (made)
        nameIt(*made);
    return made;
}

void NewProfileDialog::check()
{
    const auto &preset = *findPreset(m_preset->currentData().toString());
    QStringList missing;
    for (const auto &field : preset.fields) {
        if (field.isRequired && field.fallback.isEmpty() && m_fields.value(field.id)->text().trimmed().isEmpty())
            missing.append(field.label.in(QLocale()));
    }
    QString problem;
    if (!missing.isEmpty())
        problem = tr("Still missing: %1").arg(QLocale().createSeparatedList(missing));
    const auto made = profile();
    if (problem.isEmpty() && !made)
        problem = tr("This makes no issuer: addresses begin with https:// and have no question mark.");
    m_problem->setText(problem);
    for (auto *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(problem.isEmpty());
    }
}

} // namespace Countersign::Desktop
