// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../verb.h"

namespace Countersign::Cli {

//! The tools below `jose` that need no key: pkce, b64u and at-hash.
std::vector<std::unique_ptr<Verb>> makeJoseTextVerbs();

} // namespace Countersign::Cli
