// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Steps in a row: those behind with a tick, the present one emphasised, those to come muted.
class StageLine final : public QWidget
{
    Q_OBJECT
public:
    explicit StageLine(const QStringList &steps, QWidget *parent = nullptr);

    //! \p step counts from 0; as many as there are: all are behind.
    void setCurrent(int step);

private:
    QStringList m_steps;
    int m_current = 0;
    QList<QLabel *> m_labels;
};

} // namespace Countersign::Desktop
