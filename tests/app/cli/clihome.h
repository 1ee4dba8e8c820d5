// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cliprocess.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>

namespace CountersignTest {

//! A person's files of their own: profiles, settings, names and a plain store, which no other test shares.
class CliHome
{
public:
    CliHome();

    //! Runs `countersign` here. The store is MSAL's plain file unless \p arguments or \p more say otherwise.
    CliRun run(const QStringList &arguments, const QByteArray &input = {}, const Environment &more = {}) const;
    //! Starts it and leaves it running.
    void start(QProcess &process, const QStringList &arguments, const Environment &more = {}) const;
    //! Signs in with the faceless browser.
    CliRun signIn(const QString &issuer, const QStringList &more = {}) const;

    const Environment &environment() const { return m_environment; }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString storePath() const { return path(QStringLiteral("store/cache.json")); }
    //! Empty when there is none.
    QByteArray storeBytes() const;
    //! The tokens in it.
    QList<QByteArray> storedSecrets() const;

    //! The faceless browser and \p options, as --browser takes it.
    static QString browser(const QString &options = {});
    static QStringList provider(const QString &issuer);

private:
    QTemporaryDir m_folder;
    Environment m_environment;
};

//! The first address in a text.
QUrl addressIn(const QByteArray &text);
//! Waits until the whole address that a sign-in prints is in \p text: it is a line with an empty one after it.
bool waitForAddress(QProcess &process, QByteArray &text);

} // namespace CountersignTest
