// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/homefolder.h>

#include <QtCore/QDir>

namespace Countersign::App {

QString homeOfUserDatabase()
{
    return QDir::homePath();
}

} // namespace Countersign::App
