// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/locallook.h>

#include <countersign/client/profileimportparts.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qsizetype maximumUsers = 50;
constexpr qint64 maximumFileSize = 4 * 1024 * 1024;

//! The options of a command, written as "--name=value" or "--name value".
class Options
{
public:
    explicit Options(const QStringList &arguments) : m_arguments(arguments) { }

    QStringList values(QLatin1StringView name) const
    {
        QStringList found;
        for (qsizetype i = 0; i < m_arguments.size(); ++i) {
            const auto &argument = m_arguments.at(i);
            if (argument == name && i + 1 < m_arguments.size())
                found.append(m_arguments.at(i + 1));
            else if (argument.startsWith(name) && argument.size() > name.size() && argument.at(name.size()) == u'=')
                found.append(argument.mid(name.size() + 1));
        }
        return found;
    }
    //! The last one counts, as it does there.
    QString value(QLatin1StringView name) const
    {
        const auto all = values(name);
        return all.isEmpty() ? QString() : all.constLast();
    }
    QString value(QLatin1StringView name, QLatin1StringView shortName) const
    {
        const auto found = value(name);
        return found.isEmpty() ? value(shortName) : found;
    }

private:
    const QStringList &m_arguments;
};

//! int128's kubelogin, also called as `kubectl oidc-login`.
LocalFinding fromOidcLogin(const Options &options)
{
    LocalFinding finding{.kind = LocalFinding::Kind::Kubeconfig};
    ImportedProfile found;
    setIssuer(found, options.value("--oidc-issuer-url"_L1));
    found.profile.clientId = options.value("--oidc-client-id"_L1);
    QStringList scopes{u"openid"_s};
    for (const auto &value : options.values("--oidc-extra-scope"_L1))
        scopes += value.split(u',', Qt::SkipEmptyParts);
    found.profile.scopes = ScopeSet(scopes);
    found.profile.redirectUri = options.value("--oidc-redirect-url"_L1);
    found.hadSecret = !options.value("--oidc-client-secret"_L1).isEmpty();
    const auto grant = options.value("--grant-type"_L1);
    if (grant == "device-code"_L1)
        found.profile.way = Profile::Way::Device;
    if (grant == "client-credentials"_L1)
        finding.obstacle = LocalFinding::Obstacle::WithoutPerson;
    else
        finding.profile = finished(std::move(found), u"kubeconfig"_s);
    return finding;
}

QString azureHost(const QString &environment)
{
    if (environment.compare("AzureUSGovernmentCloud"_L1, Qt::CaseInsensitive) == 0)
        return u"login.microsoftonline.us"_s;
    if (environment.compare("AzureChinaCloud"_L1, Qt::CaseInsensitive) == 0)
        return u"login.partner.microsoftonline.cn"_s;
    return u"login.microsoftonline.com"_s;
}

//! Azure's kubelogin. Its server is the resource, asked for as a whole.
LocalFinding fromAzureLogin(const Options &options)
{
    LocalFinding finding{.kind = LocalFinding::Kind::Kubeconfig};
    const auto login = options.value("--login"_L1, "-l"_L1);
    static const QStringList withPerson{QString(), u"devicecode"_s, u"interactive"_s, u"ropc"_s};
    if (!withPerson.contains(login)) {
        finding.obstacle = LocalFinding::Obstacle::WithoutPerson;
        return finding;
    }
    ImportedProfile found;
    found.profile.kind = Profile::Kind::Entra;
    found.profile.clientId = options.value("--client-id"_L1);
    found.profile.issuer =
        entraAuthority(azureHost(options.value("--environment"_L1, "-e"_L1)), options.value("--tenant-id"_L1, "-t"_L1));
    if (const auto server = options.value("--server-id"_L1); !server.isEmpty())
        found.profile.scopes = ScopeSet(QStringList{server + u"/.default"_s});
    if (login.isEmpty() || login == "devicecode"_L1)
        found.profile.way = Profile::Way::Device;
    found.hadSecret = !options.value("--client-secret"_L1).isEmpty();
    finding.profile = finished(std::move(found), u"kubeconfig"_s);
    return finding;
}

std::optional<LocalFinding> fromUser(const Jose::JsonObject &entry)
{
    const auto user = entry.object("user");
    const auto exec = user ? user->object("exec") : std::nullopt;
    const auto arguments = exec ? exec->stringList("args") : std::nullopt;
    if (!arguments || !arguments->contains(u"get-token"_s))
        return {};
    const Options options(*arguments);
    const bool isOidc = !options.value("--oidc-issuer-url"_L1).isEmpty();
    if (!isOidc && options.value("--server-id"_L1).isEmpty() && options.value("--tenant-id"_L1, "-t"_L1).isEmpty())
        return {};
    auto finding = isOidc ? fromOidcLogin(options) : fromAzureLogin(options);
    finding.name = entry.string("name").value_or(QString());
    if (finding.profile && !finding.name.isEmpty())
        finding.profile->profile.name = finding.name;
    return finding;
}

QList<LocalFinding> usersIn(const Jose::JsonObject &config)
{
    QList<LocalFinding> findings;
    const auto users = config.array("users").value_or(Jose::JsonArray());
    for (const auto item : users) {
        if (findings.size() >= maximumUsers)
            break;
        if (auto finding = fromUser(item.object().value_or(Jose::JsonObject())))
            findings.append(*std::move(finding));
    }
    return findings;
}

//! The files that kubectl reads here, as far as they are files.
QStringList kubeconfigs(const LocalPlaces &places)
{
    constexpr qsizetype maximumFiles = 16;
    auto named = places.environment.value(u"KUBECONFIG"_s).split(QDir::listSeparator(), Qt::SkipEmptyParts);
    if (named.isEmpty())
        named.append(QDir(places.home).filePath(u".kube/config"_s));
    QStringList found;
    for (const auto &path : std::as_const(named)) {
        const QFileInfo info(path);
        if (info.isFile() && info.isReadable() && info.size() <= maximumFileSize && found.size() < maximumFiles)
            found.append(info.absoluteFilePath());
    }
    return found;
}

//! What kubectl makes of \p files: it joins them, turns YAML into JSON and blanks tokens and keys. It writes nothing
//! and contacts nobody.
std::optional<Secret> viewOf(const LocalLook &look, const QStringList &files)
{
    using namespace std::chrono_literals;
    const auto &places = look.places();
    const auto program = places.kubectl.isEmpty() ? QString() : QStandardPaths::findExecutable(places.kubectl);
    if (program.isEmpty())
        return {};
    QProcessEnvironment environment;
    for (auto it = places.environment.begin(); it != places.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    environment.insert(u"KUBECONFIG"_s, files.join(QDir::listSeparator()));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, {u"config"_s, u"view"_s, u"-o"_s, u"json"_s}, QIODevice::ReadOnly);
    const QDeadlineTimer deadline(8s);
    constexpr int slice = 50; // milliseconds: so soon whoever cancels is obeyed
    while (!process.waitForFinished(slice) && process.state() != QProcess::NotRunning) {
        if (!look.isStopped() && !deadline.hasExpired() && process.bytesAvailable() <= maximumFileSize)
            continue;
        process.kill();
        process.waitForFinished(1000);
        return {};
    }
    if (process.error() == QProcess::FailedToStart || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0)
        return {};
    return Secret(process.readAllStandardOutput());
}

} // namespace

QList<LocalFinding> profilesInKubeconfig(Secret json)
{
    const auto config = Jose::JsonObject::parse(std::move(json), {.maximumSize = maximumFileSize});
    return config ? usersIn(*config) : QList<LocalFinding>();
}

QList<ImportedProfile> importKubeconfig(const Jose::JsonObject &root)
{
    QList<ImportedProfile> profiles;
    const auto found = usersIn(root);
    for (const auto &finding : found) {
        if (finding.profile)
            profiles.append(*finding.profile);
    }
    return profiles;
}

void lookIntoKubeconfig(LocalLook &look)
{
    const auto files = kubeconfigs(look.places());
    if (files.isEmpty())
        return;
    auto view = viewOf(look, files);
    if (look.isStopped())
        return;
    if (!view)
        return look.add({.kind = LocalFinding::Kind::Kubeconfig,
                         .place = files.constFirst(),
                         .obstacle = LocalFinding::Obstacle::NeedsKubectl});
    const auto found = profilesInKubeconfig(*std::move(view));
    for (auto finding : found) {
        finding.place = files.constFirst();
        look.add(std::move(finding));
    }
}

} // namespace Countersign
