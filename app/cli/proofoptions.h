// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "optionset.h"

#include <countersign/flows/parameters.h>

namespace Countersign::Cli {

//! The options that ask for a token which is bound to a key, and for the proof of it: --dpop, --pop, --proof-nonce.
class ProofOptions
{
public:
    void addTo(OptionSet &options);
    //! No value: none of them was given.
    //!
    //! Errors: wrong usage, also for an --output in which there is no place for a proof.
    [[nodiscard]] Result<std::optional<ProofOfPossession>> resolve(const Context &context, bool isIdToken) const;

    //! One that was given, by its name; empty: none was.
    QString anySaid() const;

private:
    Result<ProofOfPossession> parse() const;

    QStringList m_dpop;
    QStringList m_pop;
    QString m_nonce;
};

} // namespace Countersign::Cli
