// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/roles.h"

#include <countersign/jose/checkreport.h>

#include <QtCore/QAbstractTableModel>

#include <optional>

namespace Countersign::Desktop {

//! One thing that was tried, with its outcome: at a provider, or on this computer.
struct Step
{
    QString id; //!< stable, for example "discovery", "keys", "store", "loopback"
    QString subject; //!< what it was tried with: a host, a path; may be empty; foreign text
    Jose::CheckOutcome outcome = Jose::CheckOutcome::Passed;
    QString detail; //!< what was found; foreign text
    std::optional<Error> error; //!< why it failed
};

//! Steps in the order in which they were tried; the last one may still be running.
class StepModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { OutcomeColumn, StepColumn, DetailColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void clear();
    //! Something is being tried now.
    void begin(const QString &id, const QString &subject = {});
    //! Takes the place of what is running.
    void add(const Step &step);
    //! Nothing is running any more.
    void end();
    const QList<Step> &steps() const { return m_steps; }
    qsizetype count(Jose::CheckOutcome outcome) const;
    //! For a report: one line a step, nothing secret in it.
    QString toText() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void endRunning();

    QList<Step> m_steps;
    bool m_isRunning = false; //!< the last row
};

//! What was tried, for people.
QString stepText(const Step &step);

} // namespace Countersign::Desktop
