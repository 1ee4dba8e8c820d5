// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/http/httptransport.h>
#include <countersign/jose/checkreport.h>
#include <countersign/model/authority.h>

#include <optional>

namespace Countersign::Cli {

//! What a provider publishes, as it came.
struct ProviderDocuments
{
    HttpResponse metadata;
    //! Where the metadata says that the keys are; none if it says nothing usable.
    QUrl keysUrl;
    std::optional<Result<HttpResponse>> keys;
};

//! The address of the key set in a metadata document, however broken the rest is; empty if there is none.
QUrl keysUrlOf(const HttpResponse &metadata);

//! Holds a provider's metadata and key set against the specifications, rule by rule. Touches no network.
//!
//! Spec: OpenID Connect Discovery §3, §4; RFC 8414; RFC 7517; RFC 9207; RFC 9700.
Jose::CheckReport lintProvider(const Authority &authority, const ProviderDocuments &documents, const QDateTime &at);

} // namespace Countersign::Cli
