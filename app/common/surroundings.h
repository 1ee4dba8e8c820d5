// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/finding.h>
#include <common/machinepolicy.h>

#include <countersign/client/profile.h>

#include <QtCore/QStringList>

namespace Countersign::App {

//! "path": whether $PATH, split into \p folders, leads to the programs of \p ownFolder, or to others of the same name
//! before them. Starts none of them.
[[nodiscard]] Finding programsInPath(const QStringList &folders, const QString &ownFolder);

//! "policy": what the policy at \p place locks, and what it has defaults for.
[[nodiscard]] Finding policyInForce(const PolicyPlace &place);

//! "url_schemes": the redirect addresses of \p profiles with a scheme of their own. The embedded window alone sees
//! those, and can when \p hasView: nothing is registered with the system.
[[nodiscard]] Finding schemesOf(const QList<Profile> &profiles, bool hasView);

} // namespace Countersign::App
