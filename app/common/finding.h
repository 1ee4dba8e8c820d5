// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>
#include <countersign/jose/checkreport.h>

#include <QtCore/QString>

#include <optional>

namespace Countersign::App {

//! One thing that was looked at, on this computer or at a provider.
struct Finding
{
    QString id; //!< stable, in snake_case: "store", "loopback_v4", "discovery" …
    QString subject; //!< what it was looked at with: a path, a host; may be empty
    Jose::CheckOutcome outcome = Jose::CheckOutcome::Passed;
    QString detail; //!< what was found: a fact, no sentence; the programs have the words
    std::optional<Error> error; //!< of a failure
};

} // namespace Countersign::App
