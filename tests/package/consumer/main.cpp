// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// An outside program: signs a person in at ISSUER through the system browser and says who it was. The guide shows it.
#include <countersign/client/publicclient.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/persistenttokencache.h>
#include <countersign/useragent/systembrowseragent.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace Countersign;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const auto authority = Authority::oidc(application.arguments().value(1));
    auto http = NetworkTransport::create();
    if (!authority || !http)
        return 2;
    MemoryStore store; // or KeychainStore
    PersistentTokenCache cache(store);
    SystemLauncher launcher;
    SystemBrowserAgent browser(launcher);
    SystemClock clock;
    SystemRandom random;
    auto client = PublicClient::create({.clientId = {application.arguments().value(2)}, .authority = *authority},
                                       {**http, cache, browser, clock, random});
    if (!client)
        return 2;
    InteractiveParameters parameters;
    parameters.scopes = {QStringLiteral("openid"), QStringLiteral("profile")};
    (*client)->acquireToken(std::move(parameters))->whenFinished(&application, [](const auto &result) {
        if (result)
            std::printf("Hello, %s\n", qPrintable(result->idToken->claims().string("name").value_or(QString())));
        else
            std::fprintf(stderr, "%s\n", qPrintable(result.error().message()));
        QCoreApplication::exit(result ? 0 : 1);
    });
    return application.exec();
}
