// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/checksview.h"
#include "inspector/claimsview.h"
#include "inspector/inspectorpage.h"
#include "inspector/jsonlayout.h"
#include "inspector/sampletokens.h"
#include "inspector/summaryview.h"
#include "inspector/textviews.h"
#include "inspector/tokensummary.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "models/checkmodel.h"
#include "models/claimmodel.h"
#include "profiles/providerprobe.h"
#include "widgets/banner.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <countersign/jose/base64url.h>
#include <countersign/jose/jws.h>

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

const Jose::Jwk &key()
{
    static const auto made = Jose::Jwk::generate(Jose::JwkKind::P256, u"k1"_s).value();
    return made;
}

QByteArray signedToken(const QByteArray &extra = {})
{
    const auto now = QDateTime::currentSecsSinceEpoch();
    const QByteArray claims = R"({"iss":"https://id.example","sub":"ada","aud":"app","iat":)" + QByteArray::number(now)
        + R"(,"exp":)" + QByteArray::number(now + 600) + extra + '}';
    return Jose::signCompact(QByteArrayView(R"({"alg":"ES256","kid":"k1"})"), claims, key()).value();
}

Expectations expectations()
{
    return {.issuer = u"https://id.example"_s, .audience = u"app"_s, .keys = key().publicJwk().toJson()};
}

QByteArray unsignedToken(const QByteArray &claims)
{
    return Jose::encodeBase64Url(R"({"alg":"none"})") + '.' + Jose::encodeBase64Url(claims) + '.';
}

void open(InspectorPage &page, const QByteArray &text)
{
    QSignalSpy opened(&page, &InspectorPage::opened);
    page.inspect(Secret::copyOf(text));
    QTRY_COMPARE(opened.size(), 1);
}

//! A provider whose answers the test gives.
class FakeRun final : public ProbeRun
{
public:
    using ProbeRun::ProbeRun;
    void cancel() override { conclude(Error{ErrorCode::Cancelled, u"cancelled"_s}); }
    void conclude(const Result<ProviderFacts> &result)
    {
        Q_EMIT finished(result);
        deleteLater();
    }
};

class FakeProbe final : public ProviderProbe
{
public:
    ProbeRun *probe(const Profile &profile) override
    {
        asked.append(profile.issuer);
        return run = new FakeRun;
    }
    QStringList asked;
    QPointer<FakeRun> run;
};

QString texts(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QString all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            all += model.index(row, column, parent).data().toString() + u'|';
        all += texts(model, model.index(row, 0, parent));
    }
    return all;
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyTokenOfATextGetsATab();
    void nothingIsVerifiedBeforeKeysAndExpectationsAreThere();
    void aTokenBecomesVerifiedOnlyWhenEveryCheckPasses();
    void whatCannotBeKnownIsNotPossible();
    void soundTokensOfOtherKindsHaveNotFailed_data();
    void soundTokensOfOtherKindsHaveNotFailed();
    void anOpaqueTokenHasANameAndAUse();
    void samplesDoNotContradictThemselves();
    void theResultHasTheFocus();
    void theFormOfTheChecksIsNeverCut();
    void keysAreFetchedOnlyWhenAskedFor();
    void aFetchCanBeCancelledAndOutlived();
    void brokenJsonIsShownAsFarAsItGoes();
    void numbersAndOrderStayAsTheyWere();
    void markupStaysText();
    void maskingHidesPeopleAndTokens();
    void aViewIsMadeWhenSomebodyLooksAtIt();
    void redactedIsDecodableAndUnusable();
    void timesFollowTheirStyle();
    void hugeListsAreCounted();
    void alotIsReadWithoutBlocking();
    void theModelsKeepTheirContract();
};

void TestInspector::everyTokenOfATextGetsATab()
{
    InspectorPage page;
    open(page,
         R"({"access_token":")" + signedToken(R"(,"scope":"a","client_id":"app")") + R"(","id_token":")"
             + signedToken(R"(,"nonce":"n")") + R"("})");
    QCOMPARE(page.tokenCount(), 2);
    const auto *tabs = page.findChild<QTabBar *>(QString(), Qt::FindChildrenRecursively);
    QVERIFY(tabs && tabs->count() == 2);
    open(page, "gho_16C7e42F292c6912E7710c838347Ae178B4a");
    QCOMPARE(page.tokenCount(), 3);
    page.clear();
    QVERIFY(page.isEmpty());
}

void TestInspector::nothingIsVerifiedBeforeKeysAndExpectationsAreThere()
{
    TokenView view;
    QSignalSpy checked(view.checks(), &ChecksView::checked);
    view.setToken(Jose::TokenDocument::read(signedToken()), QDateTime::currentDateTimeUtc());
    QTRY_VERIFY(!checked.isEmpty());
    QVERIFY(!view.isVerified());
    QVERIFY(view.findChild<Banner *>()->title().contains("Not verified"_L1));
}

void TestInspector::aTokenBecomesVerifiedOnlyWhenEveryCheckPasses()
{
    TokenView view;
    view.setToken(Jose::TokenDocument::read(signedToken()), QDateTime::currentDateTimeUtc());
    auto expected = expectations();
    view.checks()->setExpectations(expected);
    QTRY_VERIFY(view.isVerified());
    QVERIFY(view.findChild<Banner *>()->title().contains("Verified"_L1));
    expected.audience = u"somebody else"_s;
    view.checks()->setExpectations(expected);
    QTRY_VERIFY(!view.isVerified());
    QVERIFY(view.findChild<Banner *>()->title().contains("failed"_L1));
    // Another token starts anew.
    view.checks()->setExpectations(expectations());
    QTRY_VERIFY(view.isVerified());
    view.setToken(Jose::TokenDocument::read(unsignedToken(R"({"sub":"eve"})")), QDateTime::currentDateTimeUtc());
    QVERIFY(!view.isVerified());
}

void TestInspector::whatCannotBeKnownIsNotPossible()
{
    const auto check = checkToken(Jose::TokenDocument::read(signedToken()), {}, QDateTime::currentDateTimeUtc());
    QVERIFY(!check.verified);
    for (const auto *id : {u"key", u"issuer", u"audience"})
        QCOMPARE(check.report.find(id)->outcome, Jose::CheckOutcome::NotPossible);
    QVERIFY(!check.report.hasFailures());
    // Five characters of signature are left, which no bytes give.
    const auto cut =
        checkToken(Jose::TokenDocument::read(signedToken().chopped(81)), {}, QDateTime::currentDateTimeUtc());
    QCOMPARE(cut.report.find(u"structure")->outcome, Jose::CheckOutcome::Failed);
    auto wrong = expectations();
    wrong.keys = "no keys";
    QVERIFY(
        checkToken(Jose::TokenDocument::read(signedToken()), wrong, QDateTime::currentDateTimeUtc()).hasUnreadableKeys);
}

void TestInspector::soundTokensOfOtherKindsHaveNotFailed_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("check");
    const auto typed = [](const QByteArray &type) {
        const QByteArray header = "{\"alg\":\"ES256\",\"typ\":\"" + type + "\"}";
        return QByteArray(Jose::encodeBase64Url(header) + '.'
                          + Jose::encodeBase64Url(R"({"iss":"a","aud":"b","iat":1})") + '.' + QByteArray(86, 'A'));
    };
    const auto opaque = u"Not verified: only its issuer can"_s;
    const auto other = u"Not verified: shown, not checked"_s;
    const auto open = u"Not verified: decoded only"_s;
    QTest::newRow("GitHub") << QByteArray("ghp_16C7e42F292c6912E7710c838347Ae178B4a") << opaque << u"structure"_s;
    QTest::newRow("JWE") << QByteArray(Jose::encodeBase64Url(R"({"alg":"RSA-OAEP-256","enc":"A256GCM"})")
                                       + ".AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")
                         << u"Not verified: it is encrypted"_s << u"structure"_s;
    QTest::newRow("SAML") << QByteArray("<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>")
                          << other << u"structure"_s;
    QTest::newRow("PASETO") << QByteArray("v4.public.eyJzdWIiOiJhZGEifQAAAAAAAAAAAAAAAAAAAAAA") << other
                            << u"structure"_s;
    QTest::newRow("SD-JWT") << QByteArray(typed("dc+sd-jwt") + '~') << other << u"structure"_s;
    const QByteArray large = "{\"sub\":\"" + QByteArray(1'000'000, 'x') + "\"}";
    QTest::newRow("1.4 MB") << QByteArray(Jose::encodeBase64Url(R"({"alg":"ES256"})") + '.'
                                          + Jose::encodeBase64Url(large) + '.' + QByteArray(86, 'A'))
                            << u"Not verified: too large"_s << u"structure"_s;
    QTest::newRow("request object") << typed("oauth-authz-req+jwt") << open << u"type"_s;
    QTest::newRow("introspection") << typed("token-introspection+jwt") << open << u"key"_s;
}

void TestInspector::soundTokensOfOtherKindsHaveNotFailed()
{
    QFETCH(const QByteArray, token);
    QFETCH(const QString, title);
    QFETCH(const QString, check);
    TokenView view;
    QSignalSpy checked(view.checks(), &ChecksView::checked);
    view.setToken(Jose::TokenDocument::read(token), QDateTime::currentDateTimeUtc());
    QTRY_VERIFY(!checked.isEmpty());
    const auto report = checked.constFirst().constFirst().value<TokenCheck>().report;
    QVERIFY2(!report.hasFailures() && !report.count(Jose::CheckOutcome::Warning), qPrintable(reportText(report)));
    const auto *entry = report.find(check);
    QVERIFY(entry);
    QVERIFY(entry->outcome == Jose::CheckOutcome::NotPossible || entry->outcome == Jose::CheckOutcome::NotApplicable);
    QCOMPARE(view.findChild<Banner *>()->title(), title);
    QVERIFY(!view.isVerified());
}

void TestInspector::anOpaqueTokenHasANameAndAUse()
{
    const auto sentence = [](QByteArrayView token) {
        return summarize(Jose::TokenDocument::read(token), QDateTime::currentDateTimeUtc(), false).sentence;
    };
    const auto access = sentence("ghp_16C7e42F292c6912E7710c838347Ae178B4a");
    QVERIFY2(access.contains("GitHub (personal access token)"_L1) && access.contains("call GitHub"_L1),
             qPrintable(access));
    const auto secret = sentence("GOCSPX-16C7e42F292c6912E7710c83834");
    QVERIFY2(secret.contains("Google (client secret)"_L1) && secret.contains("proves"_L1), qPrintable(secret));
}

void TestInspector::samplesDoNotContradictThemselves()
{
    for (const auto &sample : sampleTokens(QDateTime::currentDateTimeUtc()).first(5)) {
        const auto document = Jose::TokenDocument::read(sample.token);
        Expectations expected;
        expected.use = useOf(document.kind());
        const auto report = checkToken(document, expected, QDateTime::currentDateTimeUtc()).report;
        QVERIFY2(!report.hasFailures() && !report.count(Jose::CheckOutcome::Warning),
                 qPrintable(sample.name + u": "_s + reportText(report)));
    }
}

void TestInspector::theResultHasTheFocus()
{
    MainWindow window;
    auto *page = new InspectorPage;
    window.addPage(page);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *input = page->findChild<QPlainTextEdit *>();
    input->setFocus();
    QTRY_VERIFY(input->hasFocus());
    open(*page, signedToken());
    QVERIFY2(page->view()->isAncestorOf(QApplication::focusWidget()),
             QApplication::focusWidget() ? QApplication::focusWidget()->metaObject()->className() : "nothing");
}

void TestInspector::theFormOfTheChecksIsNeverCut()
{
    ChecksView view;
    view.setToken(Jose::TokenDocument::read(signedToken()));
    static_cast<QWidget &>(view).show();
    auto *form = view.findChild<QCheckBox *>()->parentWidget();
    for (int width = 1100; width >= 480; width -= 20) {
        view.resize(width, 420);
        QTest::qWait(1);
        if (!form->isVisible())
            continue; // folded: it drops down on demand
        const auto *area = qobject_cast<QScrollArea *>(form->parentWidget()->parentWidget());
        QVERIFY(area);
        QVERIFY2(form->minimumSizeHint().width() <= area->viewport()->width(), qPrintable(QString::number(width)));
        QVERIFY(!area->horizontalScrollBar()->isVisible());
    }
}

void TestInspector::keysAreFetchedOnlyWhenAskedFor()
{
    FakeProbe probe;
    TokenView view;
    view.checks()->setProviderProbe(&probe);
    view.setToken(Jose::TokenDocument::read(signedToken()), QDateTime::currentDateTimeUtc());
    auto expected = expectations();
    expected.keys.clear();
    view.checks()->setExpectations(expected);
    QSignalSpy checked(view.checks(), &ChecksView::checked);
    QTRY_VERIFY(!checked.isEmpty());
    QVERIFY(probe.asked.isEmpty());
    QPushButton *fetch = nullptr;
    for (auto *button : view.checks()->findChildren<QPushButton *>()) {
        if (button->text().contains("id.example"_L1))
            fetch = button;
    }
    QVERIFY(fetch);
    fetch->click();
    QCOMPARE(probe.asked, QStringList{u"https://id.example"_s});
    probe.run->conclude(
        ProviderFacts{.issuer = u"https://id.example"_s, .keys = R"({"keys":[)" + key().publicJwk().toJson() + "]}"});
    QTRY_VERIFY(view.isVerified());
}

void TestInspector::aFetchCanBeCancelledAndOutlived()
{
    FakeProbe probe;
    {
        TokenView view;
        view.checks()->setProviderProbe(&probe);
        view.setToken(Jose::TokenDocument::read(signedToken()), QDateTime::currentDateTimeUtc());
        for (auto *button : view.checks()->findChildren<QPushButton *>()) {
            if (button->text().contains("id.example"_L1))
                button->click();
        }
        QVERIFY(probe.run);
        for (auto *button : view.checks()->findChildren<QPushButton *>()) {
            if (button->text() == "Cancel"_L1)
                button->click();
        }
        QTRY_VERIFY(!probe.run);
        for (auto *button : view.checks()->findChildren<QPushButton *>()) {
            if (button->text().contains("id.example"_L1))
                button->click();
        }
        QVERIFY(probe.run);
    }
    QTRY_VERIFY(!probe.run);
}

void TestInspector::brokenJsonIsShownAsFarAsItGoes()
{
    const auto document = Jose::TokenDocument::read(unsignedToken(R"({"sub":"ada","sub":"eve","groups":["a","b)"));
    ClaimModel model;
    model.setToken(document, QDateTime::currentDateTimeUtc());
    const auto all = texts(model);
    QVERIFY2(all.contains("ada"_L1) && all.contains("eve"_L1), qPrintable(all));
    SummaryView summary;
    summary.setToken(document, QDateTime::currentDateTimeUtc());
    QVERIFY(!summary.sentence().isEmpty());
}

void TestInspector::numbersAndOrderStayAsTheyWere()
{
    const auto document =
        Jose::TokenDocument::read(unsignedToken(R"({"z":12345678901234567890.10,"a":"\u00e4","z":1e2})"));
    const auto text = jsonText(document, JsonLayout::Indented);
    QVERIFY(text.contains("12345678901234567890.10"_L1));
    QVERIFY(text.contains(uR"("\u00e4")"_s));
    QVERIFY(text.indexOf(u"\"z\""_s) < text.indexOf(u"\"a\""_s));
    QCOMPARE(text.count(u"\"z\""_s), 2);
    QVERIFY(jsonText(document, JsonLayout::Original).contains(uR"({"z":12345678901234567890.10,"a")"_s));
}

void TestInspector::markupStaysText()
{
    const auto hostile = unsignedToken(
        R"({"sub":"<img src=x onerror=alert(1)>","name":"<b>Ada</b>","<a href='https://evil'>x</a>":"https://evil.example"})");
    TokenView view;
    view.setToken(Jose::TokenDocument::read(hostile), QDateTime::currentDateTimeUtc());
    // D.1: no label may read markup or make links.
    for (const auto *label : view.findChildren<QLabel *>()) {
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'), qPrintable(label->text()));
        QVERIFY(!label->openExternalLinks());
        QVERIFY2(!label->toolTip().contains(u'<'), qPrintable(label->toolTip()));
    }
    ClaimModel model;
    model.setToken(Jose::TokenDocument::read(hostile), QDateTime::currentDateTimeUtc());
    QVERIFY(texts(model).contains("<b>Ada</b>"_L1));
    const auto group = model.index(0, 0);
    for (int row = 0; row < model.rowCount(group); ++row) {
        for (int column = 0; column < ClaimModel::ColumnCount; ++column)
            QVERIFY(!model.index(row, column, group).data(Qt::ToolTipRole).toString().contains(u'<'));
    }
}

void TestInspector::maskingHidesPeopleAndTokens()
{
    InspectorPage page;
    open(page,
         unsignedToken(R"({"sub":"canary-1","name":"canary-2","iss":"https://id.example","at":"canary-3",)"
                       R"("cnf":{},"ts":1,"email":"canary-4@x"})"));
    page.setMasked(true);
    QString shown;
    for (const auto *model : page.findChildren<ClaimModel *>())
        shown += texts(*model);
    for (const auto *text : page.findChildren<QLabel *>())
        shown += text->text();
    for (const auto *text : page.findChildren<QPlainTextEdit *>())
        shown += text->toPlainText();
    QVERIFY2(!shown.contains("canary"_L1), qPrintable(shown));
    QVERIFY(!shown.contains("eyJ"_L1));
}

void TestInspector::aViewIsMadeWhenSomebodyLooksAtIt()
{
    // Each of its parts costs memory as soon as it stands in a window.
    InspectorPage page;
    open(page, sampleTokens(QDateTime::currentDateTimeUtc()).constFirst().token);
    page.setMasked(true);
    QVERIFY(!page.findChild<ClaimsView *>());
    QVERIFY(!page.findChild<JsonView *>());
    QVERIFY(!page.findChild<RawView *>());
    page.view()->showView(TokenView::Claims);
    QVERIFY(page.findChild<ClaimModel *>()->rowCount() > 0);
    QVERIFY(!texts(*page.findChild<ClaimModel *>()).contains("Lovelace"_L1));
    page.view()->showView(TokenView::Json);
    const auto *json = page.findChild<JsonView *>()->findChild<QPlainTextEdit *>();
    QVERIFY(!json->toPlainText().contains("Lovelace"_L1));
    page.setMasked(false);
    QVERIFY(json->toPlainText().contains("Lovelace"_L1));
    QVERIFY(!page.findChild<RawView *>());
    page.complete(); // as the command palette does
    QVERIFY(page.findChild<RawView *>());
    page.clear();
    QCOMPARE(page.findChild<ClaimModel *>()->rowCount(), 0);
}

void TestInspector::redactedIsDecodableAndUnusable()
{
    const auto token = signedToken();
    const auto redacted = redactedToken(Jose::TokenDocument::read(token)).toLatin1();
    QVERIFY(redacted.startsWith(token.left(token.lastIndexOf('.') + 1)));
    QVERIFY(!redacted.contains(token.mid(token.lastIndexOf('.') + 1)));
    QVERIFY(redactedToken(Jose::TokenDocument::read("gho_16C7e42F292c6912E7710c838347Ae178B4a")).isEmpty());
    QVERIFY(redactedToken(Jose::TokenDocument::read("eyJhbGciOiJkaXIifQ.a.b.c.d")).isEmpty());
}

void TestInspector::timesFollowTheirStyle()
{
    ClaimModel model;
    model.setToken(Jose::TokenDocument::read(unsignedToken(R"({"exp":1800000000})")),
                   QDateTime::fromSecsSinceEpoch(1'799'996'400, Qt::UTC));
    model.setTimeStyle(TimeStyle::Utc);
    QVERIFY(texts(model).contains("2027-01-15T08:00:00Z"_L1));
    model.setTimeStyle(TimeStyle::Relative);
    QVERIFY2(texts(model).contains("in 60 minute"_L1), qPrintable(texts(model)));
}

void TestInspector::hugeListsAreCounted()
{
    QByteArray groups;
    for (int i = 0; i < 5000; ++i)
        groups += (i ? ",\"g" : "\"g") + QByteArray::number(i) + '"';
    ClaimModel model;
    model.setToken(Jose::TokenDocument::read(unsignedToken(R"({"groups":[)" + groups + "]}")),
                   QDateTime::currentDateTimeUtc());
    const auto group = model.index(0, 0);
    QCOMPARE(model.rowCount(model.index(0, 0, group)), int(ClaimModel::maximumChildren) + 1);
}

void TestInspector::alotIsReadWithoutBlocking()
{
    InspectorPage page;
    // Four megabytes of noise: the call returns before anything was read.
    QSignalSpy opened(&page, &InspectorPage::opened);
    page.inspect(Secret(QByteArray(4 * 1024 * 1024, 'x')));
    QVERIFY(opened.isEmpty());
    page.inspect(Secret::copyOf(signedToken()));
    QTRY_COMPARE(opened.size(), 2);
    // In front is the newest, whichever was read first.
    const auto *tabs = page.findChild<TokenTabs *>();
    QVERIFY(tabs->token(tabs->currentIndex()).document.text().startsWith("ey"));
}

void TestInspector::theModelsKeepTheirContract()
{
    ClaimModel claims;
    const QAbstractItemModelTester one(&claims, QAbstractItemModelTester::FailureReportingMode::QtTest);
    CheckModel checks;
    const QAbstractItemModelTester two(&checks, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const auto &sample : sampleTokens(QDateTime::currentDateTimeUtc())) {
        const auto document = Jose::TokenDocument::read(sample.token);
        claims.setToken(document, QDateTime::currentDateTimeUtc());
        claims.setMasked(true);
        claims.setMasked(false);
        const auto check = checkToken(document, {}, QDateTime::currentDateTimeUtc());
        checks.setReport(check.report);
        QVERIFY(checks.rowCount() > 0);
        // "Fail. Audience. Expected X, found Y."
        QVERIFY(checks.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u". "_s));
        QVERIFY(!reportText(check.report).isEmpty());
    }
    claims.clear();
    QCOMPARE(claims.rowCount(), 0);
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
