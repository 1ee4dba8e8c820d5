// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! Names of the relying-party modules of the OpenID Foundation's conformance suite that the sandbox can play.
QStringList moduleNames();
//! Whether the client has to refuse what the module does.
bool moduleExpectsRejection(QStringView name);
//! Clears every hook and puts the module's in force.
//!
//! Errors: InvalidArgument if there is no such module.
Countersign::Result<void> applyModule(Context &context, QStringView name);

} // namespace CountersignSandbox
