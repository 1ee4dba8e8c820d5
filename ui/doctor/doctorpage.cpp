// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "doctor/doctorpage.h"

#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/steplist.h"
#include "widgets/symbol.h"
#include "window/actions.h"

#include <QtCore/QSaveFile>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

DoctorPage::DoctorPage(DoctorSource &source, Building building, QWidget *parent)
    : Page(u"doctor"_s, tr("Doctor"), u"doctor"_s, tr("Finds what keeps sign-ins from working on this computer."),
           parent),
      m_source(source), m_steps(new StepModel(this))
{
    if (building == Building::AtOnce)
        build();
}

void DoctorPage::fill(QWidget &content)
{
    m_verdict = plainTextLabel(tr("Verdict"));
    m_providers = new QCheckBox(tr("Ask the &providers, too (uses the network)"));
    m_examine = new QPushButton(symbol(u"doctor"_s), tr("&Examine"));
    m_copy = new QPushButton(symbol(u"copy"_s), tr("&Copy report"));
    m_save = new QPushButton(symbol(u"export"_s), tr("&Save report…"));
    m_list = new StepList(*m_steps, tr("What was examined"));
    m_providers->setAccessibleName(tr("Ask the providers, too"));
    m_providers->setAccessibleDescription(tr("Will contact the provider of every profile"));
    m_providers->setToolTip(tr("Will contact the provider of every profile"));
    m_examine->setAccessibleName(tr("Examine"));
    m_copy->setAccessibleName(tr("Copy the report"));
    m_save->setAccessibleName(tr("Save the report"));
    auto font = m_verdict->font();
    font.setBold(true);
    m_verdict->setFont(font);
    m_verdict->setText(tr("Nothing was examined yet."));
    auto *buttons = new FlowLayout;
    for (auto *widget : {static_cast<QWidget *>(m_examine), static_cast<QWidget *>(m_providers),
                         static_cast<QWidget *>(m_copy), static_cast<QWidget *>(m_save)})
        buttons->addWidget(widget);
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(16, 16, 16, 16);
    column->addLayout(buttons);
    column->addWidget(m_verdict);
    column->addWidget(m_list, 1);
    connect(m_examine, &QPushButton::clicked, this, &DoctorPage::examine);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_steps->toText());
        Q_EMIT said(tr("Copied. There is no secret in it."));
    });
    connect(m_save, &QPushButton::clicked, this, &DoctorPage::saveReport);
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
}

DoctorPage::~DoctorPage()
{
    if (m_run) {
        m_run->disconnect(this);
        m_run->disconnect(m_steps);
        m_run->cancel();
    }
}

void DoctorPage::contribute(ActionRegistry &actions)
{
    auto *diagnose = actions.add({.id = u"tools.diagnose"_s,
                                  .menu = MenuKind::Tools,
                                  .text = tr("&Diagnose"),
                                  .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D),
                                  .symbol = u"doctor"_s,
                                  .tip = tr("Finds what keeps sign-ins from working on this computer")});
    connect(diagnose, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        if (!m_run)
            examine();
    });
}

QList<QWidget *> DoctorPage::focusStops() const
{
    if (!isBuilt())
        return {};
    return {m_examine, m_list};
}

void DoctorPage::activated()
{
    if (!m_hasRun)
        examine();
}

void DoctorPage::examine()
{
    if (m_run)
        return m_run->cancel();
    build();
    m_hasRun = true;
    m_steps->clear();
    m_run = m_source.examine(m_providers->isChecked());
    connect(m_run, &DoctorRun::stepStarted, m_steps, &StepModel::begin);
    connect(m_run, &DoctorRun::stepFinished, m_steps, &StepModel::add);
    connect(m_run, &DoctorRun::finished, this, &DoctorPage::showEnd);
    m_verdict->setText(tr("Examining this computer…"));
    m_examine->setText(tr("&Cancel"));
    m_examine->setAccessibleName(tr("Cancel"));
}

void DoctorPage::showEnd()
{
    m_run = nullptr;
    m_steps->end();
    m_examine->setText(tr("&Examine again"));
    m_examine->setAccessibleName(tr("Examine again"));
    m_copy->setEnabled(true);
    m_save->setEnabled(true);
    const auto failures = int(m_steps->count(Jose::CheckOutcome::Failed));
    const auto warnings = int(m_steps->count(Jose::CheckOutcome::Warning));
    if (failures > 0)
        m_verdict->setText(tr("%n thing(s) will keep sign-ins from working.", nullptr, failures));
    else if (warnings > 0)
        m_verdict->setText(tr("Sign-ins should work; %n thing(s) are worth a look.", nullptr, warnings));
    else
        m_verdict->setText(tr("Everything is as it should be."));
    setBadge({.waiting = failures});
}

void DoctorPage::saveReport()
{
    auto *dialog = new QFileDialog(this, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const bool isSaved = file.open(QIODevice::WriteOnly) && file.write(m_steps->toText().toUtf8()) >= 0
            && file.flush() && file.commit();
        Q_EMIT said(isSaved ? tr("Report saved") : tr("The report cannot be saved: %1").arg(file.errorString()));
    });
    dialog->open();
}

} // namespace Countersign::Desktop
