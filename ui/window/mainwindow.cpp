// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/mainwindow.h"

#include "inspector/inspectorpage.h"
#include "widgets/clipboardguard.h"
#include "widgets/commandpalette.h"
#include "widgets/symbol.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QStatusBar>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_inspector(new InspectorPage(this)), m_clipboard(new ClipboardGuard(this))
{
    setWindowTitle(tr("Countersign"));
    setAccessibleName(tr("Countersign"));
    resize(1000, 680);
    setCentralWidget(m_inspector);
    makeActions();
    connect(m_inspector, &InspectorPage::copyRequested, m_clipboard, &ClipboardGuard::copy);
    connect(m_clipboard, &ClipboardGuard::copied, this, &MainWindow::tellCopied);
    connect(m_clipboard, &ClipboardGuard::cleared, this,
            [this] { statusBar()->showMessage(tr("Clipboard released"), 3000); });
    statusBar()->setAccessibleName(tr("Status"));
}

void MainWindow::makeActions()
{
    auto *file = menuBar()->addMenu(tr("&File"));
    auto *paste = file->addAction(symbol(u"paste"_s), tr("&Paste token"), this, &MainWindow::pasteToken);
    paste->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    auto *another =
        file->addAction(symbol(u"inspect"_s), tr("&Inspect another token"), m_inspector, &InspectorPage::clear);
    another->setShortcut(QKeySequence::New);
    auto *quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));

    auto *view = menuBar()->addMenu(tr("&View"));
    auto *mask = view->addAction(symbol(u"eye"_s), tr("&Mask for sharing the screen"));
    mask->setCheckable(true);
    mask->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H));
    connect(mask, &QAction::toggled, this, &MainWindow::setMasked);

    auto *help = menuBar()->addMenu(tr("&Help"));
    auto *palette = help->addAction(tr("&Commands"), this, &MainWindow::openPalette);
    palette->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    auto *clearClipboard = file->addAction(tr("C&lear copied token"), m_clipboard, &ClipboardGuard::clear);
    file->insertAction(quit, clearClipboard);
    file->insertSeparator(quit);
}

QList<QAction *> MainWindow::commands() const
{
    QList<QAction *> found;
    for (const auto *menu : menuBar()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly)) {
        for (auto *action : menu->actions()) {
            if (!action->isSeparator() && !action->menu())
                found.append(action);
        }
    }
    return found;
}

void MainWindow::pasteToken()
{
    const auto text = QGuiApplication::clipboard()->text();
    if (text.trimmed().isEmpty()) {
        statusBar()->showMessage(tr("The clipboard holds no text"), 5000);
        return;
    }
    m_inspector->inspect(Secret(text.toUtf8()));
}

void MainWindow::setMasked(bool masked)
{
    m_inspector->setRevealAllowed(!masked);
    m_inspector->setVisible(!masked);
    statusBar()->showMessage(masked ? tr("Masked") : QString());
}

void MainWindow::openPalette()
{
    (new CommandPalette(commands(), this))->open();
}

void MainWindow::tellCopied()
{
    statusBar()->showMessage(
        tr("Copied; the clipboard is cleared in %n second(s)", nullptr, int(ClipboardGuard::holdTime.count())));
}

} // namespace Countersign::Desktop
