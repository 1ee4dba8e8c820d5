// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/homefolder.h>

#include <QtCore/QFile>

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace Countersign::App {

QString homeOfUserDatabase()
{
    constexpr std::size_t largestEntry = 16384;
    std::array<char, largestEntry> buffer{};
    passwd entry{};
    passwd *found = nullptr;
    if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found || !found->pw_dir)
        return {};
    return QFile::decodeName(found->pw_dir);
}

} // namespace Countersign::App
