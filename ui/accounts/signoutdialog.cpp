// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/signoutdialog.h"

#include "models/accountmodel.h"
#include "text/commandtext.h"
#include "text/errortext.h"
#include "text/foreigntext.h"
#include "text/wording.h"
#include "widgets/banner.h"
#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString stepName(SignOutStep::Kind kind)
{
    switch (kind) {
    case SignOutStep::Kind::Revocation: return SignOutDialog::tr("Refresh token at the provider");
    case SignOutStep::Kind::EndSession: return SignOutDialog::tr("Session at the provider");
    case SignOutStep::Kind::LocalRemoval: return SignOutDialog::tr("Tokens on this computer");
    }
    Q_UNREACHABLE();
}

QIcon stepIcon(SignOutStep::Outcome outcome)
{
    switch (outcome) {
    case SignOutStep::Outcome::Done: return symbol(u"ok"_s, ColorRole::Success);
    case SignOutStep::Outcome::NotSupported:
    case SignOutStep::Outcome::NotWanted: return symbol(u"info"_s, ColorRole::MutedText);
    case SignOutStep::Outcome::Failed: return symbol(u"attention"_s, ColorRole::Danger);
    }
    Q_UNREACHABLE();
}

QPushButton *namedButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setAutoDefault(false);
    return button;
}

} // namespace

QString stepText(const SignOutStep &step)
{
    const auto name = stepName(step.kind);
    switch (step.outcome) {
    case SignOutStep::Outcome::Done:
        switch (step.kind) {
        case SignOutStep::Kind::Revocation: return SignOutDialog::tr("%1: taken back").arg(name);
        case SignOutStep::Kind::EndSession: return SignOutDialog::tr("%1: ended").arg(name);
        case SignOutStep::Kind::LocalRemoval: return SignOutDialog::tr("%1: removed").arg(name);
        }
        Q_UNREACHABLE();
    case SignOutStep::Outcome::NotSupported: return SignOutDialog::tr("%1: the provider offers no way").arg(name);
    case SignOutStep::Outcome::NotWanted: return SignOutDialog::tr("%1: left as it is").arg(name);
    case SignOutStep::Outcome::Failed: {
        const auto why = step.error ? whyItHappened(step.error->cause()) : QString();
        return SignOutDialog::tr("%1: failed. %2")
            .arg(name, why.isEmpty() && step.error ? whatHappened(step.error->code()) : why);
    }
    }
    Q_UNREACHABLE();
}

SignOutDialog::SignOutDialog(Session &session, AccountEntry entry, QWidget *parent)
    : QDialog(parent), m_session(session), m_entry(std::move(entry)), m_banner(new Banner), m_steps(new QListWidget),
      m_go(namedButton(tr("&Sign out"))), m_close(namedButton(tr("Cancel")))
{
    setMasked(false);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(540);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    showWhatIsLost(column);
    m_forget = addChoice(column, tr("Forget the tokens here"), tr("Always: that is what signing out means."), true);
    m_forget->setEnabled(false);
    const bool canRevoke = session.canRevoke(m_entry.profileId);
    const auto host = QUrl(session.profile(m_entry.profileId).value_or(ProfileEntry{}).issuer).host();
    m_revoke = addChoice(column, tr("&Revoke the refresh token at the provider"),
                         !canRevoke                ? tr("Not possible: this provider has no address for it.")
                             : !m_entry.canRefresh ? tr("Not needed: there is no refresh token.")
                                                   : tr("Asks %1, so that no copy of it works any more. This cannot be "
                                                        "undone.")
                                                         .arg(host),
                         canRevoke && m_entry.canRefresh);
    m_revoke->setEnabled(canRevoke && m_entry.canRefresh);
    const bool canEnd = session.canEndSession(m_entry.profileId);
    m_endSession = addChoice(column, tr("&End the session in the browser"),
                             canEnd ? tr("Opens a page of %1. The next sign-in asks for the password again.").arg(host)
                                    : tr("Not possible: this provider keeps no session that could be ended."),
                             false);
    m_endSession->setEnabled(canEnd);
    if (session.hasEmbeddedSession(m_entry.profileId))
        m_cookies =
            addChoice(column, tr("Forget what the sign-in &window keeps"),
                      tr("Cookies of this profile’s provider on this computer. Other accounts of the profile have "
                         "to type their password again, too."),
                      true);
    m_banner->hide();
    m_steps->setAccessibleName(tr("What became of each part"));
    m_steps->setMaximumHeight(120);
    m_steps->setWordWrap(true);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_steps->hide();
    column->addWidget(m_banner);
    column->addWidget(m_steps);
    column->addStretch();
    auto *command = namedButton(tr("Copy as co&mmand"));
    column->addWidget(new DialogButtons({command}, m_go, m_close));
    m_go->setDefault(true);
    connect(command, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(signOutCommand(request(), displayName(m_entry.account))); });
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
    m_go->setEnabled(false);
    for (auto *box : {m_revoke, m_endSession, m_cookies}) {
        if (box)
            box->setEnabled(false);
    }
    m_banner->showMessage(ColorRole::Info, tr("Signing out"));
    m_attempt = m_session.signOut(request());
    connect(m_attempt, &Attempt::finished, this, &SignOutDialog::showResult);
}

void SignOutDialog::showResult(const Result<Outcome> &result)
{
    m_attempt = nullptr;
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(m_close->text());
    if (!result) {
        m_banner->showError(result.error());
        m_go->setEnabled(true);
        return;
    }
    m_go->hide();
    const bool hasFailed =
        std::any_of(result->steps.cbegin(), result->steps.cend(),
                    [](const SignOutStep &step) { return step.outcome == SignOutStep::Outcome::Failed; })
        || !result->isEmbeddedForgotten.value_or(true);
    m_banner->showMessage(hasFailed ? ColorRole::Warning : ColorRole::Success,
                          hasFailed ? tr("Signed out here, but not everything worked") : tr("Signed out"));
    showSteps(*result);
    m_close->setDefault(true);
    m_close->setFocus();
}

void SignOutDialog::showSteps(const Outcome &outcome)
{
    m_steps->clear();
    for (const auto &step : outcome.steps)
        new QListWidgetItem(stepIcon(step.outcome), stepText(step), m_steps);
    if (const auto isForgotten = outcome.isEmbeddedForgotten) {
        new QListWidgetItem(stepIcon(*isForgotten ? SignOutStep::Outcome::Done : SignOutStep::Outcome::Failed),
                            *isForgotten ? tr("Cookies of the sign-in window: deleted")
                                         : tr("Cookies of the sign-in window: some could not be deleted"),
                            m_steps);
    }
    m_steps->show();
    adjustSize();
}

void SignOutDialog::reject()
{
    if (!m_attempt) {
        QDialog::reject();
        return;
    }
    m_attempt->cancel();
}

} // namespace Countersign::Desktop
