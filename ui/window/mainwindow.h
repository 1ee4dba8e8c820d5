// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtWidgets/QMainWindow>

namespace Countersign::Desktop {

class ClipboardGuard;
class InspectorPage;

//! The window people live in.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget *parent = nullptr);

    //! Every action of the window, as the command palette lists them.
    QList<QAction *> commands() const;

private:
    void makeActions();
    void pasteToken();
    void setMasked(bool masked);
    void openPalette();
    void tellCopied();

    InspectorPage *m_inspector;
    ClipboardGuard *m_clipboard;
};

} // namespace Countersign::Desktop
