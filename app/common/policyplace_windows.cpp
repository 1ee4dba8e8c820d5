// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// A file of its own: a program of the tests puts another one in its place when it is linked.
#include <common/machinepolicy.h>

#include <shlobj.h>

namespace Countersign::App {

PolicyPlace policyPlaceOfMachine()
{
    // By the system's own word: the variable %ProgramData% is the person's to set.
    PWSTR folder = nullptr;
    QString path = QStringLiteral("C:\\ProgramData");
    if (SUCCEEDED(::SHGetKnownFolderPath(FOLDERID_ProgramData, 0, nullptr, &folder)))
        path = QString::fromWCharArray(folder);
    ::CoTaskMemFree(folder);
    return {path + QStringLiteral("\\Countersign\\policy.json")};
}

} // namespace Countersign::App
