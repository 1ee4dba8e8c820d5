// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/signoutdialog.h"

#include "accounts/signoutsteps.h"
#include "models/accountmodel.h"
#include "text/commandtext.h"
#include "text/foreigntext.h"
#include "text/wording.h"
#include "widgets/banner.h"
#include "widgets/commandbutton.h"
#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QPushButton *namedButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setAutoDefault(false);
    return button;
}

} // namespace

SignOutDialog::SignOutDialog(Session &session, AccountEntry entry, QWidget *parent)
    : QDialog(parent), m_session(session), m_entry(std::move(entry)), m_question(new QWidget), m_banner(new Banner),
      m_steps(new SignOutSteps), m_countdown(new QLabel), m_openAgain(namedButton(tr("&Open again"))),
      m_go(namedButton(tr("&Sign out"))), m_close(namedButton(tr("Cancel")))
{
    setMasked(false);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(540);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    auto *question = new QVBoxLayout(m_question);
    question->setContentsMargins(0, 0, 0, 0);
    question->setSpacing(column->spacing());
    makeChoices(question);
    column->addWidget(m_question);
    makeProgress(column);
    makeFooter(column);
}

void SignOutDialog::makeChoices(QVBoxLayout *column)
{
    showWhatIsLost(column);
    m_forget = addChoice(column, tr("Forget the tokens here"), tr("Always: that is what signing out means."), true);
    m_forget->setEnabled(false);
    const bool canRevoke = m_session.canRevoke(m_entry.profileId);
    const auto host = QUrl(m_session.profile(m_entry.profileId).value_or(ProfileEntry{}).issuer).host();
    m_revoke = addChoice(column, tr("&Revoke the refresh token at the provider"),
                         !canRevoke                ? tr("Not possible: this provider has no address for it.")
                             : !m_entry.canRefresh ? tr("Not needed: there is no refresh token.")
                                                   : tr("Asks %1, so that no copy of it works any more. This cannot be "
                                                        "undone.")
                                                         .arg(host),
                         canRevoke && m_entry.canRefresh);
    m_revoke->setEnabled(canRevoke && m_entry.canRefresh);
    const bool canEnd = m_session.canEndSession(m_entry.profileId);
    m_endSession = addChoice(column, tr("&End the session in the browser"),
                             canEnd ? tr("Opens a page of %1. The next sign-in asks for the password again.").arg(host)
                                    : tr("Not possible: this provider keeps no session that could be ended."),
                             false);
    m_endSession->setEnabled(canEnd);
    if (m_session.hasEmbeddedSession(m_entry.profileId))
        m_cookies =
            addChoice(column, tr("Forget what the sign-in &window keeps"),
                      tr("Cookies of this profile’s provider on this computer. Other accounts of the profile have "
                         "to type their password again, too."),
                      true);
    for (auto *box : {m_revoke, m_endSession, m_cookies}) {
        if (box && box->isEnabled())
            m_choices.append(box);
    }
}

void SignOutDialog::makeProgress(QVBoxLayout *column)
{
    m_banner->hide();
    m_steps->hide();
    m_countdown->hide();
    m_countdown->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_banner);
    column->addWidget(m_countdown);
    column->addWidget(m_steps);
    column->addStretch();
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &SignOutDialog::tick);
    connect(m_banner, &Banner::actionChosen, this, [this](ErrorAction action) {
        // Whatever else an error offers has nothing to do with leaving.
        if (action == ErrorAction::TryAgain)
            start();
        else if (action == ErrorAction::Unlock)
            m_session.askToUnlock(this, [this] { start(); });
    });
}

void SignOutDialog::makeFooter(QVBoxLayout *column)
{
    auto *command = new CommandButton(
        tr("Copy as co&mmand"), tr("Copies the command line that signs out the same way (Ctrl+Shift+K)"),
        [this] { return signOutCommand(request(), displayName(m_entry.account)); }, this);
    m_openAgain->setAccessibleName(tr("Open the page in the browser again"));
    m_openAgain->hide();
    column->addWidget(new DialogButtons({command, m_openAgain}, m_go, m_close));
    m_go->setDefault(true);
    connect(m_openAgain, &QPushButton::clicked, this, [this] {
        if (m_attempt)
            m_attempt->openPage({});
        else
            m_session.openPage(m_page);
    });
    connect(m_go, &QPushButton::clicked, this, &SignOutDialog::start);
    connect(m_close, &QPushButton::clicked, this, &SignOutDialog::reject);
}

SignOutDialog::~SignOutDialog()
{
    if (!m_attempt)
        return;
    m_attempt->disconnect(this);
    m_attempt->cancel();
}

void SignOutDialog::showWhatIsLost(QVBoxLayout *column)
{
    int access = 0;
    int identity = 0;
    for (const auto &token : std::as_const(m_entry.tokens))
        ++(token.use == TokenUse::Access ? access : identity);
    QStringList parts;
    parts.append(tr("%n access token(s)", nullptr, access));
    parts.append(tr("%n ID token(s)", nullptr, identity));
    if (m_entry.canRefresh)
        parts.append(tr("the refresh token"));
    auto *text = new QLabel(tr("Will be removed: %1.").arg(QLocale().createSeparatedList(parts)));
    text->setWordWrap(true);
    text->setAccessibleName(text->text());
    column->addWidget(text);
    QStringList names;
    for (const auto &other : m_session.alsoIn(m_entry))
        names.append(harmless(other.name, 80));
    if (names.isEmpty())
        return;
    auto *others = plainTextLabel({});
    others->setText(tr("The same application is used by %1: the account is signed out there, too.")
                        .arg(QLocale().createSeparatedList(names)));
    others->setAccessibleName(others->text());
    others->setObjectName(u"others"_s);
    column->addWidget(others);
}

QCheckBox *SignOutDialog::addChoice(QVBoxLayout *column, const QString &title, const QString &text, bool isChecked)
{
    auto *box = new QCheckBox(title);
    box->setAccessibleName(QString(title).remove(u'&'));
    box->setAccessibleDescription(text);
    box->setChecked(isChecked);
    auto *explanation = new QLabel(text);
    explanation->setWordWrap(true);
    explanation->setIndent(24);
    explanation->setForegroundRole(QPalette::PlaceholderText);
    explanation->setAccessibleName(text);
    column->addWidget(box);
    column->addWidget(explanation);
    return box;
}

void SignOutDialog::setMasked(bool masked)
{
    setWindowTitle(tr("Sign out %1").arg(masked ? maskedText() : displayName(m_entry.account)));
    setAccessibleName(windowTitle());
}

SignOutRequest SignOutDialog::request() const
{
    return {.profileId = m_entry.profileId,
            .account = m_entry.account.id,
            .revoke = m_revoke->isChecked(),
            .endSession = m_endSession->isChecked(),
            .forgetEmbedded = m_cookies && m_cookies->isChecked()};
}

void SignOutDialog::start()
{
    if (m_attempt)
        return;
    m_progress = {.request = request()};
    m_page.clear();
    allowChoices(false);
    m_attempt = m_session.signOut(m_progress.request);
    connect(m_attempt, &Attempt::stageChanged, this, &SignOutDialog::enterStage);
    connect(m_attempt, &Attempt::pageOpened, this, [this] {
        m_progress.isPageOpen = true;
        m_page = m_attempt->page();
        m_openAgain->show();
        m_steps->setProgress(m_progress);
    });
    connect(m_attempt, &Attempt::finished, this, &SignOutDialog::showResult);
    enterStage(Operation::Stage::Starting);
}

void SignOutDialog::allowChoices(bool isAllowed)
{
    m_go->setEnabled(isAllowed);
    m_question->setVisible(isAllowed);
    for (auto *box : std::as_const(m_choices))
        box->setEnabled(isAllowed);
    m_close->setText(isAllowed ? tr("Close") : tr("Cancel"));
    m_close->setAccessibleName(m_close->text());
}

void SignOutDialog::enterStage(Operation::Stage stage)
{
    if (stage == Operation::Stage::Done)
        return;
    m_progress.stage = stage;
    if (m_attempt)
        m_progress.ended = m_attempt->steps();
    const auto host = QUrl(m_session.profile(m_entry.profileId).value_or(ProfileEntry{}).issuer).host();
    m_banner->showMessage(ColorRole::Info, tr("Signing out"), waitText(m_progress, host, m_session.store().name));
    showSteps();
    m_waitsUntil = stage == Operation::Stage::WaitingForPerson
        ? QDateTime::currentDateTimeUtc().addSecs(signOutHandOver.count())
        : QDateTime();
    m_tick.start();
    tick();
}

void SignOutDialog::tick()
{
    const auto left = m_waitsUntil.isValid() ? QDateTime::currentDateTimeUtc().secsTo(m_waitsUntil) : -1;
    m_countdown->setVisible(left >= 0);
    if (left < 0)
        return;
    m_countdown->setText(tr("The browser has %n second(s) more to take the page", nullptr, int(left)));
    m_countdown->setAccessibleName(m_countdown->text());
}

void SignOutDialog::showResult(const Result<Outcome> &result)
{
    if (m_attempt)
        m_progress.ended = m_attempt->steps();
    m_attempt = nullptr;
    m_progress.isRunning = false;
    m_tick.stop();
    m_countdown->hide();
    if (!result)
        return showFailure(result.error());
    m_progress.ended = result->steps;
    m_progress.isEmbeddedForgotten = result->isEmbeddedForgotten;
    const bool hasFailed =
        std::any_of(result->steps.cbegin(), result->steps.cend(),
                    [](const SignOutStep &step) { return step.outcome == SignOutStep::Outcome::Failed; })
        || !result->isEmbeddedForgotten.value_or(true);
    m_banner->showMessage(hasFailed ? ColorRole::Warning : ColorRole::Success,
                          hasFailed ? tr("Signed out here, but not everything worked") : tr("Signed out"));
    showEnd();
}

void SignOutDialog::showFailure(const Error &error)
{
    if (m_progress.find(SignOutStep::Kind::LocalRemoval)) {
        m_banner->showMessage(
            ColorRole::Warning, tr("Signed out here, but not everything was done"),
            tr("The account is gone from this computer. What was left when you stopped stands below."));
        return showEnd();
    }
    allowChoices(true);
    if (error.code() != ErrorCode::Cancelled) {
        m_banner->showError(error);
        m_progress.ended.append({SignOutStep::Kind::LocalRemoval, SignOutStep::Outcome::Failed, error});
    } else if (m_progress.ended.isEmpty() && !m_progress.current()) {
        m_banner->showMessage(ColorRole::Info, tr("Cancelled"), tr("Nothing was changed."));
    } else {
        m_banner->showMessage(ColorRole::Warning, tr("Cancelled half way"),
                              tr("What was done before, and what was not, stands below."));
    }
    if (m_progress.ended.isEmpty() && !m_progress.current())
        m_steps->hide();
    else
        showSteps();
}

void SignOutDialog::showEnd()
{
    allowChoices(true);
    m_question->hide();
    m_go->hide();
    showSteps();
    m_close->setDefault(true);
    m_close->setFocus();
}

void SignOutDialog::showSteps()
{
    m_steps->setProgress(m_progress);
    m_steps->show();
    adjustSize();
}

void SignOutDialog::reject()
{
    if (!m_attempt) {
        QDialog::reject();
        return;
    }
    // Its end is shown like any other: something may have been done already.
    m_attempt->cancel();
}

} // namespace Countersign::Desktop
