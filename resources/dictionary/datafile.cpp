// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "datafile.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

//! A static library's resources are left out unless somebody names them. Not in a namespace: what this calls is in
//! none.
static void bringResources()
{
    Q_INIT_RESOURCE(ui_data);
}

namespace Countersign {

QJsonObject readDataFile(const QString &name)
{
    [[maybe_unused]] static const bool areThere = (bringResources(), true);
    QFile file(u":/data/%1.json"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace Countersign
