// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../verb.h"

namespace Countersign::Cli {

//! `store inspect`.
std::unique_ptr<Verb> makeStoreInspectVerb();

} // namespace Countersign::Cli
