// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clihome.h"

#include <QtCore/QFileInfo>
#include <QtTest/QTest>

namespace CountersignTest {

// As kubectl writes it, with a secret that no diff may show.
inline const QByteArray kubeconfig = "apiVersion: v1\n"
                                     "clusters:\n"
                                     "- cluster:\n"
                                     "    server: https://k.example\n"
                                     "  name: c\n"
                                     "contexts:\n"
                                     "- context:\n"
                                     "    cluster: c\n"
                                     "    user: old\n"
                                     "  name: prod\n"
                                     "current-context: prod\n"
                                     "kind: Config\n"
                                     "preferences: {}\n"
                                     "users:\n"
                                     "- name: old\n"
                                     "  user:\n"
                                     "    token: hunter2\n";

// As a person writes it: comments, order, flow style, no line end, no preferences.
inline const QByteArray byHand = "# clusters of the team\nkind: Config\napiVersion: v1\n"
                                 "users: [{name: old, user: {token: hunter2}}]\n"
                                 "clusters:\n    - name: c\n      cluster: {server: 'https://k.example'}\n"
                                 "contexts:\n    - name: prod\n      context: {cluster: c, user: old}\n"
                                 "    - name: test   # the small one\n      context: {cluster: c}\n"
                                 "current-context: prod";

//! A test of `configure kubernetes` and its undoing: each function finds a home with a profile "work".
class KubeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

protected:
    static constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;

    //! Without \p path the kubeconfig that the environment names.
    void write(const QByteArray &content, const QString &path = {}) const;
    QByteArray read(const QString &path = {}) const;
    CliRun kube(const QStringList &arguments, Environment more = {}) const;
    void configure(const QStringList &more) const;
    int kubectl(const QStringList &arguments) const;
    //! A kubectl of that version: it knows neither the flag nor v1, and crashes as Debian 12's where it is to make an
    //! entry.
    Environment oldKubectl(const QByteArray &version) const;
    //! No kubectl at all.
    Environment noKubectl() const { return {{QStringLiteral("PATH"), m_home->path(QStringLiteral("nowhere"))}}; }
    //! What is kept to undo changes.
    QFileInfoList records() const;
    QFileInfo onlyRecord() const;

    std::unique_ptr<CliHome> m_home;
};

} // namespace CountersignTest
