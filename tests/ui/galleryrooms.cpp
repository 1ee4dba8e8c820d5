// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The exhibits that need a session: the main window, its places, and every dialog of a sign-in.
#include "gallery.h"

#include "fakesession.h"

#include "accounts/accountspage.h"
#include "accounts/renamedialog.h"
#include "accounts/signoutdialog.h"
#include "doctor/doctorpage.h"
#include "profiles/profilespage.h"
#include "signin/devicecodedialog.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "tokens/gettokendialog.h"
#include "tokens/providerdialog.h"
#include "tokens/revokedialog.h"
#include "tokens/tokenspage.h"
#include "widgets/commandpalette.h"
#include "window/actions.h"
#include "window/dictionarydialog.h"
#include "window/mainwindow.h"
#include "window/shortcutsdialog.h"
#include "window/workbench.h"

#include <QtTest/QTest>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

using Stage = Operation::Stage;

//! A window and what has to live as long.
template <typename Holder> std::shared_ptr<QWidget> lentBy(std::shared_ptr<Holder> holder, QWidget *widget)
{
    return {std::move(holder), widget};
}

void fill(FakeSession &session)
{
    session.profileList.prepend({.id = u"contoso"_s,
                                 .name = u"Contoso dev"_s,
                                 .issuer = u"https://login.microsoftonline.com/contoso.com/v2.0"_s,
                                 .clientId = u"6e74172b-be56-4843-9ff4-e66a39bb12e3"_s,
                                 .scopes = {u"User.Read"_s},
                                 .isMicrosoft = true});
    auto waiting = fakeAccount(u"grace@example.org"_s, -60);
    waiting.canRefresh = false;
    waiting.attention = AccountAttention{.error = u"invalid_grant"_s, .since = QDateTime::currentDateTimeUtc()};
    auto busy = fakeAccount(u"alan@contoso.com"_s, 90, u"contoso"_s);
    busy.isBusy = true;
    session.accountList = {fakeAccount(u"ada@contoso.com"_s, 2520, u"contoso"_s), busy,
                           fakeAccount(u"ada@example.org"_s, 6600), waiting};
    const auto now = QDateTime::currentDateTimeUtc();
    session.accountDetail = {.history = {{.kind = AccountEvent::Kind::Refreshed, .at = now.addSecs(-60)},
                                         {.kind = AccountEvent::Kind::RefreshFailed,
                                          .at = now.addSecs(-3600),
                                          .detail = u"temporarily_unavailable"_s},
                                         {.kind = AccountEvent::Kind::SignedIn,
                                          .at = now.addSecs(-7200),
                                          .detail = u"countersign-desktop"_s,
                                          .way = AccountEvent::Way::Embedded}},
                             .refreshTokenAt = now.addSecs(-7200),
                             .refreshScopes = {u"openid"_s, u"profile"_s, u"offline_access"_s},
                             .authenticatedAt = now.addSecs(-7200),
                             .methods = {u"pwd"_s, u"mfa"_s},
                             .contextClass = u"urn:mace:incommon:iap:silver"_s,
                             .sessionId = u"5b1c"_s,
                             .storeName = session.storeState.name};
}

std::shared_ptr<FakeSession> filledSession()
{
    auto session = std::make_shared<FakeSession>();
    fill(*session);
    return session;
}

DeviceCodeEntry deviceCode()
{
    return {.userCode = u"WDJB-MJHT"_s,
            .verificationUri = QUrl(u"https://login.example.org/device"_s),
            .completeUri = QUrl(u"https://login.example.org/device?user_code=WDJB-MJHT"_s),
            .expiresAt = QDateTime::currentDateTimeUtc().addSecs(792)};
}

//! A dialog over a session of its own, moved on by \p act.
template <typename Dialog, typename... Arguments>
std::shared_ptr<QWidget> dialogOver(std::function<void(FakeSession &, Dialog &)> act, const Arguments &...arguments)
{
    struct Held
    {
        std::shared_ptr<FakeSession> session = filledSession();
        std::unique_ptr<Dialog> dialog;
    };
    auto held = std::make_shared<Held>();
    held->dialog = std::make_unique<Dialog>(*held->session, arguments...);
    held->dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    if (act)
        act(*held->session, *held->dialog);
    return lentBy(held, held->dialog.get());
}

std::shared_ptr<QWidget> signIn(std::function<void(FakeSession &)> act)
{
    const auto expected = fakeAccount(u"ada@example.org"_s).account;
    return dialogOver<SignInDialog>([act = std::move(act)](FakeSession &session, SignInDialog &) { act(session); },
                                    SignInRequest{.profileId = u"lab"_s,
                                                  .scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s},
                                                  .loginHint = expected.username,
                                                  .expectedAccount = expected.id});
}

void waitForPerson(FakeSession &session)
{
    session.attempt(SignInWay::Browser)->enter(Stage::WaitingForPerson);
    session.attempt(SignInWay::Browser)
        ->open(QUrl(u"https://login.example.org/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A51823%2F"_s));
    session.attempt(SignInWay::DeviceCode)->enter(Stage::WaitingForPerson);
    Q_EMIT session.attempt(SignInWay::DeviceCode)->deviceCodeReady(deviceCode());
}

std::shared_ptr<QWidget> failedSignIn(const Error &error)
{
    return signIn([error](FakeSession &session) {
        waitForPerson(session);
        session.attempt(SignInWay::Browser)->enter(Stage::Redeeming);
        session.attempt(SignInWay::Browser)->fail(error);
    });
}

std::shared_ptr<QWidget> finishedSignIn(const Outcome &outcome)
{
    return signIn([outcome](FakeSession &session) {
        waitForPerson(session);
        session.attempt(SignInWay::Browser)->enter(Stage::Validating);
        session.attempt(SignInWay::Browser)->succeed(outcome);
    });
}

QList<Exhibit> signInStates()
{
    const auto error = [](ErrorCode code, ErrorCause cause = ErrorCause::Unspecified) {
        return Error{code, cause, u"for developers"_s};
    };
    auto reduced = fakeOutcome();
    reduced.granted = {u"openid"_s, u"offline_access"_s};
    return {
        {u"signin-preparing"_s, [] { return signIn([](FakeSession &) {}); }},
        {u"signin-waiting"_s, [] { return signIn(waitForPerson); }},
        {u"signin-slow-down"_s,
         [] {
             return signIn([](FakeSession &session) {
                 waitForPerson(session);
                 Q_EMIT session.attempt(SignInWay::DeviceCode)->slowedDown(std::chrono::seconds(10));
             });
         }},
        {u"signin-store-locked"_s,
         [error] { return failedSignIn(error(ErrorCode::StorageUnavailable, ErrorCause::StoreLocked)); }},
        {u"signin-checking"_s,
         [] {
             return signIn([](FakeSession &session) {
                 waitForPerson(session);
                 session.attempt(SignInWay::Browser)->report = fakeOutcome().checks;
                 session.attempt(SignInWay::Browser)->enter(Stage::Validating);
             });
         }},
        {u"signin-done"_s, [] { return finishedSignIn(fakeOutcome()); }},
        {u"signin-scope-reduced"_s, [reduced] { return finishedSignIn(reduced); }},
        {u"signin-declined"_s, [error] { return failedSignIn(error(ErrorCode::AccessDenied)); }},
        {u"signin-wrong-account"_s,
         [error] { return failedSignIn(error(ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount)); }},
        {u"signin-expired"_s, [error] { return failedSignIn(error(ErrorCode::TimedOut, ErrorCause::CodeExpired)); }},
        {u"signin-failed"_s,
         [] {
             return failedSignIn(Error(ErrorCode::ServerRejected, u"refused"_s)
                                     .withOAuth({.error = u"invalid_request"_s, .serverCodes = {50011}})
                                     .withHttpStatus(400));
         }},
    };
}

std::shared_ptr<QWidget> signOutDone()
{
    return dialogOver<SignOutDialog>(
        [](FakeSession &session, SignOutDialog &dialog) {
            dialog.start();
            auto outcome = fakeOutcome();
            outcome.steps = {{.kind = SignOutStep::Kind::Revocation, .outcome = SignOutStep::Outcome::Done},
                             {.kind = SignOutStep::Kind::LocalRemoval, .outcome = SignOutStep::Outcome::Done}};
            session.last->succeed(outcome);
        },
        fakeAccount(u"ada@example.org"_s));
}

std::shared_ptr<QWidget> revocation(const Result<void> &result)
{
    return dialogOver<RevokeDialog>(
        [result](FakeSession &session, RevokeDialog &dialog) {
            session.revocation = result;
            for (auto *each : dialog.findChildren<QPushButton *>()) {
                if (each->accessibleName() == RevokeDialog::tr("&Revoke").remove(u'&'))
                    each->click();
            }
            QTest::qWait(20);
        },
        u"at:ada@example.org"_s);
}

std::shared_ptr<QWidget> tokenAnswer(bool isThere)
{
    return dialogOver<GetTokenDialog>(
        [isThere](FakeSession &session, GetTokenDialog &dialog) {
            dialog.start();
            auto outcome = fakeOutcome(u"ada@example.org"_s);
            outcome.origin = TokenOrigin::Cache;
            if (isThere)
                session.last->succeed(outcome);
            else
                session.last->fail(Error{ErrorCode::InteractionRequired, u"invalid_grant"_s});
        },
        fakeAccount(u"ada@example.org"_s));
}

std::shared_ptr<QWidget> formWithMore()
{
    return dialogOver<SignInForm>(
        [](FakeSession &, SignInForm &form) {
            for (auto *button : form.findChildren<QPushButton *>()) {
                if (button->accessibleName() == SignInForm::tr("More options"))
                    button->click();
            }
        },
        u"contoso"_s);
}

} // namespace

QList<Exhibit> Gallery::rooms()
{
    // The whole window, with every place, as the program puts it together.
    const auto window = [this](const QString &place, bool isFilled) {
        struct Held
        {
            FakeSession session;
            std::unique_ptr<Workbench> workbench;
        };
        auto held = std::make_shared<Held>();
        if (isFilled)
            fill(held->session);
        held->workbench = std::make_unique<Workbench>(held->session);
        held->workbench->addPage(new ProfilesPage(m_full, &m_probe));
        held->workbench->addPage(new DoctorPage(m_doctor));
        auto &main = held->workbench->window();
        if (isFilled)
            static_cast<AccountsPage *>(main.page(u"accounts"_s))
                ->selectAccount(u"lab"_s, held->session.accountList.at(2).account.id);
        main.showPage(main.page(place));
        return std::pair(held, &main);
    };
    const auto place = [window](const QString &id, bool isFilled) {
        return [window, id, isFilled]() -> std::shared_ptr<QWidget> {
            const auto [held, main] = window(id, isFilled);
            return lentBy(held, main);
        };
    };
    QList<Exhibit> list{
        {u"window-first-run"_s, place(u"accounts"_s, false)},
        {u"window-first-run-found"_s,
         [window]() -> std::shared_ptr<QWidget> {
             const auto [held, main] = window(u"accounts"_s, false);
             held->session.profileList.clear();
             held->session.findings = fakeFindings();
             Q_EMIT held->session.profilesChanged();
             return lentBy(held, main);
         }},
        {u"window-store-locked"_s,
         [window]() -> std::shared_ptr<QWidget> {
             const auto [held, main] = window(u"accounts"_s, false);
             held->session.storeState = {.kind = StoreState::Kind::Failed,
                                         .name = u"/home/ada/.local/share/countersign/tokens.sealed"_s,
                                         .error =
                                             Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"x"_s}};
             Q_EMIT held->session.storeChanged();
             main->showProblem(*held->session.storeState.error);
             return lentBy(held, main);
         }},
        {u"window-session-only"_s,
         [window]() -> std::shared_ptr<QWidget> {
             const auto [held, main] = window(u"accounts"_s, false);
             held->session.storeState.kind = StoreState::Kind::Failed;
             held->session.storeState.error = Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"x"_s};
             held->session.useSessionOnly();
             return lentBy(held, main);
         }},
        {u"window-accounts"_s, place(u"accounts"_s, true)},
        {u"window-tokens"_s, place(u"tokens"_s, true)},
        {u"window-inspector"_s, place(u"inspector"_s, true)},
        {u"window-profiles"_s, place(u"profiles"_s, true)},
        {u"window-doctor"_s, place(u"doctor"_s, true)},
        {u"window-problem"_s,
         [window]() -> std::shared_ptr<QWidget> {
             const auto [held, main] = window(u"accounts"_s, true);
             held->session.failure = Error{ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, u"TLS"_s};
             Q_EMIT held->session.networkChanged();
             main->showProblem(*held->session.failure);
             return lentBy(held, main);
         }},
        {u"command-palette"_s,
         [window]() -> std::shared_ptr<QWidget> {
             const auto [held, main] = window(u"accounts"_s, true);
             auto *palette = new CommandPalette(main->paletteCommands(main), main);
             palette->setAttribute(Qt::WA_DeleteOnClose, false);
             return lentBy(held, palette);
         }},
    };
    // Most of what it has can be chosen only once a token is.
    list.append({u"menu"_s, [window]() -> std::shared_ptr<QWidget> {
                     const auto [held, main] = window(u"accounts"_s, true);
                     const auto menus = main->menuBar()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly);
                     return lentBy(held, menus.at(int(MenuKind::Token)));
                 }});
    for (const auto &id : {u"help.claims"_s, u"help.errors"_s}) {
        list.append({QString(id).replace(u'.', u'-'), [window, id]() -> std::shared_ptr<QWidget> {
                         const auto [held, main] = window(u"accounts"_s, true);
                         main->actionRegistry().find(id)->trigger();
                         auto *dialog = main->findChild<DictionaryDialog *>();
                         dialog->setAttribute(Qt::WA_DeleteOnClose, false);
                         return lentBy(held, dialog);
                     }});
    }
    list.append({u"introspection"_s, []() -> std::shared_ptr<QWidget> {
                     return dialogOver<ProviderDialog>(
                         [](FakeSession &session, ProviderDialog &dialog) {
                             session.providerAnswer =
                                 ProviderAnswer{.json = R"({"active":true,"scope":"openid profile","username":"ada"})",
                                                .isActive = true};
                             for (auto *each : dialog.findChildren<QPushButton *>()) {
                                 if (each->accessibleName() == ProviderDialog::tr("&Ask").remove(u'&'))
                                     each->click();
                             }
                         },
                         ProviderDialog::Question::Introspection, u"at:ada@example.org"_s);
                 }});
    list.append({u"rename"_s, [] { return dialogOver<RenameDialog>({}, fakeAccount(u"ada@example.org"_s)); }});
    list.append({u"shortcuts"_s, [window]() -> std::shared_ptr<QWidget> {
                     const auto [held, main] = window(u"accounts"_s, true);
                     auto *dialog = new ShortcutsDialog(main->actionRegistry(), main);
                     dialog->setAttribute(Qt::WA_DeleteOnClose, false);
                     return lentBy(held, dialog);
                 }});
    const QString tabs[] = {u"overview"_s, u"tokens"_s, u"permissions"_s, u"sessions"_s, u"history"_s};
    for (int tab = 1; tab < int(std::size(tabs)); ++tab)
        list.append({u"account-"_s + tabs[tab], [window, tab]() -> std::shared_ptr<QWidget> {
                         const auto [held, main] = window(u"accounts"_s, true);
                         main->page(u"accounts"_s)->findChild<QTabWidget *>()->setCurrentIndex(tab);
                         return lentBy(held, main);
                     }});
    list.append({u"signin-form"_s, [] { return dialogOver<SignInForm>({}, u"lab"_s); }});
    list.append({u"signin-form-more"_s, formWithMore});
    list += signInStates();
    list.append({u"device-code"_s, []() -> std::shared_ptr<QWidget> {
                     return std::make_unique<DeviceCodeDialog>(deviceCode(), u"Keycloak lab"_s, nullptr);
                 }});
    list.append({u"get-token"_s, [] { return dialogOver<GetTokenDialog>({}, fakeAccount(u"ada@example.org"_s)); }});
    list.append({u"get-token-answer"_s, [] { return tokenAnswer(true); }});
    list.append({u"get-token-refused"_s, [] { return tokenAnswer(false); }});
    list.append({u"revoke"_s, [] { return dialogOver<RevokeDialog>({}, u"at:ada@example.org"_s); }});
    list.append({u"revoke-done"_s, [] { return revocation({}); }});
    list.append({u"revoke-refused"_s, [] {
                     return revocation(Error{ErrorCode::ServerRejected, u"refused"_s}.withOAuth(
                         {.error = u"unsupported_token_type"_s}));
                 }});
    list.append({u"sign-out"_s, [] { return dialogOver<SignOutDialog>({}, fakeAccount(u"ada@example.org"_s)); }});
    list.append({u"sign-out-cookies"_s, []() -> std::shared_ptr<QWidget> {
                     auto session = filledSession();
                     session->hasCookies = true;
                     auto dialog = std::make_shared<SignOutDialog>(*session, fakeAccount(u"ada@example.org"_s));
                     dialog->setAttribute(Qt::WA_DeleteOnClose, false);
                     return std::shared_ptr<QWidget>(dialog.get(), [session, dialog](QWidget *) mutable {
                         dialog.reset();
                         session.reset();
                     });
                 }});
    list.append({u"sign-out-done"_s, signOutDone});
    return list;
}

} // namespace CountersignTest
