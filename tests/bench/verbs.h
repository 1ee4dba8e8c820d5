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
//! ISSUER [--control URL] [--ca FILE]: sign-ins, refreshes and a new process's token, against a provider whose control
//! interface signs its person in and shows its log. The client's own time: the person's is taken off.
[[nodiscard]] Result<void> benchFlow(const QStringList &arguments);
//! CORPUS: verification and decoding of the tokens in it.
[[nodiscard]] Result<void> benchJose(const QStringList &arguments);

} // namespace Countersign::Bench
