// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Somebody has a profile at hand in another program's words, pastes it, imports it and tests it: with the keyboard, in
// the windows, against a provider that is there.
#include "diagnosis.h"
#include "sessionfixture.h"

#include "profiles/importdialog.h"
#include "profiles/profilespage.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QDir>
#include <QtCore/QScopeGuard>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

using namespace Countersign::Desktop;
using namespace CountersignTest;

namespace {

constexpr int patience = 20000; // milliseconds

//! A dialog counts as active for QTest when the window behind it is.
bool waitForFront(QWidget &window)
{
    window.activateWindow();
    return QTest::qWaitFor([&window] { return QApplication::activeWindow() == &window; });
}

//! The window with its place of profiles, in front.
struct Room
{
    Room() : probe(fixture.session->services()), workbench(*fixture.session)
    {
        profiles = new ProfilesPage(fixture.session->profileStore(), &probe);
        workbench.addPage(profiles);
        QObject::connect(profiles, &ProfilesPage::profilesChanged, fixture.session.get(),
                         &ClientSession::reloadProfiles);
        profiles->setLocalSearch([this] { return fixture.session->findProfilesHere(); });
        QObject::connect(&workbench, &Workbench::importFoundRequested, profiles, &ProfilesPage::importFound);
        QObject::connect(profiles, &ProfilesPage::signInRequested, &workbench, &Workbench::askForSignIn);
        workbench.window().show();
    }
    //! Opens the dialog by its shortcut.
    ImportDialog *openImport()
    {
        if (!waitForFront(workbench.window()))
            return nullptr;
        QTest::keyClick(&workbench.window(), Qt::Key_I, Qt::ControlModifier);
        auto *dialog = workbench.window().findChild<ImportDialog *>();
        return dialog && waitForFront(*dialog) ? dialog : nullptr;
    }
    //! The sandbox has a profile already: who wants a second one has to say so.
    static void tickFirst(const ImportDialog &dialog)
    {
        if (auto *first = dialog.findChild<QTableWidget *>()->item(0, 0))
            first->setCheckState(Qt::Checked);
    }
    //! Pastes \p text where the keyboard is, and presses Import.
    bool import(const QString &text)
    {
        auto *dialog = openImport();
        if (!dialog)
            return false;
        QGuiApplication::clipboard()->setText(text);
        auto *field = qobject_cast<QPlainTextEdit *>(dialog->focusWidget());
        if (!field)
            return false;
        QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
        tickFirst(*dialog);
        const auto before = fixture.session->profiles().size();
        const auto isDone = [&] { return fixture.session->profiles().size() > before; };
        QTest::keyClick(dialog, Qt::Key_I, Qt::AltModifier);
        if (!QTest::qWaitFor(isDone, 2000)) {
            for (const auto *label : dialog->findChildren<QLabel *>())
                qWarning("%s", qPrintable(label->text()));
            return false;
        }
        return true;
    }
    //! What the test of the chosen profile says, once it has ended.
    QString test()
    {
        QSignalSpy said(profiles, &Page::said);
        if (!waitForFront(workbench.window()))
            return {};
        QTest::keyClick(&workbench.window(), Qt::Key_E, Qt::AltModifier);
        if (!QTest::qWaitFor([&said] { return !said.isEmpty(); }, patience))
            return {};
        return said.last().at(0).toString();
    }

    Fixture fixture;
    LiveProbe probe;
    Workbench workbench;
    ProfilesPage *profiles = nullptr;
};

//! What the text is made from, once the provider has its port.
QString withIssuer(QString text, const QString &issuer)
{
    return text.replace("%ISSUER%"_L1, issuer);
}

} // namespace

class TestImportJourney : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsPastedIsImportedTestedAndSignedInThrough_data();
    void whatIsPastedIsImportedTestedAndSignedInThrough();
    void aPastedTokenBecomesAProfile();
    void theEnvironmentIsLookedInto();
    void whatIsFoundOnThisComputerIsImported();
    void whatLacksAClientIsCompletedInTheTable();
    void theWindowMayBeClosedWhileACellIsEdited();
    void microsoftsFormsBecomeProfiles_data();
    void microsoftsFormsBecomeProfiles();
};

void TestImportJourney::whatIsPastedIsImportedTestedAndSignedInThrough_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("environment lines") << u"export OIDC_ISSUER=%ISSUER%\nOIDC_CLIENT_ID=sandbox-native\n"
                                          "OIDC_SCOPE=\"openid profile offline_access\"\n"_s;
    QTest::newRow("a pasted authorization URL")
        << u"%ISSUER%/authorize?client_id=sandbox-native&response_type=code&scope=openid%20profile&state=s&nonce=n"
           "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
           "&redirect_uri=http%3A%2F%2F127.0.0.1%3A51823%2F&login_hint=ada"_s;
    QTest::newRow("a general configuration in JSON")
        << uR"({"oidc": {"authority": "%ISSUER%", "client_id": "sandbox-native", "scope": "openid profile"}})"_s;
}

void TestImportJourney::whatIsPastedIsImportedTestedAndSignedInThrough()
{
    QFETCH(QString, text);
    Room room;
    QVERIFY(room.import(withIssuer(text, room.fixture.sandbox.issuer())));
    const auto *profile = room.profiles->current();
    QVERIFY(profile);
    QCOMPARE(profile->issuer, room.fixture.sandbox.issuer());
    QCOMPARE(profile->clientId, u"sandbox-native"_s);
    QCOMPARE(room.test(), u"The provider answers as it should"_s);
    const auto id = profile->id;
    const auto result = room.fixture.finish(room.fixture.session->signIn({.profileId = id}));
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message()));
}

void TestImportJourney::aPastedTokenBecomesAProfile()
{
    Room room;
    const auto outcome = room.fixture.signIn();
    QVERIFY(outcome);
    QTRY_COMPARE(room.fixture.session->accounts().size(), 1);
    QString token;
    for (const auto &entry : room.fixture.session->accounts().at(0).tokens) {
        if (entry.use == TokenUse::Id)
            room.fixture.session->fetchToken(
                entry.id, this, [&token](const Result<Secret> &came) { token = QString::fromLatin1(came->reveal()); });
    }
    QTRY_VERIFY(!token.isEmpty());
    QVERIFY(room.import(token));
    QCOMPARE(room.profiles->current()->issuer, room.fixture.sandbox.issuer());
    QCOMPARE(room.profiles->current()->clientId, u"sandbox-native"_s);
    QCOMPARE(room.test(), u"The provider answers as it should"_s);
}

void TestImportJourney::theEnvironmentIsLookedInto()
{
    Room room;
    qputenv("OIDC_ISSUER", room.fixture.sandbox.issuer().toUtf8());
    qputenv("OIDC_CLIENT_ID", "sandbox-native");
    auto *dialog = room.openImport();
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_E, Qt::AltModifier);
    QTRY_COMPARE(dialog->findChild<QTableWidget *>()->rowCount(), 1);
    QCOMPARE(dialog->findChild<QTableWidget *>()->item(0, 0)->checkState(), Qt::Unchecked);
    room.tickFirst(*dialog);
    QTest::keyClick(dialog, Qt::Key_I, Qt::AltModifier);
    qunsetenv("OIDC_ISSUER");
    qunsetenv("OIDC_CLIENT_ID");
    QTRY_COMPARE(room.fixture.session->profiles().size(), 2);
    QCOMPARE(room.test(), u"The provider answers as it should"_s);
}

void TestImportJourney::whatIsFoundOnThisComputerIsImported()
{
    const QTemporaryDir folder;
    const auto before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder.path()));
    const auto back = qScopeGuard([&before] { QDir::setCurrent(before); });
    QFile file(folder.filePath(u"appsettings.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"AzureAd":{"TenantId":"contoso.com","ClientId":"6e74172b-be56-4843-9ff4-e66a39bb12e3",
                   "ClientSecret":"canary"}})");
    file.close();
    Room room;
    room.fixture.session->openStore(); // before that, accounts may still come
    auto *page = room.workbench.window().page(u"accounts"_s);
    QPushButton *import = nullptr;
    const auto isOffered = [&] {
        for (auto *button : page->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().contains("mport"_L1))
                import = button;
        }
        return import != nullptr;
    };
    QVERIFY(QTest::qWaitFor(isOffered, patience));
    import->click();
    auto *dialog = room.workbench.window().findChild<ImportDialog *>();
    QVERIFY(dialog && waitForFront(*dialog));
    const auto *table = dialog->findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 0)->checkState(), Qt::Checked);
    QVERIFY(table->item(0, 3)->text().contains("A secret was left out"_L1));
    QTest::keyClick(dialog, Qt::Key_I, Qt::AltModifier);
    QTRY_COMPARE(room.fixture.session->profiles().size(), 2);
    QFile stored(room.fixture.profilePath());
    QVERIFY(stored.open(QIODevice::ReadOnly));
    const auto text = stored.readAll();
    QVERIFY(text.contains("6e74172b-be56-4843-9ff4-e66a39bb12e3"));
    QVERIFY(!text.contains("canary"));
}

void TestImportJourney::whatLacksAClientIsCompletedInTheTable()
{
    Room room;
    auto *dialog = room.openImport();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->focusWidget(), room.fixture.sandbox.issuer() + u"/.well-known/openid-configuration"_s);
    auto *table = dialog->findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 1)->text(), room.fixture.sandbox.issuer());
    // To the table, to the third column, type.
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
    for (int tab = 0; tab < 5 && dialog->focusWidget() != table; ++tab)
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
    QCOMPARE(dialog->focusWidget(), table);
    QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(table, Qt::Key_Right);
    QTest::keyClick(table, Qt::Key_Right);
    for (const auto letter : u"sandbox-native"_s)
        QTest::keyClicks(dialog->focusWidget(), QString(letter)); // the first opens the cell
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(table->item(0, 2)->text(), u"sandbox-native"_s);
    QTest::keyClick(dialog, Qt::Key_I, Qt::AltModifier);
    QTRY_COMPARE(room.fixture.session->profiles().size(), 2);
    QCOMPARE(room.test(), u"The provider answers as it should"_s);
}

void TestImportJourney::theWindowMayBeClosedWhileACellIsEdited()
{
    Room room;
    auto *dialog = room.openImport();
    QVERIFY(dialog);
    dialog->take("https://id.example/.well-known/openid-configuration");
    auto *table = dialog->findChild<QTableWidget *>();
    table->setCurrentCell(0, 2);
    table->editItem(table->item(0, 2));
    QTest::keyClicks(dialog->focusWidget(), u"app"_s);
}

void TestImportJourney::microsoftsFormsBecomeProfiles_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("appsettings JSON")
        << uR"({"AzureAd": {"Instance": "https://login.microsoftonline.com/", "TenantId": "contoso.com",
                "ClientId": "6e74172b-be56-4843-9ff4-e66a39bb12e3", "ClientSecret": "canary"}})"_s;
    QTest::newRow("MSAL configuration")
        << uR"(const msalConfig = {auth: {clientId: "6e74172b-be56-4843-9ff4-e66a39bb12e3",
                authority: "https://login.microsoftonline.com/contoso.com", redirectUri: "http://localhost"}};)"_s;
    QTest::newRow("MSAL configuration of Android")
        << uR"({"client_id": "6e74172b-be56-4843-9ff4-e66a39bb12e3", "redirect_uri": "http://localhost",
                "authorities": [{"type": "AAD", "audience": {"type": "AzureADMyOrg", "tenant_id": "contoso.com"}}]})"_s;
    QTest::newRow("environment lines")
        << u"AZURE_TENANT_ID=contoso.com\nAZURE_CLIENT_ID=6e74172b-be56-4843-9ff4-e66a39bb12e3\n"
           "AZURE_CLIENT_SECRET=canary\n"_s;
    QTest::newRow("a pasted authorization URL")
        << u"https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize?client_id="
           "6e74172b-be56-4843-9ff4-e66a39bb12e3&scope=User.Read+openid+profile+offline_access&response_type=code"
           "&redirect_uri=http%3A%2F%2Flocalhost%3A8400"_s;
}

void TestImportJourney::microsoftsFormsBecomeProfiles()
{
    QFETCH(QString, text);
    Room room;
    QVERIFY(room.import(text));
    const auto *profile = room.profiles->current();
    QCOMPARE(profile->kind, Profile::Kind::Entra);
    QCOMPARE(profile->issuer, u"https://login.microsoftonline.com/contoso.com"_s);
    QCOMPARE(profile->clientId, u"6e74172b-be56-4843-9ff4-e66a39bb12e3"_s);
    QVERIFY(profile->configuration());
    QFile file(room.fixture.profilePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("canary"));
}

QTEST_MAIN(TestImportJourney)
#include "tst_importjourney.moc"
