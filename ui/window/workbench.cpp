// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/workbench.h"

#include "accounts/accountspage.h"
#include "accounts/foreigncachedialog.h"
#include "accounts/renamedialog.h"
#include "accounts/signoutdialog.h"
#include "inspector/inspectorpage.h"
#include "models/accountmodel.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "text/commandtext.h"
#include "text/errortext.h"
#include "text/wording.h"
#include "tokens/gettokendialog.h"
#include "tokens/revokedialog.h"
#include "widgets/clipboardguard.h"
#include "widgets/symbol.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/notificationservice.h"
#include "window/notifier.h"
#include "window/refreshrow.h"
#include "window/tray.h"

#include <QtCore/QLocale>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

Workbench::Workbench(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_window(std::make_unique<MainWindow>()),
      m_accounts(new AccountsPage(session, Page::Building::Late)),
      m_tokens(new TokensPage(session, Page::Building::Late)), m_inspector(new InspectorPage(Page::Building::Late)),
      m_tokenActions(new TokenActions(session, m_window->actionRegistry(), this)),
      m_notifier(new Notifier(session, this)), m_tray(new Tray(session, *m_notifier, this))
{
    // In the order of the navigation.
    addPage(m_accounts);
    addPage(m_tokens);
    addPage(m_inspector);
    connectAccounts();
    connect(m_tokens, &TokensPage::tokenInspectRequested, this, &Workbench::inspectToken);
    connectTokenActions();
    connect(m_inspector, &InspectorPage::tokensWanted, this, &Workbench::restoreTokens, Qt::QueuedConnection);
    connect(&session, &Session::accountsChanged, this, [this] {
        m_hasAccounts = m_session.store().kind == StoreState::Kind::Open;
        restoreTokens();
    });
    connect(&session, &Session::problem, m_window.get(), &MainWindow::showProblem);
    connect(&session, &Session::restartNeeded, this, &Workbench::askForRestart);
    connect(m_window.get(), &MainWindow::shown, this, [this] {
        m_isWaitingHidden = false;
        applyQuitRule();
    });
    connect(m_window.get(), &MainWindow::appeared, this, &Workbench::applyTray);
    connect(m_window.get(), &MainWindow::appeared, m_accounts, &AccountsPage::lookAround);
    connectTray();
    connect(m_notifier, &Notifier::notified, this, &Workbench::notify);
    connect(m_notifier, &Notifier::refreshRequested, this, [this](const AccountEntry &entry) {
        // What it was when it was told; by now it may be fetched already.
        if (const auto now = m_session.account(entry.profileId, entry.account.id); now && m_session.canRefresh(*now))
            refresh(*now);
    });
    connect(m_notifier, &Notifier::signInRequested, this, [this](const AccountEntry &entry) {
        m_window->raiseToFront();
        m_accounts->selectAccount(entry.profileId, entry.account.id);
        Q_EMIT m_accounts->signInAgainRequested(entry);
    });
    connect(m_window.get(), &MainWindow::problemActionChosen, this, &Workbench::takeProblemAction);
    makeStatusCells();
    auto *foreign = m_window->actionRegistry().add(
        {.id = u"tools.foreign_cache"_s,
         .menu = MenuKind::Tools,
         .text = tr("&Look into another program’s cache…"),
         .symbol = u"store"_s,
         .tip = tr("Shows what the caches of Azure CLI and other MSAL programs hold, without changing them")});
    connect(foreign, &QAction::triggered, this, &Workbench::lookIntoForeignCache);
    m_window->fillToolBar({u"account.sign_in"_s, u"account.get_token"_s, u"token.paste"_s, {}, u"help.palette"_s});
}

Workbench::~Workbench()
{
    // Dialogs hold on to the session and end what they began.
    m_window.reset();
}

void Workbench::setNotificationService(NotificationService *service)
{
    m_service = service;
    if (!service)
        return;
    connect(service, &NotificationService::chosen, m_notifier, &Notifier::choose);
    connect(service, &NotificationService::failed, this, &Workbench::notifyWithoutService);
}

void Workbench::notify(const Notice &notice)
{
    // Whoever looks at the window reads it there.
    if (QGuiApplication::applicationState() == Qt::ApplicationActive)
        return m_window->say(tr("%1: %2").arg(notice.title, notice.text));
    if (!m_service || !m_service->show(notice))
        notifyWithoutService(notice);
}

void Workbench::notifyWithoutService(const Notice &notice)
{
    if (m_tray->isShown())
        return m_tray->tell(notice);
    // There is nobody else to tell it.
    m_window->say(tr("%1: %2").arg(notice.title, notice.text));
    QApplication::alert(m_window.get());
}

bool Workbench::isShown(const AccountEntry &entry) const
{
    const auto &current = m_accounts->currentAccount();
    return m_window->currentPage() == m_accounts && current && current->profileId == entry.profileId
        && current->account.id == entry.account.id && current->attention;
}

void Workbench::addPage(Page *page)
{
    m_window->addPage(page);
    connect(page, &Page::inspectRequested, this, [this](const Secret &token) { inspect(token); });
}

void Workbench::connectTray()
{
    connect(m_tray, &Tray::openRequested, m_window.get(), &MainWindow::raiseToFront);
    connect(m_tray, &Tray::pasteRequested, this, [this] {
        m_window->raiseToFront();
        m_window->actionRegistry().find(u"token.paste"_s)->trigger();
    });
    connect(m_tray, &Tray::copyRequested, this, [this](const QString &tokenId) { copyToken(tokenId); });
    connect(m_tray, &Tray::inspectRequested, this, &Workbench::inspectToken);
    connect(m_tray, &Tray::refreshRequested, this, &Workbench::refresh);
    connect(m_tray, &Tray::hideRequested, this, &Workbench::hideEverything);
    connect(m_tray, &Tray::quitRequested, this, &Workbench::quit);
    connect(m_window.get(), &MainWindow::maskedChanged, m_tray, &Tray::setMasked);
}

template <typename Dialog> void Workbench::followMask(Dialog *dialog) const
{
    dialog->setMasked(m_window->isMasked());
    connect(m_window.get(), &MainWindow::maskedChanged, dialog, &Dialog::setMasked);
}

void Workbench::lookIntoForeignCache()
{
    auto *dialog = new ForeignCacheDialog(m_session, m_window->isMasked(), m_window.get());
    followMask(dialog);
    dialog->open();
}

void Workbench::askForRestart()
{
    const auto *button =
        m_window->showNotice(tr("The tokens lie in another place now"),
                             tr("Nothing more is fetched or stored until Countersign starts anew."), tr("Start anew"));
    connect(button, &QPushButton::clicked, this, &Workbench::restartRequested);
}

void Workbench::connectTokenActions()
{
    for (auto *page : {static_cast<Page *>(m_accounts), static_cast<Page *>(m_tokens)})
        connect(page, &Page::tokenChosen, m_tokenActions, &TokenActions::update);
    const auto entries = m_tokenActions->menuEntries();
    m_accounts->setTokenActions(entries);
    m_tokens->setTokenActions(entries);
    connect(m_window.get(), &MainWindow::pageShown, m_tokenActions, &TokenActions::setPage);
    connect(m_tokenActions, &TokenActions::inspectRequested, this, &Workbench::inspectToken);
    connect(m_tokenActions, &TokenActions::copyRequested, this, &Workbench::copyToken);
    connect(m_tokenActions, &TokenActions::redactionRequested, this, &Workbench::copyRedacted);
    connect(m_tokenActions, &TokenActions::introspectionRequested, this,
            [this](const QString &tokenId) { askProvider(ProviderDialog::Question::Introspection, tokenId); });
    connect(m_tokenActions, &TokenActions::userInfoRequested, this,
            [this](const QString &tokenId) { askProvider(ProviderDialog::Question::UserInfo, tokenId); });
    connect(m_tokenActions, &TokenActions::revocationRequested, this, &Workbench::revokeToken);
    connect(m_notifier, &Notifier::watchedChanged, this, [this] { m_tokenActions->setWatched(m_notifier->watched()); });
    connect(m_tokenActions, &TokenActions::reminderRequested, this, [this](const QString &tokenId, bool isWanted) {
        if (isWanted)
            m_window->say(tr("You are told five minutes before it ends"));
        m_notifier->setWatched(tokenId, isWanted);
    });
}

void Workbench::connectAccounts()
{
    connect(m_accounts, &AccountsPage::signInRequested, this, &Workbench::askForSignIn);
    m_accounts->setProfileInFront([this] {
        const auto *page = m_window->currentPage();
        return page ? page->chosenProfile() : QString();
    });
    connect(m_accounts, &AccountsPage::signInAgainRequested, this, [this](const AccountEntry &entry) {
        const auto profile = m_session.profile(entry.profileId);
        SignInRequest request{.profileId = entry.profileId, .loginHint = entry.account.username};
        if (profile) {
            request.way = profile->preferredWay;
            request.scopes = profile->scopes;
            request.resources = profile->resources;
        }
        request.expectedAccount = entry.account.id;
        request.isSessionOnly = entry.isSessionOnly;
        signIn(request);
    });
    connect(m_accounts, &AccountsPage::morePermissionsRequested, this, [this](const AccountEntry &entry) {
        if (auto *form = askForSignIn(entry.profileId))
            form->setAccount(entry.account.username);
    });
    connect(m_accounts, &AccountsPage::getTokenRequested, this, &Workbench::getToken);
    connect(m_accounts, &AccountsPage::refreshRequested, this, &Workbench::refresh);
    connect(m_accounts, &AccountsPage::signOutRequested, this, &Workbench::signOut);
    connect(m_accounts, &AccountsPage::forceRequested, this, [this](const AccountEntry &entry) {
        auto *dialog = getToken(entry);
        dialog->setForced(true);
        dialog->start();
    });
    connect(m_accounts, &AccountsPage::renameRequested, this, [this](const AccountEntry &entry) {
        auto *dialog = new RenameDialog(m_session, entry, m_window.get());
        followMask(dialog);
        dialog->open();
    });
    connect(m_accounts, &AccountsPage::defaultRequested, this, [this](const AccountEntry &entry) {
        if (const auto chosen = m_session.useAsDefault(entry.account.id); !chosen)
            m_window->showProblem(chosen.error());
        else
            m_window->say(tr("The command line takes this account when nobody says which"));
    });
    connect(m_accounts, &AccountsPage::commandRequested, this, [this](const AccountEntry &entry) {
        const auto profile = m_session.profile(entry.profileId);
        TokenRequest request{.profileId = entry.profileId, .account = entry.account.id};
        if (profile) {
            request.scopes = profile->scopes;
            request.resources = profile->resources;
        }
        QGuiApplication::clipboard()->setText(tokenCommand(request, displayName(entry.account)));
        m_window->say(tr("Copied: the command that gets this account’s token"));
    });
    connect(m_accounts, &AccountsPage::tokenInspectRequested, this, &Workbench::inspectToken);
    connect(m_accounts, &AccountsPage::tokenCopyRequested, this, &Workbench::copyToken);
    connect(m_accounts, &AccountsPage::profileRequested, this, [this](const AccountEntry &entry) {
        if (const auto made = m_session.makeProfileOf(entry.profileId); !made)
            m_window->showProblem(made.error());
        else
            m_window->say(tr("It is among the profiles now"));
    });
    connect(m_accounts, &AccountsPage::importRequested, this, &Workbench::importFoundRequested);
    connect(m_accounts, &AccountsPage::newProfileRequested, this, &Workbench::newProfileRequested);
    connect(m_accounts, &AccountsPage::inspectorRequested, this, [this] { m_window->showPage(m_inspector); });
}

void Workbench::makeStatusCells()
{
    m_refreshing = new RefreshRow;
    m_window->statusBar()->addWidget(m_refreshing);
    m_refreshing->hide();
    followMask(m_refreshing);
    m_clockCell = m_window->addStatusCell(tr("Clock"));
    m_networkCell = m_window->addStatusCell(tr("Network"));
    m_storeCell = m_window->addStatusCell(tr("Key store"));
    const auto showDoctor = [this] {
        if (auto *doctor = m_window->page(u"doctor"_s))
            m_window->showPage(doctor);
    };
    connect(m_storeCell, &QToolButton::clicked, this, [this, showDoctor] {
        if (m_session.store().kind != StoreState::Kind::Open)
            return m_session.openStore();
        showDoctor();
    });
    connect(m_clockCell, &QToolButton::clicked, this, showDoctor);
    connect(m_networkCell, &QToolButton::clicked, this, [this] {
        auto *settings = m_window->actionRegistry().find(u"file.settings"_s);
        if (m_session.isOffline() && settings)
            return settings->trigger();
        if (const auto failure = m_session.networkFailure())
            return m_window->showProblem(*failure);
        if (const auto failures = m_session.providerFailures(); !failures.isEmpty())
            m_window->showProblem(failures.constFirst().error);
    });
    connect(&m_session, &Session::clockChanged, this, &Workbench::showClock);
    connect(&m_session, &Session::storeChanged, this, &Workbench::showStore);
    connect(&m_session, &Session::networkChanged, this, &Workbench::showNetwork);
    showStore();
    showNetwork();
    showClock();
}

void Workbench::showStore()
{
    const auto store = m_session.store();
    auto role = store.isPlain ? ColorRole::Warning : ColorRole::MutedText;
    const bool isLocked = store.isLocked();
    QString text;
    switch (store.kind) {
    case StoreState::Kind::NotOpened: text = tr("%1: not opened yet").arg(store.name); break;
    case StoreState::Kind::Opening: text = tr("%1: opening").arg(store.name); break;
    case StoreState::Kind::Open:
        text = store.isPlain ? tr("%1: readable by every program of yours").arg(store.name) : store.name;
        break;
    case StoreState::Kind::Failed:
        text = store.isSessionOnly ? tr("Memory, until the program ends")
            : isLocked             ? tr("%1: locked").arg(store.name)
                                   : tr("%1: cannot be opened").arg(store.name);
        role = store.isSessionOnly ? ColorRole::Warning : ColorRole::Danger;
        break;
    }
    m_storeCell->setIcon(symbol(u"lock"_s, role));
    m_storeCell->setText(text);
    m_storeCell->setAccessibleDescription(text);
    m_storeCell->setToolTip(store.kind != StoreState::Kind::Failed ? text
                                : isLocked                         ? tr("Click to unlock %1").arg(store.name)
                                                                   : tr("Click to try again"));
}

void Workbench::showNetwork()
{
    const auto network = m_session.networkFailure();
    const auto failures = m_session.providerFailures();
    const bool isOffline = m_session.isOffline();
    m_networkCell->setVisible(isOffline || network || !failures.isEmpty());
    if (!isOffline && !network && failures.isEmpty())
        return;
    QString text = tr("No connection");
    if (isOffline) {
        text = tr("Offline mode");
    } else if (!network) {
        const auto profile = m_session.profile(failures.constFirst().profileId);
        text = failures.size() > 1 ? tr("Providers out of reach: %1").arg(failures.size())
                                   : tr("%1 is out of reach").arg(profile ? profile->name : QString());
    }
    const auto why = isOffline ? tr("Nothing is sent. Cached tokens can be used. Click for the settings.")
                               : errorText(network ? *network : failures.constFirst().error).why;
    m_networkCell->setIcon(symbol(u"offline"_s, ColorRole::Warning));
    m_networkCell->setText(text);
    m_networkCell->setToolTip(why);
    m_networkCell->setAccessibleDescription(why);
}

void Workbench::showClock()
{
    // Tokens are checked with some seconds of patience; half a minute is more than that.
    constexpr std::chrono::seconds alarming{30};
    const auto clock = m_session.clock();
    m_clockCell->setVisible(clock.has_value());
    if (!clock)
        return;
    const auto seconds = double(clock->offset.count()) / 1000;
    const auto number = QLocale().toString(std::abs(seconds), 'f', 1);
    const bool isWrong = std::chrono::abs(clock->offset) > alarming;
    m_clockCell->setText(seconds < 0 ? tr("Clock −%1 s").arg(number) : tr("Clock +%1 s").arg(number));
    m_clockCell->setIcon(symbol(u"clock"_s, isWrong ? ColorRole::Danger : ColorRole::MutedText));
    const auto text = tr("This computer’s clock against that of %1, to half a second. Measured at %2.")
                          .arg(clock->host, QLocale().toString(clock->measuredAt.toLocalTime(), QLocale::ShortFormat));
    m_clockCell->setToolTip(text);
    m_clockCell->setAccessibleName(m_clockCell->text());
    m_clockCell->setAccessibleDescription(text);
}

void Workbench::inspect(const Secret &token, const QString &profileId, const QString &tokenId)
{
    m_window->showPage(m_inspector);
    m_inspector->inspect(Secret::copyOf(token.reveal()), profileId,
                         profileId.isEmpty() ? std::nullopt : m_session.knownProvider(profileId), tokenId);
}

void Workbench::restoreTokens()
{
    // Before its accounts are read, no token is in the cache.
    if (m_session.store().kind != StoreState::Kind::Open || !m_hasAccounts)
        return;
    auto wanted = m_inspector->takeWanted();
    const auto isGone = [this](const QString &id) { return findToken(id).profileId.isEmpty(); };
    const auto gone = QSet<QString>(wanted.cbegin(), wanted.cend()).removeIf(isGone);
    wanted.removeIf(isGone);
    for (const auto &id : std::as_const(wanted))
        restoreToken(id);
    if (gone > 0)
        m_inspector->tellGone(int(gone));
}

void Workbench::restoreToken(const QString &tokenId)
{
    withToken(tokenId, [this, tokenId, found = findToken(tokenId)](Secret token) {
        m_inspector->inspect(std::move(token), found.profileId, m_session.knownProvider(found.profileId), tokenId);
    });
}

void Workbench::withToken(const QString &tokenId, std::function<void(Secret)> use)
{
    if (tokenId.isEmpty())
        return;
    m_session.fetchToken(tokenId, this, [this, use = std::move(use)](Result<Secret> token) {
        if (token)
            use(*std::move(token));
        else
            m_window->showProblem(token.error());
    });
}

Workbench::FoundToken Workbench::findToken(const QString &tokenId) const
{
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts) {
        for (const auto &token : entry.tokens) {
            if (token.id == tokenId)
                return {entry.profileId, token.use, !entry.isSessionOnly};
        }
    }
    return {};
}

void Workbench::inspectToken(const QString &tokenId)
{
    withToken(tokenId, [this, tokenId, found = findToken(tokenId)](const Secret &token) {
        m_window->raiseToFront();
        inspect(token, found.profileId, found.isKept ? tokenId : QString());
    });
}

void Workbench::copyToken(const QString &tokenId, CopyForm form)
{
    withToken(tokenId, [this, form, use = findToken(tokenId).use](const Secret &token) {
        m_window->clipboard().copy(formatted(token, form, use));
    });
}

void Workbench::copyRedacted(const QString &tokenId)
{
    withToken(tokenId, [this](const Secret &token) {
        QGuiApplication::clipboard()->setText(redacted(token));
        m_window->say(tr("Copied without its signature: it can be read, and is worth nothing"));
    });
}

SignInForm *Workbench::askForSignIn(const QString &profileId)
{
    if (m_session.profiles().isEmpty()) {
        Q_EMIT newProfileRequested(u"oidc"_s);
        return nullptr;
    }
    auto *form = new SignInForm(m_session, profileId, m_window.get());
    followMask(form);
    connect(form, &SignInForm::signInRequested, this, &Workbench::signIn);
    connect(form, &SignInForm::importRequested, this, &Workbench::importRequested);
    form->open();
    return form;
}

SignInDialog *Workbench::signIn(const SignInRequest &request)
{
    if (m_signIn && !m_signIn->run().isOver() && m_signIn->profileId() == request.profileId) {
        m_signIn->raise();
        m_signIn->activateWindow();
        return m_signIn;
    }
    auto *dialog = new SignInDialog(m_session, request, m_window.get());
    followMask(dialog);
    m_signIn = dialog;
    connect(dialog, &SignInDialog::inspectRequested, this, &Workbench::inspectToken);
    connect(dialog, &SignInDialog::signedIn, this, [this](const Outcome &outcome) {
        m_window->say(tr("Signed in as %1").arg(m_window->isMasked() ? maskedText() : outcome.account.username));
        m_accounts->selectAccount(outcome.profileId, outcome.account.id);
    });
    connect(dialog, &SignInDialog::settingsRequested, this, &Workbench::settingsRequested);
    connect(dialog, &SignInDialog::doctorRequested, this, [this] {
        if (auto *doctor = m_window->page(u"doctor"_s))
            m_window->showPage(doctor);
        else if (const auto failure = m_session.networkFailure())
            m_window->showProblem(*failure);
    });
    dialog->show();
    return dialog;
}

GetTokenDialog *Workbench::getToken(const AccountEntry &entry)
{
    auto *dialog = new GetTokenDialog(m_session, entry, m_window.get());
    followMask(dialog);
    connect(dialog, &GetTokenDialog::inspectRequested, this, &Workbench::inspectToken);
    connect(dialog, &GetTokenDialog::copyRequested, this, &Workbench::copyToken);
    connect(dialog, &GetTokenDialog::signInRequested, this, &Workbench::signIn);
    dialog->open();
    return dialog;
}

void Workbench::refresh(const AccountEntry &entry)
{
    const auto profile = m_session.profile(entry.profileId);
    TokenRequest request{.profileId = entry.profileId, .account = entry.account.id, .forceRefresh = true};
    if (profile) {
        request.scopes = profile->scopes;
        request.resources = profile->resources;
    }
    auto *attempt = m_session.getToken(request);
    connect(attempt, &Attempt::finished, this,
            [this, entry](const Result<Outcome> &result) { finishRefresh(entry, result); });
    m_refreshing->follow(attempt, displayName(entry.account), profile ? QUrl(profile->issuer).host() : QString());
}

void Workbench::finishRefresh(const AccountEntry &entry, const Result<Outcome> &result)
{
    if (result) {
        m_window->say(tr("A new token is there"));
        return;
    }
    if (result.error().code() == ErrorCode::Cancelled) {
        m_window->say(tr("Cancelled: no new token was stored"));
        return;
    }
    m_failed = entry;
    // One banner is enough, and no notification at all for what somebody just asked for.
    if (!result.error().needsPerson() || !isShown(entry))
        m_window->showProblem(result.error());
}

void Workbench::hideEverything()
{
    m_window->setMasked(true);
    m_window->clipboard().clear();
    m_inspector->clear();
    m_inspector->closeWindows();
    m_window->showMinimized();
}

void Workbench::setTray(bool shows, bool closesToTray)
{
    m_showsTray = shows;
    m_closesToTray = closesToTray;
    // The window comes first.
    if (m_window->hasAppeared() || m_isWaitingHidden)
        applyTray();
}

void Workbench::applyTray()
{
    m_tray->setShown(m_showsTray);
    m_staysInTray = m_closesToTray && m_tray->isShown();
    m_window->setHidesOnClose(m_staysInTray);
    applyQuitRule();
}

void Workbench::applyQuitRule()
{
    // A dialog that a notification opened must not end the program with it.
    QGuiApplication::setQuitOnLastWindowClosed(!m_staysInTray && !m_isWaitingHidden);
}

void Workbench::start(bool hidden)
{
    if (hidden)
        applyTray();
    if (hidden && m_tray->isShown()) {
        m_isWaitingHidden = true;
        return applyQuitRule();
    }
    m_window->show();
}

void Workbench::quit()
{
    m_window->actionRegistry().find(u"file.quit"_s)->trigger();
}

void Workbench::takeProblemAction(ErrorAction action)
{
    if (action == ErrorAction::CopyDetails)
        return;
    m_window->dismissProblem();
    if (action == ErrorAction::Unlock)
        return m_session.openStore();
    if (action == ErrorAction::UseSessionOnly) {
        m_session.useSessionOnly();
        return m_window->say(tr("New sign-ins are kept until the program ends"));
    }
    const auto failed = std::exchange(m_failed, std::nullopt);
    if (action == ErrorAction::TryAgain && failed)
        return refresh(*failed);
    if (action == ErrorAction::TryAgain) {
        // It may be about something else: what is open stays so.
        if (m_session.store().kind != StoreState::Kind::Open)
            m_session.openStore();
        return;
    }
    if (failed)
        Q_EMIT m_accounts->signInAgainRequested(*failed);
    else
        askForSignIn({});
}

void Workbench::askProvider(ProviderDialog::Question question, const QString &tokenId)
{
    auto *dialog = new ProviderDialog(m_session, question, tokenId, m_window.get());
    followMask(dialog);
    dialog->open();
}

void Workbench::revokeToken(const QString &tokenId)
{
    auto *dialog = new RevokeDialog(m_session, tokenId, m_window.get());
    followMask(dialog);
    dialog->open();
}

void Workbench::signOut(const AccountEntry &entry)
{
    auto *dialog = new SignOutDialog(m_session, entry, m_window.get());
    followMask(dialog);
    dialog->open();
}

} // namespace Countersign::Desktop
