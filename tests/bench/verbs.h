// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QStringList>

//! One function a verb; each has a source of its own. The arguments are those after the verb.
namespace Countersign::Bench {

//! FILE [PART…]: a token cache in the unified schema is loaded, asked and saved. Parts: cold, lookups, decoding,
//! document, change; all unless some are named.
[[nodiscard]] Result<void> benchCache(const QStringList &arguments);
//! CORPUS: verification and decoding of the tokens in it.
[[nodiscard]] Result<void> benchJose(const QStringList &arguments);

} // namespace Countersign::Bench
