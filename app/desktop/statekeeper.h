// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statefile.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace Countersign::Desktop {

class MainWindow;

//! Restores where the windows stood, and writes it down soon after somebody changed it: a program that is killed, or a
//! computer that loses its power, forgets no more than the last moments.
class StateKeeper final : public QObject
{
    Q_OBJECT
public:
    //! After the last key or click. Units: milliseconds.
    static constexpr std::chrono::milliseconds calm{1500};

    //! \p window outlives it.
    StateKeeper(MainWindow &window, StateFile file);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void save();

    MainWindow &m_window;
    StateFile m_file;
    QJsonObject m_saved;
    QTimer m_timer;
};

} // namespace Countersign::Desktop
