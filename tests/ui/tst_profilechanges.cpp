// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What becomes of a profile that is being made or changed.
#include "fakekeeper.h"
#include "picture.h"
#include "widgettest.h"

#include "models/profilemodel.h"
#include "profiles/newprofiledialog.h"
#include "profiles/profiledialog.h"
#include "profiles/profilespage.h"
#include "profiles/removedialog.h"
#include "text/foreigntext.h"
#include "widgets/fields.h"
#include "widgets/theme.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestProfileChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<ProfileStore>(m_folder->filePath(u"profiles.json"_s));
        QVERIFY(m_store->put(labProfile()));
    }
    void whatIsMissingIsNamedAtOnce();
    void leavingTheEditorLosesNothing();
    void leavingAnUntouchedEditorSaysNothing();
    void theOnlyProfileStaysTheDefaultBesideOthers();
    void aDeletedProfileLeavesNoSecretUnasked();
    void aSecretThatIsNeededOrUnknownStays();
    void whatIsExpectedOfTokensIsEdited();
    void noLineEndsInsideAnAddress();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ProfileStore> m_store;
};

void TestProfileChanges::whatIsMissingIsNamedAtOnce()
{
    NewProfileDialog dialog(u"oidc"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    const auto missing = QLocale().createSeparatedList({u"Issuer"_s, u"Client ID"_s});
    QVERIFY2(allTexts(dialog).contains(u"Still missing: "_s + missing), qPrintable(allTexts(dialog)));
    ProfileDialog editor(Profile{});
    editor.setAttribute(Qt::WA_DeleteOnClose, false);
    QVERIFY(allTexts(editor).contains("The issuer and the client ID are missing."_L1));
}

void TestProfileChanges::leavingTheEditorLosesNothing()
{
    ProfilesPage page(*m_store, nullptr);
    page.select(u"lab"_s);
    button(page, u"Edit"_s)->click();
    auto *editor = page.findChild<ProfileDialog *>();
    named<QLineEdit>(*editor, u"Client ID"_s)->setText(u"another"_s);
    QTest::keyClick(editor, Qt::Key_Escape);
    QVERIFY(!editor->isVisible());
    QCOMPARE(m_store->find(u"lab"_s)->clientId, u"app"_s);
    // Undo rather than ask.
    QVERIFY(allTexts(page).contains("were not saved"_L1));
    picture(page, u"profile-draft"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    button(page, u"Go on editing"_s)->click();
    editor = page.findChild<ProfileDialog *>();
    QCOMPARE(named<QLineEdit>(*editor, u"Client ID"_s)->text(), u"another"_s);
    button(*editor, u"Save"_s)->click();
    QCOMPARE(m_store->find(u"lab"_s)->clientId, u"another"_s);
}

void TestProfileChanges::leavingAnUntouchedEditorSaysNothing()
{
    ProfilesPage page(*m_store, nullptr);
    page.select(u"lab"_s);
    button(page, u"Edit"_s)->click();
    QTest::keyClick(page.findChild<ProfileDialog *>(), Qt::Key_Escape);
    QVERIFY(!button(page, u"Go on editing"_s));
}

void TestProfileChanges::theOnlyProfileStaysTheDefaultBesideOthers()
{
    ProfilesPage page(*m_store, nullptr);
    const auto nameOfLab = [&page] {
        const auto *model = page.findChild<ProfileModel *>();
        return model->indexOf(u"lab"_s).data().toString();
    };
    QCOMPARE(nameOfLab(), u"Lab (default)"_s);
    page.createProfile(u"oidc"_s);
    auto *dialog = page.findChild<NewProfileDialog *>();
    named<QLineEdit>(*dialog, u"Issuer"_s)->setText(u"https://second.example"_s);
    named<QLineEdit>(*dialog, u"Client ID"_s)->setText(u"second"_s);
    button(*dialog, u"Save"_s)->click();
    QCOMPARE(m_store->profiles().size(), 2);
    QCOMPARE(nameOfLab(), u"Lab (default)"_s);
    // What the command line reads, too.
    ProfileStore again(m_store->path());
    QVERIFY(again.load());
    QVERIFY(again.defaultProfile());
    QCOMPARE(again.defaultProfile()->id, u"lab"_s);
}

//! A secret that no profile leads to any more is of no use but to a thief.
void TestProfileChanges::aDeletedProfileLeavesNoSecretUnasked()
{
    FakeKeeper keeper;
    keeper.secrets.insert(u"app"_s, "canary");
    ProfilesPage page(*m_store, nullptr);
    page.setClientSecrets(&keeper);
    page.setAccountCounter([](const QString &) { return 2; });
    const auto ask = [&page] {
        page.select(u"lab"_s);
        button(page, u"Delete"_s)->click();
        return QTest::qWaitFor([&page] { return page.findChild<RemoveDialog *>() != nullptr; })
            ? page.findChild<RemoveDialog *>()
            : nullptr;
    };
    auto *dialog = ask();
    QVERIFY(dialog);
    QVERIFY2(allTexts(*dialog).contains(u"2 account(s) stay signed in"_s), qPrintable(allTexts(*dialog)));
    QVERIFY(dialog->forgetsSecret());
    button(*dialog, u"Cancel"_s)->click();
    QCOMPARE(m_store->profiles().size(), 1);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    dialog = ask();
    QVERIFY(dialog);
    button(*dialog, u"Delete"_s)->click();
    QTRY_VERIFY(m_store->profiles().isEmpty());
    QVERIFY(keeper.secrets.isEmpty());
    QVERIFY2(allTexts(page).contains(u"secret was forgotten"_s), qPrintable(allTexts(page)));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    // Undone, it has none any more, and goes without a question.
    button(page, u"Undo"_s)->click();
    QCOMPARE(m_store->profiles().size(), 1);
    page.select(u"lab"_s);
    button(page, u"Delete"_s)->click();
    QTRY_VERIFY(m_store->profiles().isEmpty());
    QVERIFY(!page.findChild<RemoveDialog *>());
}

void TestProfileChanges::aSecretThatIsNeededOrUnknownStays()
{
    auto shop = labProfile();
    shop.id = u"shop"_s;
    QVERIFY(m_store->put(shop));
    FakeKeeper keeper;
    keeper.secrets.insert(u"app"_s, "canary");
    ProfilesPage page(*m_store, nullptr);
    page.setClientSecrets(&keeper);
    const auto remove = [&page](const QString &id, const QString &words) {
        page.select(id);
        button(page, u"Delete"_s)->click();
        if (!QTest::qWaitFor([&page] { return page.findChild<RemoveDialog *>() != nullptr; }))
            return false;
        auto *dialog = page.findChild<RemoveDialog *>();
        const bool isSaid = allTexts(*dialog).contains(words) && !dialog->forgetsSecret();
        button(*dialog, u"Delete"_s)->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return isSaid;
    };
    QVERIFY(remove(u"lab"_s, u"goes to the same registration"_s));
    QCOMPARE(m_store->profiles().size(), 1);
    keeper.failure = Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s};
    QVERIFY(remove(u"shop"_s, u"cannot be told now"_s));
    QVERIFY(m_store->profiles().isEmpty());
    QCOMPARE(keeper.secrets.size(), 1);
}

void TestProfileChanges::whatIsExpectedOfTokensIsEdited()
{
    auto lab = labProfile();
    lab.expectations.claims = {{u"tid"_s, u"contoso"_s}};
    lab.expectations.leeway = std::chrono::seconds(30);
    ProfileDialog dialog(lab);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QCOMPARE(dialog.profile(), lab);
    named<QLineEdit>(dialog, u"Expected audience of access tokens"_s)->setText(u" https://api.example "_s);
    named<QLineEdit>(dialog, u"Roles that an access token must have"_s)->setText(u"Admin  Owner"_s);
    named<QSpinBox>(dialog, u"Tolerated difference of clocks, in seconds"_s)->setValue(-1);
    const auto expected = dialog.profile().expectations;
    QCOMPARE(expected.audience, u"https://api.example"_s);
    QCOMPARE(expected.roles, (QStringList{u"Admin"_s, u"Owner"_s}));
    QVERIFY(!expected.leeway);
    QCOMPARE(expected.claims, lab.expectations.claims); // which only the file can say
    QVERIFY(dialog.profile().scopes == lab.scopes);
}

void TestProfileChanges::noLineEndsInsideAnAddress()
{
    const auto plain = u"Register it with the redirect address http://localhost."_s;
    const auto shown = withWholeAddresses(plain);
    QVERIFY(shown != plain);
    QCOMPARE(QString(shown).remove(wordJoiner), plain);
    QCOMPARE(withWholeAddresses(u"No address: a/b"_s), u"No address: a/b"_s);
    const auto label = std::unique_ptr<QLabel>(addressLabel(u"Note"_s));
    label->setText(shown);
    const auto lines = [&label](const QString &text) {
        const auto room = label->fontMetrics().horizontalAdvance(u"address http://"_s) + 2;
        return label->fontMetrics().boundingRect(QRect(0, 0, room, 1000), Qt::TextWordWrap, text).height();
    };
    // "address" alone on its line, and the address on the next: one line more than with a break inside it.
    QVERIFY(lines(withWholeAddresses(u"address http://localhost"_s)) >= lines(u"address http://localhost"_s));
    // Copied, it is the address.
    label->show();
    label->setSelection(0, int(shown.size()));
    QGuiApplication::clipboard()->setText(label->selectedText());
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), plain);
}

QTEST_MAIN(TestProfileChanges)
#include "tst_profilechanges.moc"
