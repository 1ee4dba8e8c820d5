// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "verbs.h"

#include <countersign/crypto/secret.h>

#include <QtCore/QCoreApplication>

#include <array>
#include <cstdio>

using namespace Countersign;
using namespace Countersign::Bench;
using namespace Qt::StringLiterals;

namespace {

struct Verb
{
    QLatin1StringView name;
    const char *arguments;
    Result<void> (*run)(const QStringList &arguments);
};

const std::array verbs{
    Verb{"cache"_L1, "FILE [PART…]", &benchCache},
    Verb{"flow"_L1, "ISSUER [--control URL] [--ca FILE]", &benchFlow},
    Verb{"jose"_L1, "CORPUS", &benchJose},
};

int usage()
{
    std::fputs("usage: countersign-bench VERB ARGUMENTS\n", stderr);
    for (const auto &verb : verbs)
        std::fprintf(stderr, "  %s %s\n", verb.name.data(), verb.arguments);
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    initializeSecureHeap(); // as the programs do
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"countersign-bench"_s);
    const auto arguments = QCoreApplication::arguments();
    for (const auto &verb : verbs) {
        if (arguments.value(1) != verb.name)
            continue;
        const auto result = verb.run(arguments.mid(2));
        if (result)
            return 0;
        std::fprintf(stderr, "countersign-bench: %s\n", qPrintable(result.error().message()));
        return 1;
    }
    return usage();
}
