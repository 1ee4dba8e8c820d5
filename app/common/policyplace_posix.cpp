// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// A file of its own: a program of the tests puts another one in its place when it is linked.
#include <common/machinepolicy.h>

namespace Countersign::App {

PolicyPlace policyPlaceOfMachine()
{
#ifdef Q_OS_DARWIN
    return {QStringLiteral("/Library/Application Support/Countersign/policy.json")};
#else
    return {QStringLiteral("/etc/countersign/policy.json")};
#endif
}

} // namespace Countersign::App
