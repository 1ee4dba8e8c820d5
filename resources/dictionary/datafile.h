// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace Countersign {

//! One of our own data files, resources/<name>.json. Tests hold each against its schema, so a reader need not.
QJsonObject readDataFile(const QString &name);

} // namespace Countersign
