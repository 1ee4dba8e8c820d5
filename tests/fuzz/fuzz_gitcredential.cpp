// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../../app/cli/gitcredential.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign::Cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto request = parseGitCredential(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!request)
        return 0;
    // What is answered goes onto lines: nothing of the request may begin a new one.
    const auto name = gitUserName(request->host, request->username);
    const bool breaksLine =
        std::any_of(name.begin(), name.end(), [](QChar c) { return c == u'\n' || c == u'\r' || c.isNull(); });
    if (breaksLine)
        std::abort();
    // A host is let in by its whole name only.
    const QString other = request->host + QStringLiteral(".evil.example");
    const bool isPattern = request->host.startsWith(QLatin1StringView("*."));
    if (!isPattern && isAllowedHost(other, {request->host}))
        std::abort();
    (void)isSafeForTokens(request->protocol, request->host);
    return 0;
}
