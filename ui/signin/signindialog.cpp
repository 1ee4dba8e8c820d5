// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/signindialog.h"

#include "models/accountmodel.h"
#include "signin/checklist.h"
#include "signin/devicecodedialog.h"
#include "signin/stageline.h"
#include "signin/troublemenu.h"
#include "signin/waycards.h"
#include "text/commandtext.h"
#include "text/signintext.h"
#include "text/wording.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/commandbutton.h"
#include "widgets/countdownring.h"
#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! Other programs' windows have names on X11 and Windows only, and only for programs on the same one.
SignInRequest inFrontOf(const QDialog &dialog, SignInRequest request)
{
    const auto platform = QGuiApplication::platformName();
    if (platform == "xcb"_L1 || platform == "windows"_L1)
        request.parentWindow = quintptr(dialog.winId());
    return request;
}

} // namespace

SignInDialog::SignInDialog(Session &session, const SignInRequest &request, QWidget *parent)
    : QDialog(parent), m_session(session), m_run(session, request),
      m_profile(session.profile(request.profileId).value_or(ProfileEntry{.id = request.profileId})),
      m_host(QUrl(m_profile.issuer).host())
{
    setWindowTitle(tr("Sign in to %1").arg(m_profile.name));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(760);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    makeHeader(column);
    m_cards = new WayCards(m_run, session, m_host);
    column->addWidget(m_cards);
    makeStatus(column);
    column->addStretch();
    makeFooter(column);

    m_tick.setInterval(std::chrono::seconds(1));
    m_noteWait.setSingleShot(true);
    m_noteWait.setInterval(std::chrono::seconds(1));
    connect(&m_noteWait, &QTimer::timeout, this, &SignInDialog::showNote);
    m_closing.setSingleShot(true);
    m_closing.setInterval(closesAfter);
    connect(&m_tick, &QTimer::timeout, this, &SignInDialog::tick);
    connect(&m_closing, &QTimer::timeout, this, [this] {
        if (!isActiveWindow())
            accept();
    });
    connect(m_cards, &WayCards::codeRequested, this, &SignInDialog::showLargeCode);
    connect(&m_run, &SignInRun::changed, this, &SignInDialog::refresh);
    connect(&m_run, &SignInRun::stateChanged, this, &SignInDialog::enterState);
    m_tick.start();
    m_run.setRequest(inFrontOf(*this, request));
    m_run.start();
    enterState(m_run.state());
}

SignInDialog::~SignInDialog()
{
    m_run.disconnect(this);
}

void SignInDialog::makeHeader(QVBoxLayout *column)
{
    auto *title = new QLabel(windowTitle());
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    makeHeading(title, 1.4);
    title->setAccessibleName(title->text());
    column->addWidget(title);
    const auto scopes = m_run.request().scopes.isEmpty() ? m_profile.scopes : m_run.request().scopes;
    auto *asked = new QLabel(tr("At %1. Asks for: %2").arg(m_host, scopes.toString()));
    asked->setTextFormat(Qt::PlainText);
    asked->setWordWrap(true);
    asked->setForegroundRole(QPalette::PlaceholderText);
    asked->setAccessibleName(asked->text());
    column->addWidget(asked);
}

void SignInDialog::makeStatus(QVBoxLayout *column)
{
    m_status = new QWidget;
    auto *lines = new QVBoxLayout(m_status);
    lines->setContentsMargins(2, 4, 2, 0);
    lines->setSpacing(8);
    auto *row = new QHBoxLayout;
    m_state = new QLabel;
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setObjectName(u"state"_s);
    m_countdown = new QLabel;
    m_countdown->setTextFormat(Qt::PlainText);
    m_countdown->setObjectName(u"countdown"_s);
    m_countdown->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_state, 1);
    row->addWidget(m_countdown, 0, Qt::AlignTop);
    m_stages = new StageLine(signInStepNames());
    m_note = plainTextLabel(tr("What Cancel does now"));
    m_note->setObjectName(u"note"_s);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();
    lines->addLayout(row);
    lines->addWidget(m_stages);
    lines->addWidget(m_note);
    column->addWidget(m_status);

    m_banner = new Banner;
    m_banner->hide();
    column->addWidget(m_banner);
    m_checks = new CheckList;
    m_checks->hide();
    column->addWidget(m_checks);
    m_endRow = new QWidget;
    m_endButtons = new QHBoxLayout(m_endRow);
    m_endButtons->setContentsMargins(0, 0, 0, 0);
    m_endButtons->setAlignment(Qt::AlignLeading);
    column->addWidget(m_endRow);
    connect(m_banner, &Banner::actionChosen, this, &SignInDialog::takeErrorAction);
}

void SignInDialog::makeFooter(QVBoxLayout *column)
{
    m_trouble = new QPushButton;
    m_trouble->setObjectName(u"trouble"_s);
    m_trouble->setText(tr("T&rouble?"));
    m_trouble->setAccessibleName(tr("Help with what goes wrong"));
    m_trouble->setAutoDefault(false);
    auto *help = new TroubleMenu(m_run, m_session, this);
    m_trouble->setMenu(help);
    connect(help, &TroubleMenu::advised, this, &SignInDialog::showAdvice);
    connect(help, &TroubleMenu::restartRequested, this, &SignInDialog::restartWith);
    connect(help, &TroubleMenu::doctorRequested, this, &SignInDialog::doctorRequested);
    auto *copy = new CommandButton(
        tr("Copy as co&mmand"), tr("Copies the command line that signs in the same way (Ctrl+Shift+K)"),
        [this] { return signInCommand(m_run.request(), m_profile); }, this);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->setAutoDefault(false);
    column->addWidget(new DialogButtons({copy, m_trouble}, nullptr, m_cancel));
    connect(m_cancel, &QPushButton::clicked, this, &SignInDialog::reject);
}

QString SignInDialog::statusText() const
{
    auto way = SignInWay::DeviceCode;
    for (const auto wanted : {SignInWay::Browser, SignInWay::Embedded}) {
        if (m_run.way(wanted).isRunning())
            way = wanted;
    }
    way = m_run.winner().value_or(way);
    const auto &device = m_run.way(SignInWay::DeviceCode);
    return signInStateText(m_run.state(),
                           {.way = way,
                            .host = m_host,
                            .store = m_session.store().name,
                            .interval = m_run.pollInterval(),
                            .hasCode = device.isRunning() && device.code});
}

QString SignInDialog::stateText() const
{
    return m_banner->isHidden() ? m_state->text() : m_banner->title();
}

void SignInDialog::refresh()
{
    m_cards->refresh();
    if (m_run.state() == SignInState::Waiting || m_run.state() == SignInState::SlowDown)
        m_state->setText(statusText());
    tick();
    // What a card says may have become longer, which its layout hears of first.
    QTimer::singleShot(0, this, &SignInDialog::grow);
}

void SignInDialog::grow()
{
    // A window that somebody made larger stays so.
    if (layout()->hasHeightForWidth() && layout()->totalHeightForWidth(width()) > height())
        fitHeight();
}

void SignInDialog::enterState(SignInState state)
{
    m_state->setText(statusText());
    m_stages->setCurrent(signInStepOf(state));
    m_note->hide();
    m_noteWait.start(); // usually the next state comes first
    m_cancel->setText(m_run.isOver() ? tr("Close") : tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
    const bool needsStore = state == SignInState::NeedStore;
    m_cards->setVisible(!m_run.isOver() && !needsStore);
    m_status->setVisible(!m_run.isOver());
    m_trouble->setVisible(state != SignInState::Done && state != SignInState::ScopeReduced);
    m_banner->hide();
    while (auto *item = m_endButtons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    m_endRow->hide();
    m_closing.stop();
    if (m_run.isOver() || needsStore)
        showEnd(state);
    showChecks(state);
    announce(m_state, stateText(), isUrgent(state) ? Urgency::Assertive : Urgency::Polite);
    refresh();
    fitHeight();
    // Once more when the banner has been laid out: only then it knows how tall its lines are.
    QTimer::singleShot(0, this, &SignInDialog::fitHeight);
}

//! What it costs to cancel a step that takes longer than it should.
void SignInDialog::showNote()
{
    const auto text = cancelText(m_run.state(), m_host, m_session.store().name);
    if (text.isEmpty())
        return;
    m_note->setText(text);
    m_note->show();
    announce(m_note, text, Urgency::Polite);
    fitHeight();
    QTimer::singleShot(0, this, &SignInDialog::fitHeight);
}

void SignInDialog::showChecks(SignInState state)
{
    // What was checked stays to be read until the dialog closes.
    const bool isTicking = state == SignInState::Checking || state == SignInState::Saving || state == SignInState::Done;
    // Where none was made, none is to come any more either.
    const bool isThere = state == SignInState::Checking || !m_run.checks().checks().isEmpty();
    m_checks->setReport(m_run.checks(), !m_run.isOver());
    m_checks->setVisible((isTicking && isThere) || (m_run.isOver() && m_run.checks().hasFailures()));
}

void SignInDialog::fitHeight()
{
    if (!layout()->hasHeightForWidth())
        return; // the screen is too small for all of it, and it scrolls
    // Not adjustSize(): it takes the height that the texts would need in the narrowest dialog.
    const auto wanted = std::max({width(), minimumWidth(), layout()->totalMinimumSize().width()});
    resize(wanted, layout()->totalHeightForWidth(wanted));
}

void SignInDialog::addEndButton(const QString &text, std::function<void()> action, bool isDefault)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setAutoDefault(isDefault);
    button->setDefault(isDefault);
    connect(button, &QPushButton::clicked, this, std::move(action));
    m_endButtons->addWidget(button);
    button->show();
    m_endRow->show();
    if (isDefault)
        button->setFocus();
}

void SignInDialog::restartWith(const std::function<void(SignInRequest &)> &change)
{
    auto request = m_run.request();
    change(request);
    m_run.setRequest(std::move(request));
    m_run.restart();
}

void SignInDialog::showEnd(SignInState state)
{
    const auto again = [this] { restartWith([](SignInRequest &) {}); };
    const auto asOther = [this] {
        restartWith([](SignInRequest &request) { request.prompts = {u"select_account"_s}; });
    };
    switch (state) {
    case SignInState::NeedStore: showStoreProblem(); break;
    case SignInState::Done:
    case SignInState::ScopeReduced: showDone(); break;
    case SignInState::Declined:
        m_banner->showMessage(ColorRole::Danger, tr("You or the provider declined"), declineText(*m_run.error()));
        addEndButton(tr("&Try again"), again, true);
        break;
    case SignInState::WrongAccount:
        showWrongAccount();
        addEndButton(tr("&Try again"), asOther, true);
        addEndButton(tr("&Keep both"),
                     [this] { restartWith([](SignInRequest &request) { request.expectedAccount.reset(); }); });
        break;
    case SignInState::Expired:
        m_banner->showMessage(ColorRole::Warning, tr("The code ran out"),
                              tr("Nobody entered it in time. Nothing was stored."));
        addEndButton(tr("&New code"), again, true);
        break;
    case SignInState::Failed:
        m_banner->showError(*m_run.error());
        m_banner->focusFirstAction();
        break;
    case SignInState::Cancelled: QDialog::reject(); return;
    case SignInState::Preparing:
    case SignInState::Waiting:
    case SignInState::SlowDown:
    case SignInState::CameBack:
    case SignInState::Checking:
    case SignInState::Saving: break;
    }
}

void SignInDialog::showWrongAccount()
{
    m_banner->showMessage(ColorRole::Warning, tr("Somebody else signed in than was expected"),
                          wrongAccountText(m_session, m_run.request(), m_isMasked));
}

void SignInDialog::setMasked(bool masked)
{
    m_isMasked = masked;
    if (m_run.state() == SignInState::WrongAccount)
        showWrongAccount();
}

void SignInDialog::showStoreProblem()
{
    const auto &error = m_run.error();
    const bool isMissing = error && error->cause() == ErrorCause::StoreMissing;
    const auto words = storeProblemText(error, m_session.store().name, m_run.hasOpened());
    m_banner->showMessage(ColorRole::Warning, words.first, words.second);
    const bool isLocked = !error || error->cause() == ErrorCause::StoreLocked;
    addEndButton(
        isLocked && !m_run.hasOpened() ? tr("&Unlock") : tr("&Try again"), [this] { unlock(); }, true);
    addEndButton(tr("Use for this &session only"),
                 [this] { restartWith([](SignInRequest &request) { request.isSessionOnly = true; }); });
    // A file sealed with a passphrase needs no service of the system.
    if (isMissing)
        addEndButton(tr("Choose another &place…"), [this] {
            Q_EMIT settingsRequested(u"storage"_s);
            QDialog::reject();
        });
}

void SignInDialog::showDone()
{
    const auto &outcome = *m_run.outcome();
    const auto missing = m_run.missingScopes();
    const auto name = m_isMasked ? maskedText() : displayName(outcome.account);
    const auto summary = doneText(outcome);
    const auto &hint = m_run.request().loginHint;
    if (isSomebodyElse(hint, outcome.account)) {
        m_banner->showMessage(ColorRole::Warning,
                              tr("%1 signed in, %2 was asked for").arg(name, m_isMasked ? maskedText() : hint),
                              summary);
        addEndButton(
            tr("&Keep both"), [this] { accept(); }, true);
        addEndButton(tr("&Try again"),
                     [this] { restartWith([](SignInRequest &request) { request.prompts = {u"select_account"_s}; }); });
    } else if (missing.isEmpty()) {
        m_banner->showMessage(ColorRole::Success, tr("Signed in as %1").arg(name), summary);
        addEndButton(
            tr("Close"), [this] { accept(); }, true);
        m_closing.start();
    } else {
        // The line below says what was granted: all that is not in it is missing, and the numbers agree with both.
        const auto absent = outcome.asked.without(outcome.granted);
        m_banner->showMessage(
            ColorRole::Warning,
            tr("Granted %1 of %2 scopes").arg(outcome.asked.size() - absent.size()).arg(outcome.asked.size()),
            tr("Missing: %1").arg(absent.toString()) + u'\n' + summary);
        addEndButton(
            tr("C&ontinue"), [this] { accept(); }, true);
        addEndButton(tr("&Ask again"),
                     [this] { restartWith([](SignInRequest &request) { request.prompts = {u"consent"_s}; }); });
        if (const auto link = adminConsentLink(m_profile); !link.isEmpty()) {
            addEndButton(tr("Copy admin consent &link"),
                         [link] { QGuiApplication::clipboard()->setText(link.toString(QUrl::FullyEncoded)); });
        }
    }
    m_cancel->hide();
    // Who signed in stands in the ID token. The access token is its API's to read.
    const auto token = outcome.idTokenId.isEmpty() ? outcome.tokenId : outcome.idTokenId;
    if (!token.isEmpty()) {
        addEndButton(tr("&Inspect"), [this, id = token] {
            Q_EMIT inspectRequested(id);
            accept();
        });
    }
    Q_EMIT signedIn(outcome);
}

void SignInDialog::takeErrorAction(ErrorAction action)
{
    switch (action) {
    case ErrorAction::TryAgain:
    case ErrorAction::SignIn: return restartWith([](SignInRequest &) {});
    case ErrorAction::UseBrowser: return restartWith([](SignInRequest &request) { request.way = SignInWay::Browser; });
    case ErrorAction::UseDeviceCode:
        return restartWith([](SignInRequest &request) { request.way = SignInWay::DeviceCode; });
    case ErrorAction::Unlock: return unlock();
    case ErrorAction::UseSessionOnly: return restartWith([](SignInRequest &request) { request.isSessionOnly = true; });
    case ErrorAction::CopyDetails: return;
    }
}

void SignInDialog::unlock()
{
    m_session.askToUnlock(this, [this] { restartWith([](SignInRequest &) {}); });
}

void SignInDialog::tick()
{
    const auto &device = m_run.way(SignInWay::DeviceCode);
    const bool isWaiting = m_run.state() == SignInState::Waiting || m_run.state() == SignInState::SlowDown;
    if (!isWaiting || !device.code || !device.isRunning()) {
        m_countdown->clear();
        return;
    }
    const auto now = QDateTime::currentDateTimeUtc();
    m_countdown->setText(tr("device code %1 left").arg(countdownText(device.code->expiresAt, now)));
    m_countdown->setAccessibleName(m_countdown->text());
    const auto minutes = now.secsTo(device.code->expiresAt) / 60;
    if (m_announcedMinutes >= 0 && minutes < m_announcedMinutes)
        announce(m_countdown, m_state->text() + u' ' + m_countdown->text(), Urgency::Polite);
    m_announcedMinutes = minutes;
}

void SignInDialog::showAdvice(const TroubleAdvice &advice)
{
    m_banner->showMessage(advice.role, advice.title, advice.text);
    for (const auto &remedy : advice.remedies)
        connect(m_banner->addButton(remedy.text), &QPushButton::clicked, this, remedy.apply);
    // Later: only what has been laid out knows how tall it is.
    QTimer::singleShot(0, this, &SignInDialog::fitHeight);
}

void SignInDialog::showLargeCode()
{
    const auto &code = m_run.way(SignInWay::DeviceCode).code;
    if (!code)
        return;
    auto *large = new DeviceCodeDialog(*code, m_profile.name, this);
    connect(large, &DeviceCodeDialog::openRequested, this, [this](const QUrl &page) { m_session.openPage(page); });
    connect(&m_run, &SignInRun::stateChanged, large, [large](SignInState state) {
        if (state != SignInState::Waiting && state != SignInState::SlowDown)
            large->close();
    });
    large->open();
}

void SignInDialog::keyPressEvent(QKeyEvent *event)
{
    // Nothing here is the default, so Enter is for the button that it is on.
    auto *button = qobject_cast<QPushButton *>(focusWidget());
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && button && !button->isDefault())
        return button->click();
    QDialog::keyPressEvent(event);
}

void SignInDialog::reject()
{
    if (m_run.isOver()) {
        QDialog::reject();
        return;
    }
    // Ends in the state Cancelled, which closes the dialog.
    m_run.cancel();
}

} // namespace Countersign::Desktop
