// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "fakekeeper.h"
#include "fakesession.h"

#include "doctor/doctorpage.h"
#include "models/profilemodel.h"
#include "profiles/importdialog.h"
#include "profiles/newprofiledialog.h"
#include "profiles/profiledialog.h"
#include "profiles/profilespage.h"
#include "widgets/banner.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTableWidget>

using namespace Countersign;
using namespace Countersign::Desktop;
using CountersignTest::FakeKeeper;
using namespace Qt::StringLiterals;

namespace {

Profile profileNamed(const QString &name)
{
    Profile profile;
    profile.id = name.toLower();
    profile.name = name;
    profile.issuer = u"https://id.example"_s;
    profile.clientId = u"app"_s;
    return profile;
}

QPushButton *button(const QWidget &parent, const QString &accessibleName)
{
    for (auto *found : parent.findChildren<QPushButton *>()) {
        if (found->accessibleName() == accessibleName)
            return found;
    }
    return nullptr;
}

QLineEdit *field(const QWidget &parent, const QString &accessibleName)
{
    for (auto *found : parent.findChildren<QLineEdit *>()) {
        if (found->accessibleName() == accessibleName)
            return found;
    }
    return nullptr;
}

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
    ProbeRun *probe(const Profile &) override { return run = new FakeRun; }
    QPointer<FakeRun> run;
};

class FakeDoctorRun final : public DoctorRun
{
public:
    using DoctorRun::DoctorRun;
    void cancel() override { end(); }
    // As the real one: over, and gone.
    void end()
    {
        Q_EMIT finished();
        deleteLater();
    }
};

class FakeDoctor final : public DoctorSource
{
public:
    DoctorRun *examine(bool asksProviders) override
    {
        asked.append(asksProviders);
        return run = new FakeDoctorRun(&owner);
    }
    QObject owner;
    QList<bool> asked;
    QPointer<FakeDoctorRun> run;
};

} // namespace

class TestProfilesPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void anEmptyPageOffersThePresets();
    void aPresetBecomesAProfile();
    void aProfileIsEdited();
    void anIncompleteProfileCannotBeSaved();
    void aClientSecretIsTypedReplacedAndForgotten();
    void anotherClientIsLookedUpAnew();
    void aStoreThatKeepsNothingIsAProblem();
    void aRowSaysWhichClientItIsAndHowItStands();
    void everySettingOfTheEditorComesBack();
    void whatIsDeletedComesBack();
    void importShowsBeforeItSaves();
    void anIncompleteImportCanBeCompleted();
    void whatIsThereIsNotImportedAgainUnasked();
    void theImportLooksAroundOnThisComputer();
    void anExportHasNoSecret();
    void aTestShowsItsSteps();
    void whatATestFoundIsSaidInWords();
    void aTestIsCancelledAndOutlived();
    void aBrokenFileIsAProblemNotALoss();
    void theDoctorExaminesOnceAndOnDemand();
    void theDoctorAsksProvidersOnlyWhenTold();
    void theDoctorIsCancelledAndOutlived();

private:
    QString path() const { return m_folder->filePath(u"profiles.json"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProfilesPage::anEmptyPageOffersThePresets()
{
    ProfileStore store(path());
    ProfilesPage page(store, nullptr);
    QVERIFY(button(page, u"New profile for Keycloak"_s));
    QVERIFY(!page.current());
}

void TestProfilesPage::aPresetBecomesAProfile()
{
    ProfileStore store(path());
    ProfilesPage page(store, nullptr);
    QSignalSpy changed(&page, &ProfilesPage::profilesChanged);
    page.createProfile(u"keycloak"_s);
    auto *dialog = page.findChild<NewProfileDialog *>();
    QVERIFY(dialog);
    auto *save = button(*dialog, u"Save"_s);
    QVERIFY(!save->isEnabled());
    const auto fields = dialog->findChildren<QLineEdit *>();
    for (auto *edit : fields) {
        if (edit->accessibleName() == "Realm"_L1)
            edit->setText(u"lab"_s);
        else if (edit->accessibleName() == "Client ID"_L1)
            edit->setText(u"desktop"_s);
        else if (edit->accessibleName().startsWith("Address"_L1))
            edit->setText(u"sso.example.org"_s);
    }
    QVERIFY(save->isEnabled());
    save->click();
    QCOMPARE(changed.size(), 1);
    ProfileStore again(path());
    QVERIFY(again.load().hasValue());
    QCOMPARE(again.profiles().size(), 1);
    QCOMPARE(again.profiles().first().issuer, u"https://sso.example.org/realms/lab"_s);
    QVERIFY(!again.profiles().first().id.isEmpty());
    QVERIFY(page.current());
}

void TestProfilesPage::aProfileIsEdited()
{
    ProfileStore store(path());
    QVERIFY(store.put(profileNamed(u"One"_s)).hasValue());
    ProfilesPage page(store, nullptr);
    button(page, u"Edit"_s)->click();
    auto *dialog = page.findChild<ProfileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->profile(), *page.current());
    field(*dialog, u"Scopes"_s)->setText(u"openid api"_s);
    button(*dialog, u"Save"_s)->click();
    QCOMPARE(page.current()->scopes.toString(), u"api openid"_s);
    QCOMPARE(page.current()->id, u"one"_s);
}

void TestProfilesPage::anIncompleteProfileCannotBeSaved()
{
    ProfileDialog dialog(profileNamed(u"One"_s));
    auto *save = button(dialog, u"Save"_s);
    QVERIFY(save->isEnabled());
    for (const auto &[name, bad] :
         {std::pair(u"Issuer"_s, u"http://id.example"_s), std::pair(u"Client ID"_s, QString()),
          std::pair(u"Redirect address"_s, u"nowhere"_s)}) {
        auto *edit = field(dialog, name);
        const auto good = edit->text();
        edit->setText(bad);
        QVERIFY2(!save->isEnabled(), qPrintable(name));
        edit->setText(good);
        QVERIFY(save->isEnabled());
    }
}

void TestProfilesPage::aClientSecretIsTypedReplacedAndForgotten()
{
    ProfileStore store(path());
    QVERIFY(store.put(profileNamed(u"One"_s)));
    FakeKeeper keeper;
    ProfilesPage page(store, nullptr);
    page.setClientSecrets(&keeper);
    page.select(u"one"_s);
    const auto open = [&page] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        button(page, u"Edit"_s)->click();
        return page.findChild<ProfileDialog *>();
    };
    const auto said = [](const ProfileDialog &dialog) {
        for (const auto *label : dialog.findChildren<QLabel *>()) {
            if (label->accessibleName() == "Client secret"_L1)
                return label->text();
        }
        return QString();
    };
    auto *dialog = open();
    QTRY_COMPARE(said(*dialog), u"None is stored."_s);
    auto *typed = field(*dialog, u"New client secret"_s);
    QCOMPARE(typed->echoMode(), QLineEdit::Password);
    typed->setText(u"canary-1"_s);
    button(*dialog, u"Save"_s)->click();
    QTRY_COMPARE(keeper.secrets.value(u"app"_s), QByteArray("canary-1"));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("canary"));

    dialog = open();
    QTRY_COMPARE(said(*dialog), u"Stored with the tokens."_s);
    QVERIFY(!field(*dialog, u"New client secret"_s)->isEnabled());
    QVERIFY(field(*dialog, u"New client secret"_s)->text().isEmpty()); // it is never shown again
    button(*dialog, u"Replace the client secret"_s)->click();
    field(*dialog, u"New client secret"_s)->setText(u"canary-2"_s);
    button(*dialog, u"Save"_s)->click();
    QTRY_COMPARE(keeper.secrets.value(u"app"_s), QByteArray("canary-2"));

    dialog = open();
    QTRY_COMPARE(said(*dialog), u"Stored with the tokens."_s);
    button(*dialog, u"Forget the client secret"_s)->click();
    button(*dialog, u"Leave the client secret as it is"_s)->click();
    button(*dialog, u"Save"_s)->click();
    QCOMPARE(keeper.secrets.size(), 1);

    dialog = open();
    QTRY_COMPARE(said(*dialog), u"Stored with the tokens."_s);
    button(*dialog, u"Forget the client secret"_s)->click();
    button(*dialog, u"Save"_s)->click();
    QTRY_VERIFY(keeper.secrets.isEmpty());
}

//! RFC 6749 §2.2: client ids are each provider's own, and so are their secrets.
void TestProfilesPage::anotherClientIsLookedUpAnew()
{
    FakeKeeper keeper;
    keeper.secrets.insert(u"other"_s, "s");
    ProfileDialog dialog(profileNamed(u"One"_s), &keeper);
    QTRY_VERIFY(!button(dialog, u"Replace the client secret"_s)->isVisibleTo(&dialog));
    auto *client = field(dialog, u"Client ID"_s);
    client->setText(u"other"_s);
    Q_EMIT client->editingFinished();
    QTRY_VERIFY(button(dialog, u"Replace the client secret"_s)
                    ->isVisibleTo(button(dialog, u"Replace the client secret"_s)->parentWidget()));
    QCOMPARE(keeper.looked, (QStringList{u"app"_s, u"other"_s}));
    QVERIFY(!dialog.takeSecretChange().isWanted());
}

void TestProfilesPage::aStoreThatKeepsNothingIsAProblem()
{
    ProfileStore store(path());
    QVERIFY(store.put(profileNamed(u"One"_s)));
    FakeKeeper keeper;
    keeper.failure = Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s};
    ProfilesPage page(store, nullptr);
    page.setClientSecrets(&keeper);
    page.select(u"one"_s);
    button(page, u"Edit"_s)->click();
    auto *dialog = page.findChild<ProfileDialog *>();
    field(*dialog, u"New client secret"_s)->setText(u"canary"_s);
    button(*dialog, u"Save"_s)->click();
    auto *banner = page.findChild<Banner *>();
    QTRY_VERIFY(banner->isVisibleTo(&page));
    QVERIFY(keeper.secrets.isEmpty());
}

//! c.6.
void TestProfilesPage::aRowSaysWhichClientItIsAndHowItStands()
{
    ProfileStore store(path());
    auto one = profileNamed(u"One"_s);
    one.clientId = u"0123456789abcdef0123456789abcdef"_s;
    QVERIFY(store.put(one));
    FakeProbe probe;
    ProfilesPage page(store, &probe);
    const auto row = [&page] {
        return page.findChild<ProfileModel *>()->indexOf(u"one"_s).data(DetailRole).toString();
    };
    QCOMPARE(row(), u"id.example · 0123456789…abcdef\nNo account · not tested"_s);
    page.setAccountCounter([](const QString &id) { return id == "one"_L1 ? 2 : 0; });
    QVERIFY2(row().contains(u"2 account(s) · not tested"_s), qPrintable(row()));
    page.select(u"one"_s);
    button(page, u"Test the profile"_s)->click();
    probe.run->conclude(ProviderFacts());
    QVERIFY2(row().contains("works (tested "_L1), qPrintable(row()));
    button(page, u"Test the profile"_s)->click();
    probe.run->conclude(Error{ErrorCode::NetworkUnavailable, u"away"_s});
    QVERIFY2(row().contains("not reached"_L1), qPrintable(row()));
    // What was tested was another profile than the one that it is now.
    one.redirectUri = u"http://127.0.0.1:4711/"_s;
    QVERIFY(store.put(one));
    page.reload();
    QVERIFY2(row().contains("not tested"_L1), qPrintable(row()));
}

void TestProfilesPage::everySettingOfTheEditorComesBack()
{
    auto one = profileNamed(u"One"_s);
    one.clientSecretUse = Protocol::ClientSecretUse::Post;
    one.requiresPushedRequests = true;
    one.extra = {{u"access_type"_s, u"offline"_s}};
    one.note = u"mine"_s;
    one.caFile = u"/etc/ssl/lab.pem"_s;
    one.prompts = QStringList{u"login"_s};
    one.wantsRefreshToken = false;
    ProfileDialog dialog(one);
    QCOMPARE(dialog.profile().toJson(), one.toJson());
    QCOMPARE(one.toJson()[u"client_authentication"].toString(), u"client_secret_post"_s);
    QCOMPARE(one.toJson()[u"require_pushed_authorization_requests"].toBool(), true);
}

void TestProfilesPage::whatIsDeletedComesBack()
{
    ProfileStore store(path());
    const auto one = profileNamed(u"One"_s);
    QVERIFY(store.put(one).hasValue());
    ProfilesPage page(store, nullptr);
    button(page, u"Delete"_s)->click();
    QVERIFY(!page.current());
    button(page, u"Undo"_s)->click();
    QVERIFY(page.current());
    QCOMPARE(*page.current(), one);
}

void TestProfilesPage::importShowsBeforeItSaves()
{
    ProfileStore store(path());
    ProfilesPage page(store, nullptr);
    page.importProfiles("AZURE_CLIENT_ID=c\nAZURE_TENANT_ID=t\nAZURE_CLIENT_SECRET=canary\nAUTH0_DOMAIN=x.auth0.com\n"
                        "AUTH0_CLIENT_ID=d\n");
    auto *dialog = page.findChild<ImportDialog *>();
    QVERIFY(dialog);
    auto *table = dialog->findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 2);
    QVERIFY(!QFile::exists(path()));
    table->item(0, 0)->setCheckState(Qt::Unchecked);
    button(*dialog, u"Import"_s)->click();
    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(store.profiles().first().issuer, u"https://x.auth0.com/"_s);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("canary"));
}

void TestProfilesPage::anIncompleteImportCanBeCompleted()
{
    ImportDialog dialog;
    QSignalSpy imported(&dialog, &ImportDialog::imported);
    dialog.take("https://id.example/.well-known/openid-configuration");
    auto *accept = button(dialog, u"Import"_s);
    QVERIFY(!accept->isEnabled());
    dialog.findChild<QTableWidget *>()->item(0, 2)->setText(u"app"_s);
    QVERIFY(accept->isEnabled());
    accept->click();
    QCOMPARE(imported.size(), 1);
    // Foreign bytes are never a reason to do more than say so.
    dialog.take(QByteArray(1000, '\xff'));
    dialog.take("{{{{");
    QVERIFY(!accept->isEnabled());
}

void TestProfilesPage::whatIsThereIsNotImportedAgainUnasked()
{
    auto known = profileNamed(u"id.example"_s);
    known.clientId = u"one"_s;
    ImportDialog dialog({known});
    dialog.take("OIDC_ISSUER=https://id.example\nOIDC_CLIENT_ID=one\nOAUTH2_ISSUER=https://id.example\n"
                "OAUTH2_CLIENT_ID=two\n");
    auto *table = dialog.findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(table->item(0, 0)->checkState(), Qt::Unchecked);
    QVERIFY(table->item(0, 3)->text().contains("You have it already"_L1));
    QCOMPARE(table->item(1, 0)->checkState(), Qt::Checked);
    // A name says which of two it is.
    dialog.take(R"({"issuer":"https://id.example","client_id":"three"})");
    QCOMPARE(table->item(0, 0)->text(), u"id.example (2)"_s);
    // Nothing to import is not a number.
    const auto says = [&dialog](QLatin1StringView words) {
        const auto labels = dialog.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [words](const QLabel *label) { return label->text().contains(words); });
    };
    table->item(0, 0)->setCheckState(Qt::Unchecked);
    QVERIFY(says("Nothing is chosen"_L1) && !says("0 "_L1));
    table->item(0, 0)->setCheckState(Qt::Checked);
    table->item(0, 2)->setText({});
    QVERIFY(says("client ID is missing"_L1) && !says("0 "_L1));
}

void TestProfilesPage::theImportLooksAroundOnThisComputer()
{
    auto known = profileNamed(u"lab"_s);
    known.issuer = u"https://login.example.org/realms/lab"_s;
    known.clientId = u"desk"_s;
    CountersignTest::FakeSession session;
    session.findings.reset();
    ImportDialog dialog({known}, [&session] { return session.findProfilesHere(); });
    dialog.show();
    const auto says = [&dialog](const QString &words) {
        const auto labels = dialog.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
    };
    auto *here = button(dialog, u"Look for what other programs on this computer know"_s);
    here->click();
    QVERIFY(says(u"Looking for what other programs know"_s));
    here->click(); // stops it
    QTRY_VERIFY(!session.search);
    QVERIFY(says(u"Nothing was found yet"_s));
    session.findings = CountersignTest::fakeFindings();
    here->click();
    auto *table = dialog.findChild<QTableWidget *>();
    QTRY_COMPARE(table->rowCount(), 3);
    // What is new is chosen; what is there already, is not.
    QCOMPARE(table->item(0, 0)->checkState(), Qt::Checked);
    QCOMPARE(table->item(1, 0)->checkState(), Qt::Unchecked);
    QCOMPARE(table->item(2, 0)->checkState(), Qt::Checked);
    QVERIFY(table->item(2, 3)->text().contains(u"that program’s own"_s));
    QVERIFY(says(u"encrypted, only its own program can open it"_s));
    session.findings = QList<LocalFinding>();
    here->click();
    QTRY_VERIFY(says(u"No other program on this computer"_s));
    QVERIFY(!says(u"encrypted"_s));
    // Where nobody can look, nobody is asked to.
    const ImportDialog other({known});
    QVERIFY(!button(other, u"Look for what other programs on this computer know"_s));
}

void TestProfilesPage::anExportHasNoSecret()
{
    ProfileStore store(path());
    auto one = profileNamed(u"One"_s);
    one.loginHint = u"canary@example.org"_s;
    QVERIFY(store.put(one).hasValue());
    ProfilesPage page(store, nullptr);
    for (auto *action : page.findChildren<QAction *>()) {
        if (action->text().contains("JSON"_L1))
            action->trigger();
    }
    const auto text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains("id.example"_L1) && !text.contains("canary"_L1), qPrintable(text));
}

void TestProfilesPage::aTestShowsItsSteps()
{
    ProfileStore store(path());
    QVERIFY(store.put(profileNamed(u"One"_s)).hasValue());
    FakeProbe probe;
    ProfilesPage page(store, &probe);
    auto *steps = page.findChild<StepModel *>();
    const QAbstractItemModelTester tester(steps, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy said(&page, &Page::said);
    button(page, u"Test the profile"_s)->click();
    QVERIFY(probe.run);
    Q_EMIT probe.run->stepStarted(u"discovery"_s);
    QCOMPARE(steps->index(0, 0).data(StateRole).toInt(), -1);
    Q_EMIT probe.run->stepFinished({.id = u"discovery"_s, .detail = u"https://id.example"_s});
    QCOMPARE(steps->rowCount(), 1);
    Q_EMIT probe.run->stepFinished(
        {.id = u"keys"_s,
         .outcome = Jose::CheckOutcome::Failed,
         .error = Error{ErrorCode::NetworkUnavailable, ErrorCause::NameNotResolved, u"x"_s}});
    probe.run->conclude(Error{ErrorCode::NetworkUnavailable, u"x"_s});
    QCOMPARE(steps->count(Jose::CheckOutcome::Failed), 1);
    // Each column is wide enough to tell what it says, and wraps what is longer.
    page.resize(900, 600);
    page.show();
    const auto *table = page.findChild<QTableView *>();
    const QAbstractItemView &lines = *table;
    QTRY_VERIFY(table->columnWidth(StepModel::StepColumn) >= lines.sizeHintForColumn(StepModel::StepColumn)
                && table->columnWidth(StepModel::DetailColumn) >= table->viewport()->width() / 4);
    for (int row = 0; row < steps->rowCount(); ++row)
        QVERIFY(table->rowHeight(row) >= lines.sizeHintForRow(row));
    QVERIFY(steps->toText().contains("name was not found"_L1));
    // The profile may be right.
    QCOMPARE(said.size(), 1);
    QCOMPARE(said.constFirst().constFirst().toString(), u"The provider cannot be reached"_s);
}

void TestProfilesPage::whatATestFoundIsSaidInWords()
{
    StepModel steps;
    const auto found = [&steps](const Step &step) {
        steps.add(step);
        return steps.index(steps.rowCount() - 1, StepModel::DetailColumn).data().toString();
    };
    QCOMPARE(found({.id = u"clock"_s, .detail = u"0 s"_s}), u"The same as here"_s);
    QCOMPARE(found({.id = u"clock"_s, .detail = u"-400 s"_s}), u"This computer is 400 second(s) behind"_s);
    QCOMPARE(found({.id = u"certificates"_s, .detail = u"142"_s}), u"142 authority(ies)"_s);
    QCOMPARE(found({.id = u"revocation_endpoint"_s, .outcome = Jose::CheckOutcome::NotApplicable}),
             u"The provider does not offer it"_s);
    QCOMPARE(found({.id = u"permissions"_s, .outcome = Jose::CheckOutcome::NotApplicable}),
             u"Nothing has been saved there yet"_s);
    QCOMPARE(found({.id = u"pkce"_s, .detail = u"S256"_s}), u"S256"_s);
    // The library says Keychain in every language.
    QVERIFY(stepText({.id = u"store"_s, .subject = u"Keychain (countersign/default)"_s})
                .contains("Keychain (countersign/default)"_L1));
}

void TestProfilesPage::aTestIsCancelledAndOutlived()
{
    ProfileStore store(path());
    QVERIFY(store.put(profileNamed(u"One"_s)).hasValue());
    FakeProbe probe;
    {
        ProfilesPage page(store, &probe);
        button(page, u"Test the profile"_s)->click();
        button(page, u"Cancel the test"_s)->click();
        QTRY_VERIFY(!probe.run);
        button(page, u"Test the profile"_s)->click();
        QVERIFY(probe.run);
    }
    QTRY_VERIFY(!probe.run);
}

void TestProfilesPage::aBrokenFileIsAProblemNotALoss()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ broken");
    file.close();
    ProfileStore store(path());
    ProfilesPage page(store, nullptr);
    QVERIFY(!page.findChild<Banner *>()->title().isEmpty());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("{ broken"));
}

void TestProfilesPage::theDoctorExaminesOnceAndOnDemand()
{
    FakeDoctor doctor;
    DoctorPage page(doctor);
    page.activated();
    QVERIFY(page.isExamining());
    Q_EMIT doctor.run->stepStarted(u"store"_s, u"Keychain"_s);
    Q_EMIT doctor.run->stepFinished({.id = u"store"_s, .subject = u"Keychain"_s});
    Q_EMIT doctor.run->stepFinished({.id = u"browser"_s, .outcome = Jose::CheckOutcome::Warning});
    doctor.run->end();
    QVERIFY(!page.isExamining());
    QCOMPARE(page.steps().steps().size(), 2);
    page.activated();
    QCOMPARE(doctor.asked.size(), 1);
    page.examine();
    QCOMPARE(doctor.asked.size(), 2);
    doctor.run->cancel();
}

void TestProfilesPage::theDoctorAsksProvidersOnlyWhenTold()
{
    FakeDoctor doctor;
    DoctorPage page(doctor);
    page.examine();
    QCOMPARE(doctor.asked, QList<bool>{false});
    page.examine(); // cancels
    for (auto *box : page.findChildren<QAbstractButton *>()) {
        if (box->accessibleName() == "Ask the providers, too"_L1)
            box->click();
    }
    page.examine();
    QCOMPARE(doctor.asked, (QList<bool>{false, true}));
    doctor.run->cancel();
}

void TestProfilesPage::theDoctorIsCancelledAndOutlived()
{
    FakeDoctor doctor;
    {
        DoctorPage page(doctor);
        page.examine();
        QVERIFY(doctor.run);
    }
    QTRY_VERIFY(!doctor.run);
}

QTEST_MAIN(TestProfilesPage)
#include "tst_profilespage.moc"
