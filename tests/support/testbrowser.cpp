// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// A browser without a face: opens the address that is its last argument and follows wherever it leads.
//   --wrong-state   comes back with the state of another sign-in
//   --closed        is closed before anything loads
#include "support/httpcall.h"

#include <QtCore/QCoreApplication>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

constexpr int longestJourney = 10;

QUrl withWrongState(const QUrl &url)
{
    const auto state = parameter(url, u"state"_s);
    return QUrl(url.toString(QUrl::FullyEncoded).replace(state, QString(state.size(), u'x')));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.contains(u"--closed"_s))
        return 0;
    QUrl address(arguments.last());
    for (int i = 0; i < longestJourney; ++i) {
        const auto answer = httpCall("GET", address);
        const auto next = answer.location();
        if (answer.status < 300 || answer.status >= 400 || next.isEmpty())
            return 0; // a browser shows whatever page it ends at
        address = address.resolved(next);
        if (arguments.contains(u"--wrong-state"_s) && !parameter(address, u"code"_s).isEmpty())
            address = withWrongState(address);
    }
    return 1;
}
