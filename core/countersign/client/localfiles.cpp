// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/locallook.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr int maximumDepth = 2; // of folders below the working folder: solution, project
constexpr int maximumEntries = 5000; // of all folders together
constexpr int maximumFiles = 64;
constexpr qint64 maximumFileSize = 1024 * 1024;

//! .NET's, MSAL's for every platform, Google's, Keycloak's, and what most frameworks read.
const QStringList &configurationFiles()
{
    static const QStringList patterns{
        u"appsettings*.json"_s, u"auth_config*.json"_s, u"authConfig*.js*"_s,     u"authConfig*.ts"_s, u"msal*.json"_s,
        u"msalConfig*.js"_s,    u"msalConfig*.ts"_s,    u"client_secret*.json"_s, u"keycloak.json"_s,  u".env"_s};
    return patterns;
}

//! What other programs wrote there belongs to nobody's sign-in.
bool isLookedInto(const QString &folder)
{
    static const QStringList others{u"node_modules"_s, u"bin"_s,    u"obj"_s,  u"build"_s,      u"dist"_s,
                                    u"target"_s,       u"vendor"_s, u"venv"_s, u"__pycache__"_s};
    return !folder.startsWith(u'.') && !others.contains(folder);
}

//! Regular files below a folder that may be configurations, in order.
class FileHunt
{
public:
    explicit FileHunt(const LocalLook &look) : m_look(look) { }

    QStringList below(const QString &folder, int depth)
    {
        visit(folder, depth);
        std::sort(m_files.begin(), m_files.end());
        return m_files;
    }

private:
    void visit(const QString &folder, int depth)
    {
        QStringList folders;
        QDirIterator entries(folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden);
        while (entries.hasNext() && m_entries < maximumEntries && !m_look.isStopped()) {
            entries.next();
            ++m_entries;
            const auto info = entries.fileInfo();
            // A link could lead round in a circle.
            if (info.isDir() && !info.isSymLink() && isLookedInto(info.fileName()))
                folders.append(info.filePath());
            else if (info.isFile() && QDir::match(configurationFiles(), info.fileName())
                     && m_files.size() < maximumFiles)
                m_files.append(info.filePath());
        }
        for (const auto &each : std::as_const(folders)) {
            if (depth > 0)
                visit(each, depth - 1);
        }
    }

    const LocalLook &m_look;
    QStringList m_files;
    int m_entries = 0;
};

void lookIntoFile(LocalLook &look, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return; // a configuration that cannot be read says nothing
    // It may hold a secret: what was read is wiped.
    const Secret text(file.read(maximumFileSize + 1));
    if (text.size() > maximumFileSize)
        return;
    const auto found = importProfiles(text.reveal());
    if (!found)
        return;
    for (const auto &profile : *found) {
        // A token that lies about is no registration.
        if (profile.source != "token"_L1)
            look.add({.kind = LocalFinding::Kind::ConfigurationFile, .place = path, .profile = profile});
    }
}

} // namespace

void lookIntoWorkingFolder(LocalLook &look)
{
    const auto &places = look.places();
    if (places.workingFolder.isEmpty())
        return;
    const QDir folder(places.workingFolder);
    // Below these lies everything that the person has: nobody works there.
    const bool isEverything = folder.isRoot() || folder == QDir(places.home);
    const auto files = FileHunt(look).below(folder.absolutePath(), isEverything ? 0 : maximumDepth);
    for (const auto &path : files) {
        if (!look.isStopped())
            lookIntoFile(look, path);
    }
}

void lookForOidcAgent(LocalLook &look)
{
    constexpr int maximumAccounts = 20;
    const auto &places = look.places();
    const auto own = places.environment.value(u"OIDC_CONFIG_DIR"_s);
    const QDir home(places.home);
    for (const auto &folder : {own, home.filePath(u".config/oidc-agent"_s), home.filePath(u".oidc-agent"_s)}) {
        if (folder.isEmpty() || !QDir(folder).exists())
            continue;
        // Its accounts are encrypted files with the name of the account; its own settings end in "config".
        QDirIterator files(folder, QDir::Files);
        QStringList names;
        while (files.hasNext() && names.size() < maximumAccounts) {
            files.next();
            if (!files.fileName().endsWith("config"_L1) && !files.fileName().contains(u'.'))
                names.append(files.fileName());
        }
        names.sort();
        for (const auto &name : std::as_const(names))
            look.add({.kind = LocalFinding::Kind::OidcAgentAccount,
                      .place = QDir(folder).filePath(name),
                      .name = name,
                      .obstacle = LocalFinding::Obstacle::Encrypted});
        return;
    }
}

} // namespace Countersign
