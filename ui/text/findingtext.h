// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/localprofiles.h>

namespace Countersign::Desktop {

//! What was found: "Kubeconfig", "Token cache of Azure CLI".
QString kindText(const LocalFinding &finding);
//! Where it lies, the home folder shortened; empty for the environment.
QString placeText(const LocalFinding &finding);
//! Client and provider, or the name of what cannot be taken. \p isMasked hides who signs in with it.
QString contentText(const LocalFinding &finding, bool isMasked = false);
//! Why there is nothing to be taken. Empty where there is no obstacle.
QString obstacleText(LocalFinding::Obstacle obstacle);

} // namespace Countersign::Desktop
