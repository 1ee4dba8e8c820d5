// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../verb.h"

namespace Countersign::Cli {

std::unique_ptr<Verb> makeGitCredentialVerb();
std::unique_ptr<Verb> makeKubernetesCredentialVerb();

} // namespace Countersign::Cli
