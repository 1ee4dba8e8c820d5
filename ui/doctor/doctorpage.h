// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "doctor/doctorsource.h"
#include "window/page.h"

#include <QtCore/QPointer>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class StepList;

//! What keeps sign-ins from working here: every check with its outcome and reason, and a report to pass on.
class DoctorPage final : public Page
{
    Q_OBJECT
public:
    //! \p source outlives the page.
    explicit DoctorPage(DoctorSource &source, Building building = Building::AtOnce, QWidget *parent = nullptr);
    ~DoctorPage() override;

    void contribute(ActionRegistry &actions) override;
    QList<QWidget *> focusStops() const override;
    //! The first visit examines; later ones show what was found.
    void activated() override;

    void examine();
    bool isExamining() const { return m_run; }
    const StepModel &steps() const { return *m_steps; }

protected:
    void fill(QWidget &content) override;

private:
    void showEnd();
    void saveReport();

    DoctorSource &m_source;
    QPointer<DoctorRun> m_run;
    bool m_hasRun = false;
    StepModel *m_steps;
    QLabel *m_verdict = nullptr;
    QCheckBox *m_providers = nullptr;
    QPushButton *m_examine = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_save = nullptr;
    StepList *m_list = nullptr;
};

} // namespace Countersign::Desktop
