// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <countersign/base/logging.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QCoreApplication>

int main(int argc, char **argv)
{
    Countersign::initializeSecureHeap();
    Countersign::installRedactingLogSink();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("countersign"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    return Countersign::Cli::run(QCoreApplication::arguments().value(0), QCoreApplication::arguments().mid(1));
}
