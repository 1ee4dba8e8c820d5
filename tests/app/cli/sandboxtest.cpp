// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace CountersignTest {

void SandboxTest::initTestCase()
{
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s, u"--device-interval"_s, u"1"_s}),
             qPrintable(m_sandbox.problem()));
}

void SandboxTest::init()
{
    m_home = std::make_unique<CliHome>();
    prepare();
}

void SandboxTest::cleanup()
{
    QVERIFY(m_sandbox.clearHooks());
    QVERIFY(m_sandbox.approveAs(u"ada"_s));
    QVERIFY(m_sandbox.setClockOffset(0));
}

void SandboxTest::signIn(const QString &user)
{
    QVERIFY(m_sandbox.approveAs(user));
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"--save"_s, u"demo"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

QJsonObject SandboxTest::firstAccount() const
{
    return run({u"accounts"_s, u"-o"_s, u"json"_s}).json()[u"accounts"][0].toObject();
}

void SignedInTest::prepare()
{
    signIn();
    QVERIFY(m_sandbox.clearLog());
}

} // namespace CountersignTest
