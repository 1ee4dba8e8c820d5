// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The policy of a computer for the tests, linked in place of the real one: the program that is shipped has no such way.
#include <common/machinepolicy.h>

#include <QtCore/QFileInfo>

namespace Countersign::App {

PolicyPlace policyPlaceOfMachine()
{
    const auto path = qEnvironmentVariable("COUNTERSIGN_TEST_POLICY");
    // Whoever runs the tests need not be root.
    return {path, QFileInfo(QFileInfo(path).absolutePath()).ownerId()};
}

} // namespace Countersign::App
