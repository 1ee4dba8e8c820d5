// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sessionfixture.h"

#include "clientsecretstore.h"

using namespace CountersignTest;
using Desktop::ClientSecretStore;

namespace {

//! A session whose profile goes to a client that is registered with a secret.
struct ConfidentialFixture : Fixture
{
    ConfidentialFixture()
    {
        Profile profile = *session->profileStore().find(u"lab"_s);
        profile.clientId = u"sandbox-web"_s;
        if (!ProfileStore(profilePath()).put(profile))
            qFatal("the profile cannot be written");
        session->reloadProfiles();
    }
    const Profile &profile() const { return *session->profileStore().find(u"lab"_s); }
    Result<void> keep(const QByteArray &text)
    {
        std::optional<Result<void>> done;
        secrets().keep(profile(), Secret::copyOf(text), session.get(),
                       [&done](const Result<void> &result) { done.emplace(result); });
        if (done || !QTest::qWaitFor([&done] { return done.has_value(); }))
            return Error{ErrorCode::TimedOut, u"The handler has to be called once, later."_s};
        return *done;
    }
    Result<void> forget()
    {
        std::optional<Result<void>> done;
        secrets().forget(profile(), session.get(), [&done](const Result<void> &result) { done.emplace(result); });
        if (!QTest::qWaitFor([&done] { return done.has_value(); }))
            return Error{ErrorCode::TimedOut, u"The handler has to be called once, later."_s};
        return *done;
    }
    std::optional<bool> isKept()
    {
        std::optional<bool> kept;
        bool isThere = false;
        secrets().look(profile(), session.get(), [&](const Result<bool> &answer) {
            isThere = true;
            if (answer)
                kept = *answer;
        });
        return QTest::qWaitFor([&isThere] { return isThere; }) ? kept : std::nullopt;
    }
    ClientSecretStore &secrets()
    {
        if (!m_secrets)
            m_secrets.emplace(*session);
        return *m_secrets;
    }

private:
    std::optional<ClientSecretStore> m_secrets;
};

const QByteArray rightSecret = "sandbox secret: 100% public +/=";

} // namespace

//! Client secrets of the windows, against the sandbox.
class TestClientSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignInWorksOnceItsSecretIsKept()
    {
        ConfidentialFixture f;
        QCOMPARE(f.isKept(), std::optional(false));
        const auto without = f.signIn();
        QVERIFY(!without);
        QCOMPARE(without.error().cause(), ErrorCause::ClientSecretMissing);
        QVERIFY(f.keep(rightSecret));
        QCOMPARE(f.isKept(), std::optional(true));
        const auto with = f.signIn();
        QVERIFY2(with, with ? "" : qPrintable(with.error().message()));
        const auto byCode = f.signIn(SignInWay::DeviceCode);
        QVERIFY2(byCode, byCode ? "" : qPrintable(byCode.error().message()));
        QFile file(f.profilePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("sandbox secret"));
        QVERIFY(f.forget());
        QVERIFY(!f.signIn());
    }

    //! Nothing of the account outlives the run, yet the client is the same.
    void aSignInThatLeavesNothingBehindHasTheSecretToo()
    {
        ConfidentialFixture f;
        QVERIFY(f.keep(rightSecret));
        const auto result = f.finish(f.session->signIn({.profileId = u"lab"_s, .isSessionOnly = true}));
        QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    }

    void aWrongSecretIsToldFromNone()
    {
        ConfidentialFixture f;
        QVERIFY(f.keep("another"));
        const auto result = f.signIn();
        QVERIFY(!result);
        QCOMPARE(result.error().cause(), ErrorCause::Unspecified);
        QCOMPARE(result.error().oauth().error, u"invalid_client"_s);
        QVERIFY(!f.keep("line\nline"));
    }

    //! While everything moves elsewhere, what is written here would be lost.
    void nothingIsKeptInAStoreThatIsLeft()
    {
        ConfidentialFixture f;
        f.session->setStoreLeft(true);
        const auto kept = f.keep(rightSecret);
        QVERIFY(!kept);
        QCOMPARE(kept.error().cause(), ErrorCause::StoreBusy);
        QVERIFY(!f.isKept().has_value());
    }
};

QTEST_MAIN(TestClientSecretStore)
#include "tst_clientsecretstore.moc"
