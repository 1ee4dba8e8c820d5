// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/authority.h>
#include <countersign/model/scopeset.h>

#include <cstdio>

int main()
{
    const auto authority = Countersign::Authority::oidc(QStringLiteral("https://login.example.com/realms/one"));
    if (!authority)
        return 1;
    const Countersign::ScopeSet scopes{QStringLiteral("openid"), QStringLiteral("email")};
    std::printf("%s wants %s\n", qPrintable(authority->environment().value), qPrintable(scopes.toString()));
    return authority->environment().value == QLatin1String("login.example.com/realms/one") ? 0 : 1;
}
