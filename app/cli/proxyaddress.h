// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>

#include <QtCore/QString>

namespace Countersign::Cli {

//! Whether \p address says a password before its '@'. By the text alone: what no parser takes for an address shows its
//! password all the same.
bool holdsPassword(QStringView address);

//! \p address with "***" in place of all that stands before its last '@', except for the scheme.
QString withoutCredential(const QString &address);

//! Why an address with a password is not taken from the arguments, and where that of a proxy may stand. It is not
//! repeated.
Error passwordInArguments(bool isOfProxy);

} // namespace Countersign::Cli
