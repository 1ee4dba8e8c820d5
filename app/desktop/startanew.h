// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QCommandLineParser;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The file that starts this program. An AppImage is mounted at another place every time; what was started is named by
//! its environment.
QString programToStart();
//! What the same program is started with once more. Where tokens lie was chosen in it, so what the command line said of
//! that is over; and whoever starts it anew wants to see it.
QStringList argumentsToStartWith(const QCommandLineParser &parser);

} // namespace Countersign::Desktop
