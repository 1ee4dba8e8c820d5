// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtCore/QObject>

#include <memory>

namespace Countersign::Desktop {

class InspectorPage;
class MainWindow;

//! Puts the pages into the window and connects them with each other. What is shown is decided here and nowhere else.
class Workbench final : public QObject
{
    Q_OBJECT
public:
    explicit Workbench(QObject *parent = nullptr);
    ~Workbench() override;

    MainWindow &window() const { return *m_window; }
    //! Shows \p token in the inspector.
    void inspect(const Secret &token);

private:
    std::unique_ptr<MainWindow> m_window;
    InspectorPage *m_inspector;
};

} // namespace Countersign::Desktop
