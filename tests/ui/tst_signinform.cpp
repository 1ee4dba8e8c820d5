// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "signin/signinform.h"
#include "text/apiaddress.h"
#include "text/commandtext.h"
#include "widgets/chipfield.h"
#include "widgets/dialogfit.h"
#include "widgets/theme.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Countersign::ScopeSet;
namespace Desktop = Countersign::Desktop;

namespace {

QPlainTextEdit *textField(const QWidget &parent, const QString &name)
{
    for (auto *candidate : parent.findChildren<QPlainTextEdit *>()) {
        if (candidate->accessibleName().startsWith(name))
            return candidate;
    }
    return nullptr;
}

QToolButton *chip(const QWidget &field, const QString &word)
{
    for (auto *candidate : field.findChildren<QToolButton *>()) {
        if (candidate->text() == word && candidate->isVisibleTo(&field))
            return candidate;
    }
    return nullptr;
}

Desktop::ProfileEntry profileAt(const QString &issuer, bool isMicrosoft)
{
    return {.id = u"lab"_s, .issuer = issuer, .scopes = {u"openid"_s}, .isMicrosoft = isMicrosoft};
}

} // namespace

class TestSignInForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Desktop::Theme::of(Desktop::ThemeKind::Light).apply(*qApp); }
    void wordsBecomeChips();
    void aChipGoesByItsButtonOrByBackspace();
    void suggestionsLeaveOutWhatIsThere();
    void theAddressOfAnApiBecomesScopes_data();
    void theAddressOfAnApiBecomesScopes();
    void whatIsNoAddressOfAnApiIsRefused_data();
    void whatIsNoAddressOfAnApiIsRefused();
    void theFormTakesAnApi();
    void theFormChecksWhileOneTypes_data();
    void theFormChecksWhileOneTypes();
    void aScopeThatTheProviderDoesNotNameIsDoubted_data();
    void aScopeThatTheProviderDoesNotNameIsDoubted();
    void theWayBackIsNamed_data();
    void theWayBackIsNamed();
    void whyNobodyIsKeptSignedInStandsInText();
    void theKeyboardBeginsAtTheTopOnASmallScreenToo();
    void theFormAsksForWhatWasChosen();
    void extraParametersAreAskedForAndInTheCommand();
    void claimsArePutTogether();
    void theCapabilityGoesWithTheClaims();
};

void TestSignInForm::wordsBecomeChips()
{
    Desktop::ChipField field(u"Scopes"_s);
    QSignalSpy changed(&field, &Desktop::ChipField::changed);
    field.show();
    QTest::keyClicks(field.lineEdit(), u"openid profile,api"_s);
    QVERIFY(chip(field, u"openid"_s));
    QVERIFY(chip(field, u"profile"_s));
    QVERIFY(!chip(field, u"api"_s)); // it is still being typed, and counts all the same
    QCOMPARE(field.words(), (QStringList{u"openid"_s, u"profile"_s, u"api"_s}));
    QTest::keyClick(field.lineEdit(), Qt::Key_Return);
    QVERIFY(chip(field, u"api"_s));
    QVERIFY(field.lineEdit()->text().isEmpty());
    QVERIFY(!changed.isEmpty());
    QTest::keyClicks(field.lineEdit(), u"openid "_s);
    QCOMPARE(field.words().size(), 3);
    field.setWords({u"a"_s, u"b"_s});
    QCOMPARE(field.words(), (QStringList{u"a"_s, u"b"_s}));
}

void TestSignInForm::aChipGoesByItsButtonOrByBackspace()
{
    Desktop::ChipField field(u"Scopes"_s);
    field.setWords({u"one"_s, u"two"_s, u"three"_s, u"four"_s});
    field.show();
    chip(field, u"one"_s)->click();
    QCOMPARE(field.words(), (QStringList{u"two"_s, u"three"_s, u"four"_s}));
    QTest::keyClick(field.lineEdit(), Qt::Key_Backspace);
    QCOMPARE(field.words(), (QStringList{u"two"_s, u"three"_s}));
    QTest::keyClick(chip(field, u"two"_s), Qt::Key_Delete);
    QCOMPARE(field.words(), QStringList{u"three"_s});
    QCOMPARE(chip(field, u"three"_s)->accessibleName(), u"Remove three"_s);
}

void TestSignInForm::suggestionsLeaveOutWhatIsThere()
{
    Desktop::ChipField field(u"Scopes"_s);
    field.setSuggestions({u"Mail.Read"_s, u"Mail.Send"_s, u"User.Read"_s});
    field.setWords({u"Mail.Read"_s});
    auto *completer = field.lineEdit()->completer();
    completer->setCompletionPrefix(u"mail"_s);
    QCOMPARE(completer->completionCount(), 1);
    QCOMPARE(completer->currentCompletion(), u"Mail.Send"_s);
    completer->setCompletionPrefix(u"read"_s); // in the middle as well
    QCOMPARE(completer->completionCount(), 1);
}

void TestSignInForm::theAddressOfAnApiBecomesScopes_data()
{
    QTest::addColumn<Desktop::ProfileEntry>("profile");
    QTest::addColumn<QString>("address");
    QTest::addColumn<ScopeSet>("scopes");
    QTest::addColumn<QStringList>("resources");
    const auto entra = profileAt(u"https://login.microsoftonline.com/common"_s, true);
    const auto lab = profileAt(u"https://login.example.org"_s, false);
    const auto google = profileAt(u"https://accounts.google.com"_s, false);
    const auto entraRow = [&entra](const char *name, const QString &address, const QString &scope) {
        QTest::newRow(name) << entra << address << ScopeSet{scope} << QStringList();
    };
    entraRow("Graph, with a path", u"https://graph.microsoft.com/v1.0/me?$select=id"_s,
             u"https://graph.microsoft.com/.default"_s);
    entraRow("Graph, its host alone", u"graph.microsoft.com"_s, u"https://graph.microsoft.com/.default"_s);
    entraRow("Resource Manager", u"https://management.azure.com/subscriptions?api-version=2022-12-01"_s,
             u"https://management.azure.com/.default"_s);
    entraRow("a vault has the resource of all vaults", u"https://lab.vault.azure.net/secrets/x"_s,
             u"https://vault.azure.net/.default"_s);
    entraRow("DevOps has a number", u"https://dev.azure.com/contoso/_apis/projects"_s,
             u"499b84ac-1321-427f-aa17-267ca6975798/.default"_s);
    entraRow("an API of one's own", u"https://api.contoso.com/orders"_s, u"https://api.contoso.com/.default"_s);
    entraRow("an application ID URI", u"api://6e74172b-be56-4843-9ff4-e66a39bb12e3/Orders.Read"_s,
             u"api://6e74172b-be56-4843-9ff4-e66a39bb12e3/.default"_s);
    QTest::newRow("elsewhere the resource, RFC 8707 2")
        << lab << u"https://api.example.org/orders?page=2#top"_s << lab.scopes
        << QStringList{u"https://api.example.org/orders"_s};
    QTest::newRow("on this computer") << lab << u"http://127.0.0.1:8080/api"_s << lab.scopes
                                      << QStringList{u"http://127.0.0.1:8080/api"_s};
    QTest::newRow("Google tells APIs apart by scopes")
        << google << u"https://www.googleapis.com/drive/v3/files"_s << google.scopes << QStringList();
}

void TestSignInForm::theAddressOfAnApiBecomesScopes()
{
    QFETCH(Desktop::ProfileEntry, profile);
    QFETCH(QString, address);
    QFETCH(ScopeSet, scopes);
    QFETCH(QStringList, resources);
    const auto access = Desktop::accessFor(address, profile);
    QVERIFY(access);
    QCOMPARE(access->scopes, scopes);
    QCOMPARE(access->resources, resources);
    QVERIFY(!access->name.isEmpty());
}

void TestSignInForm::whatIsNoAddressOfAnApiIsRefused_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("nothing") << QString();
    QTest::newRow("words") << u"my api"_s;
    QTest::newRow("not encrypted") << u"http://api.example.org"_s;
    QTest::newRow("another scheme") << u"ftp://api.example.org"_s;
    QTest::newRow("one word") << u"api"_s;
    QTest::newRow("with a password") << u"https://user:pass@api.example.org"_s;
}

void TestSignInForm::whatIsNoAddressOfAnApiIsRefused()
{
    QFETCH(QString, address);
    QVERIFY(!Desktop::accessFor(address, profileAt(u"https://login.example.org"_s, false)));
    QVERIFY(!Desktop::accessFor(address, profileAt(u"https://login.microsoftonline.com/common"_s, true)));
}

void TestSignInForm::theFormTakesAnApi()
{
    FakeSession session;
    session.profileList[0].isMicrosoft = true;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    QVERIFY(form->takeApi(u"https://graph.microsoft.com/v1.0/me"_s));
    QCOMPARE(form->request().scopes, ScopeSet{u"https://graph.microsoft.com/.default"_s});
    QVERIFY(!form->takeApi(u"nonsense"_s));
    QCOMPARE(form->request().scopes, ScopeSet{u"https://graph.microsoft.com/.default"_s});
    picture(*form, u"d2-form-api"_s);
}

void TestSignInForm::theFormChecksWhileOneTypes_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<bool>("isMicrosoft");
    QTest::addColumn<QString>("scopes");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<QString>("extra");
    QTest::addColumn<QString>("remark");
    QTest::addColumn<bool>("canStart");
    const auto https = u"https://login.example.org"_s;
    const QString none;
    QTest::newRow("all is well") << https << false << u"openid profile"_s << none << u"hd=example.org"_s << none
                                 << true;
    QTest::newRow("openid is missing") << https << false << u"profile"_s << none << none << u"openid"_s << true;
    QTest::newRow("no scope") << https << false << none << none << none << u"No scope"_s << true;
    QTest::newRow("two resources at Entra")
        << u"https://login.microsoftonline.com/common"_s << true << u"https://a.example/x https://b.example/y"_s << none
        << none << u"one resource"_s << true;
    QTest::newRow("http issuer") << u"http://login.example.org"_s << false << u"openid"_s << none << none
                                 << u"not encrypted"_s << true;
    QTest::newRow("an issuer with a slash at its end")
        << u"https://login.example.org/realms/lab/"_s << false << u"openid"_s << none << none << u"slash"_s << true;
    QTest::newRow("the slash of no path")
        << u"https://lab.auth0.com/"_s << false << u"openid"_s << none << none << none << true;
    QTest::newRow("OIDC Core 5.5.1: essential is no word")
        << https << false << u"openid"_s << uR"({"id_token":{"acr":{"essential":"yes"}}})"_s << none
        << u"true or false"_s << false;
    QTest::newRow("claims are no JSON") << https << false << u"openid"_s << u"{acr"_s << none << u"JSON"_s << false;
    QTest::newRow("an extra parameter that would undo a protection")
        << https << false << u"openid"_s << none << u"code_challenge_method=plain"_s << u"protects the sign-in"_s
        << false;
    QTest::newRow("an extra parameter with a field of its own")
        << https << false << u"openid"_s << none << u"prompt=login"_s << u"field of its own"_s << false;
    QTest::newRow("no extra parameter at all")
        << https << false << u"openid"_s << none << u"offline"_s << u"name=value"_s << false;
}

void TestSignInForm::theFormChecksWhileOneTypes()
{
    QFETCH(QString, issuer);
    QFETCH(bool, isMicrosoft);
    QFETCH(QString, scopes);
    QFETCH(QString, claims);
    QFETCH(QString, extra);
    QFETCH(QString, remark);
    QFETCH(bool, canStart);
    FakeSession session;
    session.profileList[0].issuer = issuer;
    session.profileList[0].isMicrosoft = isMicrosoft;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    form->findChild<Desktop::ChipField *>()->setWords(scopes.split(u' ', Qt::SkipEmptyParts));
    textField(*form, u"Claims"_s)->setPlainText(claims);
    textField(*form, u"Extra"_s)->setPlainText(extra);
    QCOMPARE(form->remark().isEmpty(), remark.isEmpty());
    QVERIFY2(form->remark().contains(remark), qPrintable(form->remark()));
    QCOMPARE(form->canStart(), canStart);
}

//! D2, OpenID Connect Discovery 3: a provider may leave scopes out of scopes_supported.
void TestSignInForm::aScopeThatTheProviderDoesNotNameIsDoubted_data()
{
    QTest::addColumn<QStringList>("named");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("isDoubted");
    const QStringList named{u"openid"_s, u"profile"_s, u"offline_access"_s};
    QTest::newRow("unknown") << named << u"bogus"_s << true;
    QTest::newRow("named") << named << u"profile"_s << false;
    QTest::newRow("letter case tells scopes apart") << named << u"Profile"_s << true;
    QTest::newRow("granted before") << named << u"granted"_s << false;
    QTest::newRow("of an API") << named << u"https://api.example/read"_s << false;
    QTest::newRow("the configuration is not known yet") << QStringList() << u"bogus"_s << false;
}

void TestSignInForm::aScopeThatTheProviderDoesNotNameIsDoubted()
{
    QFETCH(QStringList, named);
    QFETCH(QString, scope);
    QFETCH(bool, isDoubted);
    FakeSession session;
    session.provider = Countersign::KnownProvider{.scopes = named};
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.tokens[0].scopes = {u"granted"_s};
    session.accountList = {entry};
    session.profileList[0].scopes = {u"openid"_s, scope};
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    QCOMPARE(form->remark().contains(scope), isDoubted);
    QVERIFY(form->canStart()); // it is no more than a doubt
    form->show();
    picture(*form, u"d2-unknown-scope"_s);
}

void TestSignInForm::theWayBackIsNamed_data()
{
    using Back = std::optional<Countersign::RedirectPreference>;
    QTest::addColumn<Back>("back");
    QTest::addColumn<QString>("words");
    const auto loopback = [](const QList<quint16> &ports, const QString &host = u"127.0.0.1"_s) {
        return Back(Countersign::RedirectPreference::loopback(host, ports));
    };
    QTest::newRow("RFC 8252 7.3 any port") << loopback({}) << u"returns to http://127.0.0.1/ at a free port;"_s;
    QTest::newRow("one port") << loopback({8400}) << u"returns to http://127.0.0.1:8400/;"_s;
    QTest::newRow("several") << loopback({8400, 8401, 8402, 9000})
                             << u"returns to http://127.0.0.1/ at a free one of the ports 8400–8402, 9000;"_s;
    QTest::newRow("RFC 8252 8.3 IPv6") << loopback({8400}, u"::1"_s) << u"returns to http://[::1]:8400/;"_s;
    QTest::newRow("own scheme") << Back(Countersign::RedirectPreference::exactly(QUrl(u"msalapp://auth"_s)))
                                << u"msalapp://auth"_s;
    QTest::newRow("not known") << Back() << u"returns to this computer;"_s;
}

void TestSignInForm::theWayBackIsNamed()
{
    QFETCH(std::optional<Countersign::RedirectPreference>, back);
    QFETCH(QString, words);
    FakeSession session;
    session.back = back;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    QVERIFY2(allTexts(*form).contains(words), qPrintable(allTexts(*form)));
}

void TestSignInForm::whyNobodyIsKeptSignedInStandsInText()
{
    FakeSession session;
    session.profileList[0].wantsRefreshToken = false;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    form->show();
    bool isSaid = false;
    for (const auto *label : form->findChildren<QLabel *>())
        isSaid |= label->isVisible() && label->text().contains("asks for no refresh token"_L1);
    QVERIFY(isSaid);
}

void TestSignInForm::theKeyboardBeginsAtTheTopOnASmallScreenToo()
{
    Desktop::DialogFit::install(*qApp);
    FakeSession session;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    // As large as letters of three times the size make it: what does not fit scrolls.
    form->layout()->setContentsMargins(0, 3000, 0, 0);
    form->show();
    QVERIFY(QTest::qWaitForWindowActive(form.get()));
    QVERIFY(form->findChild<QScrollArea *>(QString(), Qt::FindDirectChildrenOnly));
    QCOMPARE(form->focusWidget()->accessibleName(), u"Profile"_s);
    QStringList order;
    for (int press = 0; press < 30; ++press) {
        order.append(form->focusWidget()->accessibleName());
        QTest::keyClick(form->focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(order.indexOf(u"Account"_s) < order.indexOf(u"Begin with"_s));
    QVERIFY2(order.indexOf(u"Begin with"_s) < order.indexOf(u"Copy as command"_s), qPrintable(order.join(u' ')));
}

void TestSignInForm::theFormAsksForWhatWasChosen()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    QPointer<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    form->show();
    picture(*form, u"d2-form"_s);
    button(*form, u"More options"_s)->click();
    picture(*form, u"d2-form-more"_s);
    for (auto *box : form->findChildren<QCheckBox *>()) {
        if (box->accessibleName() == u"Keep me signed in"_s)
            box->setChecked(false);
    }
    QSignalSpy wanted(form, &Desktop::SignInForm::signInRequested);
    button(*form, u"Sign in"_s)->click();
    QCOMPARE(wanted.size(), 1);
    const auto request = wanted.at(0).at(0).value<Desktop::SignInRequest>();
    QCOMPARE(request.profileId, u"lab"_s);
    QVERIFY(!request.keepsSignedIn);
    QVERIFY(!request.maxAge);
    QCOMPARE(request.scopes, session.profileList.at(0).scopes);
}

void TestSignInForm::extraParametersAreAskedForAndInTheCommand()
{
    FakeSession session;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    textField(*form, u"Extra"_s)->setPlainText(u"hd=example.org\nui=two words"_s);
    QVERIFY(form->canStart());
    const auto request = form->request();
    QCOMPARE(request.extra,
             (QList<Countersign::ExtraParameter>{{u"hd"_s, u"example.org"_s}, {u"ui"_s, u"two words"_s}}));
    const auto command = Desktop::signInCommand(request, session.profileList.at(0));
    QVERIFY2(command.contains("--parameter hd=example.org --parameter 'ui=two words'"_L1), qPrintable(command));
}

void TestSignInForm::claimsArePutTogether()
{
    FakeSession session;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    button(*form, u"More options"_s)->setChecked(true);
    auto *add = button(*form, u"Add this claim to the request"_s);
    QVERIFY(!add->isEnabled());
    auto *place = named<QComboBox>(*form, u"Where the claim shall appear"_s);
    auto *name = named<QComboBox>(*form, u"Name of the claim"_s);
    auto *values = named<QLineEdit>(*form, u"Values that the claim may have"_s);
    name->setCurrentText(u"acr"_s);
    values->setText(u"urn:mfa, urn:pwd"_s);
    named<QCheckBox>(*form, u"The claim is essential"_s)->setChecked(true);
    add->click();
    QVERIFY(values->text().isEmpty());
    QVERIFY(!add->isEnabled());
    place->setCurrentIndex(1);
    name->setCurrentText(u"email"_s);
    add->click();
    const auto claims = form->request().claims;
    QCOMPARE(QJsonDocument::fromJson(claims.toUtf8()).object(),
             QJsonDocument::fromJson(R"({"id_token":{"acr":{"essential":true,"values":["urn:mfa","urn:pwd"]}},)"
                                     R"("userinfo":{"email":null}})")
                 .object());
    form->show();
    picture(*form, u"d2-claims"_s);
    // What is being typed is not touched.
    textField(*form, u"Claims"_s)->setPlainText(u"{\"id_token\":"_s);
    name->setCurrentText(u"sub"_s);
    QVERIFY(!add->isEnabled());
    QVERIFY(!form->canStart());
}

//! The "xms_cc" of Microsoft's APIs.
void TestSignInForm::theCapabilityGoesWithTheClaims()
{
    FakeSession session;
    const std::unique_ptr<Desktop::SignInForm> form(new Desktop::SignInForm(session, u"lab"_s));
    auto *capability = named<QCheckBox>(*form, u"Understands claims challenges (cp1)"_s);
    QVERIFY(capability->isEnabled() && !capability->isChecked());
    QVERIFY(form->request().claims.isEmpty());
    textField(*form, u"Claims"_s)->setPlainText(uR"({"access_token":{"acrs":{"value":"c1"}}})"_s);
    capability->setChecked(true);
    QCOMPARE(
        QJsonDocument::fromJson(form->request().claims.toUtf8()).object(),
        QJsonDocument::fromJson(R"({"access_token":{"acrs":{"value":"c1"},"xms_cc":{"values":["cp1"]}}})").object());
    // The profile says it by itself, with every request.
    session.profileList[0].capabilities = {u"cp1"_s};
    const std::unique_ptr<Desktop::SignInForm> other(new Desktop::SignInForm(session, u"lab"_s));
    capability = named<QCheckBox>(*other, u"Understands claims challenges (cp1)"_s);
    QVERIFY(!capability->isEnabled() && capability->isChecked());
    QVERIFY(other->request().claims.isEmpty());
}

QTEST_MAIN(TestSignInForm)
#include "tst_signinform.moc"
