// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QString>

#include <vector>

namespace Countersign::Bench {

//! New processes that take one token out of a cache file and end.
struct ColdStarts
{
    std::vector<double> wall; //!< ms, from a process's start to its end
    std::vector<double> inProcess; //!< ms, from main() to the token
    std::vector<double> atStart; //!< MiB resident before the file was read
    std::vector<double>
        loaded; //!< MiB resident with the token: the file's text is part of the cache, nothing is taken off
    std::vector<double> peak; //!< MiB
};

//! Nothing on other systems than Linux: there is nothing to compare with.
//!
//! Errors: StorageUnavailable if \p path cannot be copied or the program beside this one cannot be run.
[[nodiscard]] Result<ColdStarts> coldStarts(const QString &path);

} // namespace Countersign::Bench
