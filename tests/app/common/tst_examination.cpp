// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandbox.h"

#include <common/examination.h>
#include <common/providervisit.h>
#include <common/surroundings.h>
#include <common/viewcheck.h>

#include <QtCore/QPointer>
#include <QtCore/QProcess>
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
    void aClientThatTheProviderDoesNotKnowIsNoticed();
    void whatAnAnswerSaysOfTheClient_data();
    void whatAnAnswerSaysOfTheClient();
    void otherProgramsInThePathAreNoticed();
    void schemesNeedTheEmbeddedWindow();
    void aViewThatShowsNothingIsNoticed();
    void nobodyAnswers();
    void aVisitIsCancelledAndOutlived();

private:
    ClientCheck::Seams seams() const { return {m_services->http(), m_services->clock(), m_services->random()}; }
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
    auto known = profile(m_sandbox.issuer());
    known.clientId = u"sandbox-native"_s;
    ProviderVisit visit(seams(), known, ProviderVisit::Depth::Client);
    Listener listener;
    listener.listen(visit);
    QTRY_COMPARE(listener.ends, 1);
    QVERIFY(listener.result->hasValue());
    QVERIFY(!(*listener.result)->keys.isEmpty());
    QCOMPARE(listener.find(u"client"_s)->outcome, Jose::CheckOutcome::Passed);
    QCOMPARE(listener.find(u"client"_s)->detail, u"login_required"_s);
    QCOMPARE(listener.find(u"device_endpoint"_s)->outcome, Jose::CheckOutcome::Passed);
    QCOMPARE(listener.find(u"tls"_s)->outcome, Jose::CheckOutcome::NotApplicable); // http on this computer
    for (const auto *id : {"authority", "discovery", "clock", "pkce", "device_endpoint", "keys"}) {
        QVERIFY2(listener.find(QLatin1StringView(id)), id);
        QVERIFY2(listener.find(QLatin1StringView(id))->outcome != Jose::CheckOutcome::Failed, id);
    }
}

void TestExamination::aProfileThatDoesNotFitIsNoticed()
{
    auto strange = profile(m_sandbox.issuer());
    strange.scopes = ScopeSet{u"made-up"_s};
    ProviderVisit visit(seams(), strange, ProviderVisit::Depth::Client);
    Listener listener;
    listener.listen(visit);
    QTRY_COMPARE(listener.ends, 1);
    QVERIFY(listener.find(u"scopes"_s));
    QCOMPARE(listener.find(u"scopes"_s)->outcome, Jose::CheckOutcome::Warning);
    // OIDC Discovery 4.3: another issuer than the one asked for is refused.
    ProviderVisit other(seams(), profile(m_sandbox.issuer() + u'/'), ProviderVisit::Depth::Client);
    Listener second;
    second.listen(other);
    QTRY_COMPARE(second.ends, 1);
    QVERIFY(!second.result->hasValue());
    QVERIFY(second.find(u"discovery"_s)->error);
}

void TestExamination::aClientThatTheProviderDoesNotKnowIsNoticed()
{
    auto unknown = profile(m_sandbox.issuer());
    unknown.clientId = u"no-such-client"_s;
    auto elsewhere = unknown;
    elsewhere.clientId = u"sandbox-native"_s;
    elsewhere.redirectUri = u"https://app.example.org/not-registered"_s;
    for (const auto &wrong : {unknown, elsewhere}) {
        ProviderVisit visit(seams(), wrong, ProviderVisit::Depth::Client);
        Listener listener;
        listener.listen(visit);
        QTRY_COMPARE(listener.ends, 1);
        QVERIFY(listener.find(u"client"_s));
        QCOMPARE(listener.find(u"client"_s)->outcome, Jose::CheckOutcome::Failed);
        QCOMPARE(listener.find(u"client"_s)->detail, u"HTTP 400"_s);
        QCOMPARE(listener.find(u"device_endpoint"_s)->outcome,
                 wrong == unknown ? Jose::CheckOutcome::Failed : Jose::CheckOutcome::Passed);
    }
    // Who only wants what is published asks as nobody.
    ProviderVisit published(seams(), unknown, ProviderVisit::Depth::Published);
    Listener listener;
    listener.listen(published);
    QTRY_COMPARE(listener.ends, 1);
    QVERIFY(!listener.find(u"client"_s));
}

void TestExamination::whatAnAnswerSaysOfTheClient_data()
{
    using Jose::CheckOutcome;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::addColumn<QString>("detail");
    const auto redirect = [](const char *name, const QByteArray &location, CheckOutcome outcome,
                             const QString &detail) {
        QTest::newRow(name) << 302 << location << QByteArray() << outcome << detail;
    };
    const auto page = [](const char *name, int status, const QByteArray &body, CheckOutcome outcome,
                         const QString &detail) {
        QTest::newRow(name) << status << QByteArray() << body << outcome << detail;
    };
    const QByteArray home = "http://127.0.0.1:49152/";
    redirect("nobody is signed in: OIDC Core 3.1.2.6", home + "?error=login_required&state=s", CheckOutcome::Passed,
             u"login_required"_s);
    redirect("consent: OIDC Core 3.1.2.6", home + "?error=interaction_required", CheckOutcome::Passed,
             u"interaction_required"_s);
    redirect("in the fragment", home + "#error=login_required", CheckOutcome::Passed, u"login_required"_s);
    redirect("somebody is signed in", home + "?code=SECRET", CheckOutcome::Passed, u"code"_s);
    redirect("RFC 6749 4.1.2.1: unauthorized_client", home + "?error=unauthorized_client", CheckOutcome::Failed,
             u"unauthorized_client"_s);
    redirect("RFC 6749 4.1.2.1: invalid_scope", home + "?error=invalid_scope", CheckOutcome::Warning,
             u"invalid_scope"_s);
    redirect("nothing in it", home, CheckOutcome::NotPossible, u"127.0.0.1"_s);
    redirect("to a page to sign in on", "https://idp.example.org/login?x=1", CheckOutcome::NotPossible,
             u"idp.example.org"_s);
    redirect("relative", "/login", CheckOutcome::NotPossible, u"idp.example.org"_s);
    redirect("Google's error page", "https://accounts.example.org/signin/oauth/error?authError=Cg5p",
             CheckOutcome::Failed, u"accounts.example.org"_s);
    redirect("another port", "http://127.0.0.1:1/?error=login_required", CheckOutcome::NotPossible, u"127.0.0.1"_s);
    page("error page", 400, "<h1>Invalid client</h1>", CheckOutcome::Failed, u"HTTP 400"_s);
    page("Keycloak's", 400, "Client not found.", CheckOutcome::Failed, u"HTTP 400"_s);
    page("Entra's, with status 200", 200, "<p>AADSTS700016: Application was not found", CheckOutcome::Failed,
         u"AADSTS700016"_s);
    page("Entra, of something else", 200, "<p>AADSTS50058: silent sign-in", CheckOutcome::NotPossible,
         u"AADSTS50058"_s);
    page("a page with its name of the error", 200, "Error: redirect_uri_mismatch", CheckOutcome::Failed,
         u"redirect_uri_mismatch"_s);
    page("any page", 200, "<form action=/login>", CheckOutcome::NotPossible, u"HTTP 200"_s);
    page("somebody in between", 403, "Blocked", CheckOutcome::NotPossible, u"HTTP 403"_s);
    page("too many questions", 429, "", CheckOutcome::NotPossible, u"HTTP 429"_s);
    page("out of order", 503, "invalid_client", CheckOutcome::NotPossible, u"invalid_client"_s);
}

void TestExamination::whatAnAnswerSaysOfTheClient()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, body);
    QFETCH(Jose::CheckOutcome, outcome);
    QFETCH(QString, detail);
    HttpResponse response{.status = status, .body = body};
    if (!location.isEmpty())
        response.headers.add("Location", location);
    const auto finding = clientFinding(response, QUrl(u"http://127.0.0.1:49152/"_s),
                                       QUrl(u"https://idp.example.org/authorize?client_id=x"_s));
    QCOMPARE(finding.outcome, outcome);
    QCOMPARE(finding.detail, detail);
    QVERIFY(!finding.error);
}

void TestExamination::otherProgramsInThePathAreNoticed()
{
    const QTemporaryDir own;
    const QTemporaryDir other;
    const auto make = [](const QTemporaryDir &folder) {
        QFile program(folder.filePath(u"countersign"_s));
        if (!program.open(QIODevice::WriteOnly))
            return false;
        program.write("#!/bin/sh\n");
        return program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    };
    QVERIFY(make(own) && make(other));
    QCOMPARE(programsInPath({}, own.path()).outcome, Jose::CheckOutcome::NotApplicable);
    QCOMPARE(programsInPath({own.path(), other.path()}, own.path()).outcome, Jose::CheckOutcome::Passed);
    const auto older = programsInPath({other.path(), own.path()}, own.path());
    QCOMPARE(older.outcome, Jose::CheckOutcome::Warning);
    QCOMPARE(older.detail, other.filePath(u"countersign"_s));
}

void TestExamination::schemesNeedTheEmbeddedWindow()
{
    auto own = profile(u"https://idp.example.org"_s);
    QCOMPARE(schemesOf({own}, false).outcome, Jose::CheckOutcome::NotApplicable);
    own.redirectUri = u"org.example.app://auth"_s;
    QCOMPARE(schemesOf({own}, true).outcome, Jose::CheckOutcome::Passed);
    QCOMPARE(schemesOf({own}, true).detail, u"org.example.app"_s);
    QCOMPARE(schemesOf({own}, false).outcome, Jose::CheckOutcome::Failed);
}

void TestExamination::aViewThatShowsNothingIsNoticed()
{
    const QTemporaryDir folder;
    const auto program = [&folder](const QByteArray &script) {
        QFile file(folder.filePath(u"view"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return QString();
        file.write("#!/bin/sh\n" + script);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    };
    const auto check = [](const QString &path) {
        QObject context;
        std::optional<Result<void>> result;
        checkView(path, &context, [&result](const Result<void> &came) { result.emplace(came); });
        if (result || !QTest::qWaitFor([&result] { return result.has_value(); }, 10000))
            return Result<void>(Error{ErrorCode::TimedOut, u"no answer"_s});
        return *result;
    };
    QVERIFY(check(program("exit 0\n")));
    const auto dead = check(program("echo 'noise' >&2; echo 'countersign-webview: it ended' >&2; exit 1\n"));
    QVERIFY(!dead);
    QCOMPARE(dead.error().cause(), ErrorCause::WebViewFailed);
    QVERIFY(dead.error().message().contains("it ended"_L1));
    QCOMPARE(check(program("kill -9 $$\n")).error().cause(), ErrorCause::WebViewFailed);
    QCOMPARE(check(folder.filePath(u"nowhere"_s)).error().cause(), ErrorCause::WebViewMissing);
    // Whoever does not wait any more hears nothing, and the program ends.
    auto context = std::make_unique<QObject>();
    checkView(program("sleep 60\n"), context.get(), [](const Result<void> &) { QFAIL("nobody waits"); });
    QTest::qWait(50);
    context.reset();
    QTRY_VERIFY(QCoreApplication::instance()->findChildren<QProcess *>().isEmpty());
}

void TestExamination::nobodyAnswers()
{
    ProviderVisit visit(seams(), profile(u"http://127.0.0.1:1"_s), ProviderVisit::Depth::Client);
    Listener listener;
    listener.listen(visit);
    QTRY_COMPARE(listener.ends, 1);
    QCOMPARE(listener.result->error().code(), ErrorCode::NetworkUnavailable);
    ProviderVisit wrong(seams(), profile(u"ftp://x"_s), ProviderVisit::Depth::Client);
    Listener second;
    second.listen(wrong);
    QTRY_COMPARE(second.ends, 1);
    QVERIFY(second.find(u"authority"_s)->error);
}

void TestExamination::aVisitIsCancelledAndOutlived()
{
    Listener listener;
    ProviderVisit visit(seams(), profile(m_sandbox.issuer()), ProviderVisit::Depth::Client);
    listener.listen(visit);
    QCoreApplication::processEvents();
    visit.cancel();
    visit.cancel();
    QCOMPARE(listener.ends, 1);
    QCOMPARE(listener.result->error().code(), ErrorCode::Cancelled);
    for (int turns = 0; turns < 12; ++turns) {
        auto other =
            std::make_unique<ProviderVisit>(seams(), profile(m_sandbox.issuer()), ProviderVisit::Depth::Client);
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
    }
    QTest::qWait(50);
    QCOMPARE(listener.ends, 1);
}

QTEST_GUILESS_MAIN(TestExamination)
#include "tst_examination.moc"
