// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/clientconfiguration.h>

namespace Countersign {

//! The assertion that stands in the file at \p path, which its platform renews: as AZURE_FEDERATED_TOKEN_FILE names one
//! in a Kubernetes pod. Read anew for every request.
//!
//! Errors of the source: InvalidArgument when the file cannot be read, is larger than a token, or holds none.
//! Secrets: what the file holds is not repeated.
[[nodiscard]] COUNTERSIGN_EXPORT AssertionSource assertionsFromFile(const QString &path);

} // namespace Countersign
