// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "gallery.h"

#include "doctor/doctorpage.h"
#include "inspector/inspectorpage.h"
#include "inspector/sampletokens.h"
#include "inspector/tokenview.h"
#include "profiles/importdialog.h"
#include "profiles/newprofiledialog.h"
#include "profiles/profiledialog.h"
#include "profiles/profilespage.h"
#include "profiles/removedialog.h"
#include "settings/settingsdialog.h"
#include "widgets/banner.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <QtTest/QSignalSpy>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

class StagedRun final : public ProbeRun
{
public:
    void cancel() override { deleteLater(); }
    void play()
    {
        Q_EMIT stepFinished({.id = u"authority"_s, .detail = u"https://sso.example.org/realms/lab"_s});
        Q_EMIT stepFinished({.id = u"discovery"_s, .detail = u"https://sso.example.org/realms/lab"_s});
        Q_EMIT stepFinished({.id = u"clock"_s, .detail = u"0 s"_s});
        Q_EMIT stepFinished({.id = u"pkce"_s, .detail = u"S256"_s});
        Q_EMIT stepFinished({.id = u"revocation_endpoint"_s, .outcome = Jose::CheckOutcome::NotApplicable});
        Q_EMIT stepFinished({.id = u"scopes"_s, .outcome = Jose::CheckOutcome::Warning, .detail = u"lab.write"_s});
        Q_EMIT stepFinished({.id = u"keys"_s,
                             .outcome = Jose::CheckOutcome::Failed,
                             .error = Error{ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, u"TLS"_s}});
        Q_EMIT finished(Error{ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, u"TLS"_s});
        deleteLater();
    }
};

class StagedDoctorRun final : public DoctorRun
{
public:
    void cancel() override { deleteLater(); }
    void play()
    {
        const auto path = u"/home/ada/.config/countersign/profiles.json"_s;
        Q_EMIT stepFinished({.id = u"files"_s, .subject = path});
        Q_EMIT stepFinished({.id = u"permissions"_s, .subject = path, .outcome = Jose::CheckOutcome::Warning});
        Q_EMIT stepFinished({.id = u"store"_s,
                             .subject = u"Keychain (countersign/default)"_s,
                             .outcome = Jose::CheckOutcome::Failed,
                             .error = Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s}});
        Q_EMIT stepFinished({.id = u"loopback_v4"_s, .subject = u"127.0.0.1"_s, .detail = u"43127"_s});
        Q_EMIT stepFinished({.id = u"browser"_s, .detail = u"xdg-open"_s});
        Q_EMIT stepFinished({.id = u"proxy"_s, .outcome = Jose::CheckOutcome::NotApplicable});
        Q_EMIT stepFinished({.id = u"certificates"_s, .detail = u"142"_s});
        Q_EMIT finished();
        deleteLater();
    }
};

Profile profileNamed(const QString &id, const QString &name, const QString &issuer, Profile::Kind kind)
{
    Profile profile;
    profile.id = id;
    profile.name = name;
    profile.kind = kind;
    profile.issuer = issuer;
    profile.clientId = u"6e74172b-be56-4843-9ff4-e66a39bb12e3"_s;
    profile.scopes = ScopeSet{u"User.Read"_s};
    return profile;
}

} // namespace

void StagedKeeper::look(const Profile &, QObject *context, LookHandler handler)
{
    QMetaObject::invokeMethod(
        context, [handler = std::move(handler)] { handler(true); }, Qt::QueuedConnection);
}

void StagedKeeper::keep(const Profile &, Secret, QObject *context, DoneHandler handler)
{
    QMetaObject::invokeMethod(
        context, [handler = std::move(handler)] { handler({}); }, Qt::QueuedConnection);
}

void StagedKeeper::forget(const Profile &profile, QObject *context, DoneHandler handler)
{
    keep(profile, {}, context, std::move(handler));
}

ProbeRun *StagedProbe::probe(const Profile &)
{
    auto *run = new StagedRun;
    QMetaObject::invokeMethod(run, &StagedRun::play, Qt::QueuedConnection);
    return run;
}

DoctorRun *StagedDoctor::examine(bool)
{
    auto *run = new StagedDoctorRun;
    QMetaObject::invokeMethod(run, &StagedDoctorRun::play, Qt::QueuedConnection);
    return run;
}

Gallery::Gallery()
    : m_preferences(m_folder.filePath(u"desktop.ini"_s)), m_empty(m_folder.filePath(u"empty.json"_s)),
      m_full(m_folder.filePath(u"full.json"_s))
{
    (void)m_full.put(profileNamed(u"contoso"_s, u"Contoso dev"_s, u"https://login.microsoftonline.com/contoso.com"_s,
                                  Profile::Kind::Entra));
    (void)m_full.put(
        profileNamed(u"lab"_s, u"Keycloak lab"_s, u"https://sso.example.org/realms/lab"_s, Profile::Kind::Oidc));
    (void)m_full.put(profileNamed(u"gitlab"_s, u"GitLab"_s, u"https://gitlab.com"_s, Profile::Kind::Oidc));
    (void)m_full.setDefault(u"contoso"_s);
}

std::unique_ptr<QWidget> Gallery::inspector(int sample, int view)
{
    auto page = std::make_unique<InspectorPage>();
    page->setProviderProbe(&m_probe);
    page->setProfiles(m_full.profiles());
    QSignalSpy opened(page.get(), &InspectorPage::opened);
    page->inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(sample).token));
    opened.wait(5000);
    page->view()->showView(TokenView::View(view));
    return page;
}

QList<Exhibit> Gallery::exhibits()
{
    QList<Exhibit> list;
    list.append({u"inspector-empty"_s, [] { return std::make_unique<InspectorPage>(); }});
    const QString views[] = {u"summary"_s, u"claims"_s, u"json"_s, u"raw"_s, u"checks"_s};
    for (int i = 0; i < TokenView::ViewCount; ++i)
        list.append({u"inspector-"_s + views[i], [this, i] { return inspector(0, i); }});
    list.append({u"inspector-broken"_s, [this] { return inspector(5, TokenView::Summary); }});
    list.append({u"profiles-empty"_s, [this] { return std::make_unique<ProfilesPage>(m_empty, &m_probe); }});
    list.append({u"profiles"_s, [this] { return std::make_unique<ProfilesPage>(m_full, &m_probe); }});
    list.append({u"profiles-test"_s, [this] {
                     auto page = std::make_unique<ProfilesPage>(m_full, &m_probe);
                     page->select(u"lab"_s);
                     for (auto *button : page->findChildren<QPushButton *>()) {
                         if (button->accessibleName() == ProfilesPage::tr("Test the profile"))
                             button->click();
                     }
                     QTest::qWait(20);
                     return page;
                 }});
    list.append({u"profile-new"_s, [] { return std::make_unique<NewProfileDialog>(u"entra"_s); }});
    list.append({u"profile-edit"_s, [this] { return std::make_unique<ProfileDialog>(m_full.profiles().first()); }});
    const QString pages[] = {u"client"_s, u"redirects"_s, u"requests"_s, u"trust"_s, u"expectations"_s};
    for (int i = 0; i < int(std::size(pages)); ++i) {
        list.append({u"profile-"_s + pages[i], [this, i] {
                         auto dialog = std::make_unique<ProfileDialog>(m_full.profiles().first(), &m_keeper);
                         dialog->findChild<QTabWidget *>()->setCurrentIndex(i + 1);
                         QTest::qWait(20);
                         return dialog;
                     }});
    }
    list.append({u"profile-remove"_s, [this] {
                     return std::make_unique<RemoveDialog>(m_full.profiles().first(),
                                                           RemoveDialog::Remains{.hasSecret = true, .accounts = 2});
                 }});
    list.append({u"profile-import"_s, [this] {
                     auto dialog = std::make_unique<ImportDialog>(m_full.profiles());
                     dialog->take("AZURE_TENANT_ID=contoso.com\nAZURE_CLIENT_ID=c\nAZURE_CLIENT_SECRET=s\n"
                                  "GITLAB_HOST=gitlab.example.org\nOIDC_ISSUER=https://sso.example.org/realms/lab\n"
                                  "OIDC_CLIENT_ID=6e74172b-be56-4843-9ff4-e66a39bb12e3\n");
                     return dialog;
                 }});
    list.append({u"doctor"_s, [this] {
                     auto page = std::make_unique<DoctorPage>(m_doctor);
                     page->examine();
                     QTest::qWait(20);
                     return page;
                 }});
    for (const auto &group : {u"general"_s, u"sign_in"_s, u"storage"_s, u"privacy"_s, u"network"_s, u"shortcuts"_s}) {
        list.append({u"settings-"_s + group, [this, group] {
                         // The window lends its actions and lives as long as the dialog.
                         auto window = std::make_unique<MainWindow>();
                         auto *dialog = new SettingsDialog(m_preferences, m_shared, window->actionRegistry());
                         dialog->setAttribute(Qt::WA_DeleteOnClose, false);
                         window->setParent(dialog, Qt::Window);
                         (void)window.release();
                         dialog->showGroup(group);
                         return std::unique_ptr<QWidget>(dialog);
                     }});
    }
    list.append({u"failure"_s, [] {
                     // Inside something, as in every window.
                     auto holder = std::make_unique<QWidget>();
                     holder->setWindowTitle(u"Failure"_s);
                     auto *banner = new Banner;
                     (new QVBoxLayout(holder.get()))->addWidget(banner);
                     banner->showError(Error(ErrorCode::ServerRejected, u"refused"_s)
                                           .withOAuth({.error = u"invalid_request"_s, .serverCodes = {50011}})
                                           .withHttpStatus(400));
                     return holder;
                 }});
    list += rooms();
    return list;
}

} // namespace CountersignTest
