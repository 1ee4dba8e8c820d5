// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandbox.h"

#include <common/examination.h>
#include <common/providervisit.h>

#include <QtCore/QPointer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::App;
using namespace Qt::StringLiterals;

namespace {

struct Listener : public QObject
{
    void listen(Examination &examination)
    {
        connect(&examination, &Examination::found, this, [this](const Finding &finding) { findings.append(finding); });
        connect(&examination, &Examination::finished, this, [this] { ++ends; });
    }
    void listen(ProviderVisit &visit)
    {
        connect(&visit, &ProviderVisit::found, this, [this](const Finding &finding) { findings.append(finding); });
        connect(&visit, &ProviderVisit::finished, this, [this](const Result<Visited> &visited) {
            ++ends;
            result = visited;
        });
    }
    const Finding *find(const QString &id) const
    {
        for (const auto &finding : findings) {
            if (finding.id == id)
                return &finding;
        }
        return nullptr;
    }
    QList<Finding> findings;
    std::optional<Result<Visited>> result;
    int ends = 0;
};

} // namespace

class TestExamination : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everythingIsLookedAtWithoutTheNetwork();
    void thePersonsOwnBrowserHasToBeThere();
    void providersAreAskedOnlyWhenWanted();
    void aBrokenFileIsFound();
    void examiningIsCancelledAndOutlived();
    void aProviderIsVisited();
    void aProfileThatDoesNotFitIsNoticed();
    void nobodyAnswers();
    void aVisitIsCancelledAndOutlived();

private:
    Profile profile(const QString &issuer) const;
    Examination::Options options() const { return {.profilePath = m_folder.filePath(u"profiles.json"_s)}; }

    QTemporaryDir m_folder;
    CountersignSandbox::Sandbox m_sandbox;
    std::unique_ptr<ServiceSet> m_services;
};

Profile TestExamination::profile(const QString &issuer) const
{
    Profile made;
    made.id = u"one"_s;
    made.issuer = issuer;
    made.clientId = u"app"_s;
    return made;
}

void TestExamination::initTestCase()
{
    qputenv("COUNTERSIGN_SETTINGS", m_folder.filePath(u"settings.json"_s).toUtf8());
    QVERIFY(m_sandbox.start().hasValue());
    auto made = ServiceSet::create({.store = u"memory"_s, .proxy = u"none"_s});
    QVERIFY(made.hasValue());
    m_services = *std::move(made);
}

void TestExamination::everythingIsLookedAtWithoutTheNetwork()
{
    Examination examination(*m_services, options());
    Listener listener;
    listener.listen(examination);
    QTRY_COMPARE(listener.ends, 1);
    for (const auto *id : {"files", "permissions", "store", "store_round_trip", "loopback_v4", "loopback_v6", "browser",
                           "display", "webview", "proxy", "certificates", "core_dumps"})
        QVERIFY2(listener.find(QLatin1StringView(id)), id);
    QCOMPARE(listener.find(u"store_round_trip"_s)->outcome, Jose::CheckOutcome::Passed);
    QCOMPARE(listener.find(u"loopback_v4"_s)->outcome, Jose::CheckOutcome::Passed);
    QVERIFY(!listener.find(u"provider"_s));
    // Of a file that is not there, nothing is told.
    QCOMPARE(listener.find(u"permissions"_s)->outcome, Jose::CheckOutcome::NotApplicable);
    QCOMPARE(listener.find(u"permissions"_s)->detail, QString());
}

void TestExamination::thePersonsOwnBrowserHasToBeThere()
{
    for (const bool isThere : {true, false}) {
        const auto command = isThere ? QCoreApplication::applicationFilePath() : u"/nowhere/browser"_s;
        const auto services = ServiceSet::create({.store = u"memory"_s, .proxy = u"none"_s, .browserCommand = command});
        QVERIFY(services.hasValue());
        Examination examination(**services, options());
        Listener listener;
        listener.listen(examination);
        QTRY_COMPARE(listener.ends, 1);
        QCOMPARE(listener.find(u"browser"_s)->outcome,
                 isThere ? Jose::CheckOutcome::Passed : Jose::CheckOutcome::Warning);
    }
}

void TestExamination::providersAreAskedOnlyWhenWanted()
{
    auto wanted = options();
    wanted.asksProviders = true;
    ProfileStore store(wanted.profilePath);
    QVERIFY(store.put(profile(m_sandbox.issuer())).hasValue());
    Examination examination(*m_services, wanted);
    Listener listener;
    listener.listen(examination);
    QTRY_COMPARE(listener.ends, 1);
    QVERIFY(listener.find(u"provider"_s));
    QCOMPARE(listener.find(u"provider"_s)->outcome, Jose::CheckOutcome::Passed);
    QVERIFY(listener.find(u"clock"_s));
    QVERIFY(store.remove(u"one"_s).hasValue());
}

void TestExamination::aBrokenFileIsFound()
{
    QFile file(m_folder.filePath(u"broken.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    Examination examination(*m_services, {.profilePath = file.fileName()});
    Listener listener;
    listener.listen(examination);
    QTRY_COMPARE(listener.ends, 1);
    bool isNoticed = false;
    for (const auto &finding : std::as_const(listener.findings))
        isNoticed |= finding.id == "files"_L1 && finding.error.has_value();
    QVERIFY(isNoticed);
#ifdef Q_OS_UNIX
    QCOMPARE(listener.find(u"permissions"_s)->outcome, Jose::CheckOutcome::Warning);
#endif
}

void TestExamination::examiningIsCancelledAndOutlived()
{
    Listener listener;
    Examination examination(*m_services, options());
    listener.listen(examination);
    examination.cancel();
    QCOMPARE(listener.ends, 1);
    examination.cancel();
    QTest::qWait(50);
    QCOMPARE(listener.ends, 1);
    QVERIFY(listener.findings.isEmpty());
    // At every moment of its life.
    for (int turns = 0; turns < 12; ++turns) {
        auto other = std::make_unique<Examination>(*m_services, options());
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
    }
    QTest::qWait(100);
}

void TestExamination::aProviderIsVisited()
{
    ProviderVisit visit(m_services->http(), m_services->clock(), profile(m_sandbox.issuer()));
    Listener listener;
    listener.listen(visit);
    QTRY_COMPARE(listener.ends, 1);
    QVERIFY(listener.result->hasValue());
    QVERIFY(!(*listener.result)->keys.isEmpty());
    for (const auto *id : {"authority", "discovery", "clock", "pkce", "device_endpoint", "keys"}) {
        QVERIFY2(listener.find(QLatin1StringView(id)), id);
        QVERIFY2(listener.find(QLatin1StringView(id))->outcome != Jose::CheckOutcome::Failed, id);
    }
}

void TestExamination::aProfileThatDoesNotFitIsNoticed()
{
    auto strange = profile(m_sandbox.issuer());
    strange.scopes = ScopeSet{u"made-up"_s};
    ProviderVisit visit(m_services->http(), m_services->clock(), strange);
    Listener listener;
    listener.listen(visit);
    QTRY_COMPARE(listener.ends, 1);
    QVERIFY(listener.find(u"scopes"_s));
    QCOMPARE(listener.find(u"scopes"_s)->outcome, Jose::CheckOutcome::Warning);
    // OIDC Discovery 4.3: another issuer than the one asked for is refused.
    ProviderVisit other(m_services->http(), m_services->clock(), profile(m_sandbox.issuer() + u'/'));
    Listener second;
    second.listen(other);
    QTRY_COMPARE(second.ends, 1);
    QVERIFY(!second.result->hasValue());
    QVERIFY(second.find(u"discovery"_s)->error);
}

void TestExamination::nobodyAnswers()
{
    ProviderVisit visit(m_services->http(), m_services->clock(), profile(u"http://127.0.0.1:1"_s));
    Listener listener;
    listener.listen(visit);
    QTRY_COMPARE(listener.ends, 1);
    QCOMPARE(listener.result->error().code(), ErrorCode::NetworkUnavailable);
    ProviderVisit wrong(m_services->http(), m_services->clock(), profile(u"ftp://x"_s));
    Listener second;
    second.listen(wrong);
    QTRY_COMPARE(second.ends, 1);
    QVERIFY(second.find(u"authority"_s)->error);
}

void TestExamination::aVisitIsCancelledAndOutlived()
{
    Listener listener;
    ProviderVisit visit(m_services->http(), m_services->clock(), profile(m_sandbox.issuer()));
    listener.listen(visit);
    QCoreApplication::processEvents();
    visit.cancel();
    visit.cancel();
    QCOMPARE(listener.ends, 1);
    QCOMPARE(listener.result->error().code(), ErrorCode::Cancelled);
    for (int turns = 0; turns < 12; ++turns) {
        auto other =
            std::make_unique<ProviderVisit>(m_services->http(), m_services->clock(), profile(m_sandbox.issuer()));
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
    }
    QTest::qWait(50);
    QCOMPARE(listener.ends, 1);
}

QTEST_GUILESS_MAIN(TestExamination)
#include "tst_examination.moc"
