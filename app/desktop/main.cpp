// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <countersign/base/logging.h>
#include <countersign/crypto/secret.h>

#include <QtWidgets/QApplication>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;

namespace {

//! A core file would hold every token of the process.
void forbidCoreDumps()
{
#ifdef Q_OS_UNIX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
}

} // namespace

int main(int argc, char *argv[])
{
    forbidCoreDumps();
    Countersign::installRedactingLogSink();
    Countersign::initializeSecureHeap();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"Countersign"_s);
    QApplication::setDesktopFileName(u"io.github.countersign.Countersign"_s);
    using Countersign::Desktop::Theme;
    Theme::of(Theme::detect(QApplication::palette())).apply(application);
    const Countersign::Desktop::Workbench workbench;
    workbench.window().show();
    return QApplication::exec();
}
