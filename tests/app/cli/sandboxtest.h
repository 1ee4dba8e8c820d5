// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clihome.h"

#include "support/sandboxprocess.h"

#include <QtCore/QObject>

#include <memory>

namespace CountersignTest {

//! What tests of verbs begin with: a sandbox that approves, for all of them, and a home of its own for each.
class SandboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    //! Makes of an empty home what each function finds.
    virtual void prepare() { }

    CliRun run(const QStringList &arguments, const QByteArray &input = {}, const Environment &more = {}) const
    {
        return m_home->run(arguments, input, more);
    }
    CliRun token(const QStringList &more = {}, const Environment &environment = {}) const
    {
        return m_home->run(QStringList{QStringLiteral("token")} + more, {}, environment);
    }
    //! With the sandbox named, and as the environment chooses.
    CliRun login(const QStringList &more) const
    {
        return m_home->run(QStringList{QStringLiteral("login")} + CliHome::provider(m_sandbox.issuer()) + more);
    }
    //! Signs \p user in, by a profile "demo" that is saved then.
    void signIn(const QString &user = QStringLiteral("ada"));
    //! As `accounts` lists it.
    QJsonObject firstAccount() const;

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
};

//! The same, with somebody signed in and the sandbox's log empty.
class SignedInTest : public SandboxTest
{
    Q_OBJECT

protected:
    void prepare() override;
};

} // namespace CountersignTest
