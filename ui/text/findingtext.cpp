// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/findingtext.h"

#include "text/foreigntext.h"
#include "text/wording.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct FindingText
{
    Q_DECLARE_TR_FUNCTIONS(FindingText)
};

constexpr qsizetype longest = 80;

//! Host and path: what tells issuers apart.
QString providerOf(const QString &issuer)
{
    const QUrl url(issuer);
    const auto path = url.path() == "/"_L1 ? QString() : url.path();
    return url.host().isEmpty() ? issuer : url.host() + path;
}

} // namespace

QString kindText(const LocalFinding &finding)
{
    switch (finding.kind) {
    case LocalFinding::Kind::Variables: return FindingText::tr("Environment variables");
    case LocalFinding::Kind::ConfigurationFile: return FindingText::tr("Configuration file");
    case LocalFinding::Kind::Cache: return FindingText::tr("Token cache of %1").arg(finding.name);
    case LocalFinding::Kind::Kubeconfig: return FindingText::tr("Kubeconfig");
    case LocalFinding::Kind::OidcAgentAccount: return FindingText::tr("Account of oidc-agent");
    }
    Q_UNREACHABLE();
}

QString placeText(const LocalFinding &finding)
{
    const QString home = QDir::homePath() + u'/';
    const auto path =
        finding.place.startsWith(home) ? QString(u"~/"_s + finding.place.mid(home.size())) : finding.place;
    return harmless(QDir::toNativeSeparators(path), longest * 2);
}

QString contentText(const LocalFinding &finding, bool isMasked)
{
    if (!finding.profile)
        return finding.kind == LocalFinding::Kind::Cache ? QString() : harmless(finding.name, longest);
    const auto &profile = finding.profile->profile;
    const auto provider = isolated(providerOf(profile.issuer), longest);
    auto text = profile.clientId.isEmpty() ? FindingText::tr("A client that is not named, at %1").arg(provider)
        : profile.issuer.isEmpty()
        ? FindingText::tr("Client %1 of a provider that is not named").arg(isolated(profile.clientId, longest))
        : FindingText::tr("Client %1 at %2").arg(isolated(profile.clientId, longest), provider);
    if (isMasked && !finding.users.isEmpty())
        return text + u", "_s + maskedText();
    QStringList users;
    for (const auto &user : finding.users)
        users.append(isolated(user, longest));
    return users.isEmpty() ? text : QString(text + u", "_s + users.join(u", "_s));
}

QString obstacleText(LocalFinding::Obstacle obstacle)
{
    switch (obstacle) {
    case LocalFinding::Obstacle::None: return {};
    case LocalFinding::Obstacle::Encrypted: return FindingText::tr("encrypted, only its own program can open it");
    case LocalFinding::Obstacle::Unreadable: return FindingText::tr("it cannot be read");
    case LocalFinding::Obstacle::NotUnderstood: return FindingText::tr("it is not understood here");
    case LocalFinding::Obstacle::TooLarge: return FindingText::tr("it is too large to be looked into");
    case LocalFinding::Obstacle::NeedsKubectl: return FindingText::tr("it takes kubectl to read it");
    case LocalFinding::Obstacle::WithoutPerson:
        return FindingText::tr("it signs in as an application, not as a person");
    }
    Q_UNREACHABLE();
}

} // namespace Countersign::Desktop
