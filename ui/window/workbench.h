// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "text/errortext.h"
#include "tokens/providerdialog.h"
#include "tokens/tokenactions.h"
#include "tokens/tokenspage.h"

#include <countersign/crypto/secret.h>

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <memory>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class AccountsPage;
class GetTokenDialog;
class InspectorPage;
class MainWindow;
struct Notice;
class NotificationService;
class Notifier;
class RefreshRow;
class Page;
class SignInDialog;
class SignInForm;
class Tray;

//! Puts the pages into the window and connects them with each other and with the session. What is shown is decided
//! here and nowhere else.
class Workbench final : public QObject
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit Workbench(Session &session, QObject *parent = nullptr);
    ~Workbench() override;

    MainWindow &window() const { return *m_window; }
    InspectorPage &inspector() const { return *m_inspector; }
    Session &session() const { return m_session; }
    //! A place more, after those that are there. The window takes it.
    void addPage(Page *page);

    //! Shows \p token in the inspector, with what the profile expects of it if one is named.
    void inspect(const Secret &token, const QString &profileId = {}, const QString &tokenId = {});
    void inspectToken(const QString &tokenId);
    void copyToken(const QString &tokenId, CopyForm form = CopyForm::Plain);
    //! So that it can be shown to others; the clipboard is not cleared afterwards.
    void copyRedacted(const QString &tokenId);

    //! The form; a profile that is known already. Null where there is no profile yet: then one is asked for.
    SignInForm *askForSignIn(const QString &profileId);
    //! At once. A sign-in through the same profile that is open is brought to the front instead.
    SignInDialog *signIn(const SignInRequest &request);
    GetTokenDialog *getToken(const AccountEntry &entry);
    //! Without a dialog: the page shows it is busy, and failures stand above it.
    void refresh(const AccountEntry &entry);
    void signOut(const AccountEntry &entry);
    //! Masks names and tokens, takes the token out of the inspector and a copied one out of the clipboard, closes the
    //! tokens' own windows, and makes the window small.
    void hideEverything();
    //! Whether the tray has our icon, and whether closing the window leaves the program there.
    void setTray(bool shows, bool closesToTray);
    //! Who shows notifications, while no window of ours is in front. Null, or gone: the tray, if it is shown.
    void setNotificationService(NotificationService *service);
    //! Brings the window up, or leaves it in the tray if \p hidden and there is one.
    void start(bool hidden);
    //! Ends the program; whatever is under way is cancelled.
    void quit();

Q_SIGNALS:
    //! Somebody wants a profile for a provider of that kind: see WelcomePage.
    void newProfileRequested(const QString &preset);
    //! Somebody has one in another program's words, or a pasted address or token.
    void importRequested();
    //! What was found on this computer is to be chosen from.
    void importFoundRequested(const QList<Countersign::LocalFinding> &found);
    //! See SettingsDialog::showGroup().
    void settingsRequested(const QString &group);
    //! Somebody wants the program to start anew.
    void restartRequested();

private:
    void connectAccounts();
    void connectTokenActions();
    void connectTray();
    //! Hides names in it while they are hidden in the window.
    template <typename Dialog> void followMask(Dialog *dialog) const;
    void lookIntoForeignCache();
    void askForRestart();
    void revokeToken(const QString &tokenId);
    void askProvider(ProviderDialog::Question question, const QString &tokenId);
    void notify(const Notice &notice);
    void notifyWithoutService(const Notice &notice);
    //! Whether the window already shows why \p entry needs its person.
    bool isShown(const AccountEntry &entry) const;
    void applyTray();
    void applyQuitRule();
    void makeStatusCells();
    void takeProblemAction(ErrorAction action);
    void showStore();
    void showNetwork();
    void showClock();
    void finishRefresh(const AccountEntry &entry, const Result<Outcome> &result);
    struct FoundToken
    {
        QString profileId;
        TokenUse use = TokenUse::Access;
        bool isKept = false; //!< at the end of this run
    };
    FoundToken findToken(const QString &tokenId) const;
    //! Opens the tokens of accounts that were open at the end of the last run, as soon as the cache can be asked.
    void restoreTokens();
    void restoreToken(const QString &tokenId);
    void withToken(const QString &tokenId, std::function<void(Secret)> use);

    Session &m_session;
    std::unique_ptr<MainWindow> m_window;
    AccountsPage *m_accounts;
    TokensPage *m_tokens;
    InspectorPage *m_inspector;
    QToolButton *m_storeCell;
    QToolButton *m_networkCell;
    QToolButton *m_clockCell;
    RefreshRow *m_refreshing;
    QPointer<SignInDialog> m_signIn;
    std::optional<AccountEntry> m_failed; //!< whose refresh the shown problem is about
    QPointer<NotificationService> m_service;
    TokenActions *m_tokenActions;
    Notifier *m_notifier;
    Tray *m_tray;
    bool m_hasAccounts = false; //!< those of the open store are read
    bool m_showsTray = false;
    bool m_closesToTray = false;
    bool m_staysInTray = false; //!< when its window is closed
    bool m_isWaitingHidden = false; //!< the window was never shown
};

} // namespace Countersign::Desktop
