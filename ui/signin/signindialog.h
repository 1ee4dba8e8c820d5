// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "signin/signinrun.h"
#include "text/errortext.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class CheckList;
class StageLine;
class WayCards;
struct TroubleAdvice;

//! Somebody signs in: every way side by side, what is being waited for, and how it ended.
class SignInDialog final : public QDialog
{
    Q_OBJECT
public:
    //! After a success it closes by itself, unless somebody looks at it.
    static constexpr std::chrono::seconds closesAfter{4};

    //! Starts at once. \p session outlives it.
    SignInDialog(Session &session, const SignInRequest &request, QWidget *parent = nullptr);
    ~SignInDialog() override;

    const SignInRun &run() const { return m_run; }
    const QString &profileId() const { return m_run.request().profileId; }
    //! What the person reads as the state.
    QString stateText() const;
    //! Closing it is cancelling.
    void reject() override;

    //! Hides names, for sharing the screen.
    void setMasked(bool masked);

protected:
    void keyPressEvent(QKeyEvent *event) override;

Q_SIGNALS:
    //! Show the token of Session::fetchToken() in the inspector.
    void inspectRequested(const QString &tokenId);
    //! Somebody signed in.
    void signedIn(const Countersign::Desktop::Outcome &outcome);
    void doctorRequested();
    //! See SettingsDialog::showGroup().
    void settingsRequested(const QString &group);

private:
    void makeHeader(QVBoxLayout *column);
    void makeStatus(QVBoxLayout *column);
    void makeFooter(QVBoxLayout *column);
    void refresh();
    void enterState(SignInState state);
    void fitHeight();
    void grow();
    void showEnd(SignInState state);
    void showDone();
    void showWrongAccount();
    void showStoreProblem();
    void addEndButton(const QString &text, std::function<void()> action, bool isDefault = false);
    //! Asks for the passphrase, if one is missing, and begins anew.
    void unlock();
    void takeErrorAction(ErrorAction action);
    void restartWith(const std::function<void(SignInRequest &)> &change);
    void tick();
    void showAdvice(const TroubleAdvice &advice);
    void showChecks(SignInState state);
    void showNote();
    void showLargeCode();
    QString statusText() const;

    Session &m_session;
    SignInRun m_run;
    ProfileEntry m_profile;
    QString m_host;
    WayCards *m_cards;
    QWidget *m_status;
    QLabel *m_state;
    QLabel *m_countdown;
    QLabel *m_note;
    StageLine *m_stages;
    Banner *m_banner;
    CheckList *m_checks;
    QWidget *m_endRow;
    QHBoxLayout *m_endButtons;
    QPushButton *m_trouble;
    QPushButton *m_cancel;
    QTimer m_tick;
    QTimer m_closing;
    QTimer m_noteWait;
    qint64 m_announcedMinutes = -1;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop
