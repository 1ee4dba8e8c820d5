// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/http/httptransport.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/httpanswer.h>

namespace Countersign {

//! \p response as the parsers of the protocol see it. Valid as long as \p response.
inline Protocol::HttpAnswer answerOf(const HttpResponse &response)
{
    return {.status = response.status, .headers = response.headers.fields(), .body = response.body};
}

//! The form to \p endpoint, with the headers that go along with it.
inline HttpRequest formRequest(HttpPurpose purpose, const QUrl &endpoint, Protocol::TokenRequest request)
{
    auto http = HttpRequest::postForm(purpose, endpoint, std::move(request.form));
    for (const auto &[name, value] : request.headers)
        http.headers.set(name, value);
    return http;
}

} // namespace Countersign
