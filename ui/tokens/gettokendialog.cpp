// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokens/gettokendialog.h"

#include "models/accountmodel.h"
#include "signin/claimsfield.h"
#include "text/apiaddress.h"
#include "text/commandtext.h"
#include "text/wording.h"
#include "widgets/banner.h"
#include "widgets/chipfield.h"
#include "widgets/choicebox.h"
#include "widgets/commandbutton.h"
#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int mostMinutes = 24 * 60;

QPushButton *namedButton(const QString &text, const QString &symbolName = {})
{
    auto *button = symbolName.isEmpty() ? new QPushButton(text) : new QPushButton(symbol(symbolName), text);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setAutoDefault(false);
    return button;
}

//! What of \p asked the token does not do, each in a sentence.
QStringList shortfallsOf(const Outcome &outcome, const TokenRequest &asked, const QDateTime &at)
{
    QStringList sentences;
    if (const auto missing = missingScopes(asked.scopes, outcome.granted); !missing.isEmpty())
        sentences.append(GetTokenDialog::tr("Missing: %1. The provider did not grant it.").arg(missing.toString()));
    const auto wanted = std::chrono::duration_cast<std::chrono::minutes>(asked.minimumLifetime);
    if (outcome.expiresAt.isValid() && outcome.expiresAt < at.addSecs(asked.minimumLifetime.count()))
        sentences.append(GetTokenDialog::tr("Too short: it was to be good for %n minute(s) at least.", nullptr,
                                            int(wanted.count())));
    return sentences;
}

} // namespace

GetTokenDialog::GetTokenDialog(Session &session, const AccountEntry &chosen, QWidget *parent)
    : QDialog(parent), m_session(session), m_accounts(session.accounts()), m_account(new ChoiceBox),
      m_scopes(new ChipField(tr("Scopes"))), m_resource(new QLineEdit), m_minutes(new QSpinBox),
      m_force(new QCheckBox(tr("&Force a new token from the provider"))),
      m_claims(new ClaimsField(ClaimsPlace::AccessToken)), m_output(new ChoiceBox),
      m_flaw(plainTextLabel(tr("What is missing"))), m_banner(new Banner), m_why(new QLabel), m_trace(new QListWidget),
      m_get(namedButton(tr("&Get token"))), m_inspect(namedButton(tr("&Inspect"), u"inspect"_s)),
      m_copy(namedButton(tr("&Copy token"), u"copy"_s)), m_close(namedButton(tr("Close")))
{
    setWindowTitle(tr("Get token"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(620);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    makeForm();
    makeResult();
    makeFooter();
    fillAccounts(chosen);
    connect(m_account, &QComboBox::currentIndexChanged, this, &GetTokenDialog::useAccount);
    useAccount();
}

GetTokenDialog::~GetTokenDialog()
{
    if (!m_attempt)
        return;
    m_attempt->disconnect(this);
    m_attempt->cancel();
}

void GetTokenDialog::makeForm()
{
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(8);
    m_account->setAccessibleName(tr("Account"));
    m_account->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_scopes->setAccessibleName(tr("Scopes"));
    m_scopes->setPlaceholderText(tr("add a scope"));
    m_resource->setAccessibleName(tr("Resource"));
    m_resource->setPlaceholderText(tr("only if the provider wants it (RFC 8707)"));
    m_minutes->setAccessibleName(tr("Must be good for at least, in minutes"));
    m_minutes->setRange(0, mostMinutes);
    m_minutes->setValue(5);
    m_minutes->setSuffix(tr(" min"));
    m_force->setAccessibleName(tr("Force a new token from the provider"));
    form->addRow(tr("&Account"), m_account);
    form->addRow(tr("Sc&opes"), m_scopes);
    form->addRow(tr("&Resource"), m_resource);
    form->addRow(tr("Good for a&t least"), m_minutes);
    m_claims->editor()->setToolTip(
        tr("What an API asked for, or a claims request of your own. The cache is not asked then."));
    m_output->setAccessibleName(tr("Copied as"));
    for (const auto kind : allCopyForms())
        m_output->addItem(copyFormText(kind), int(kind));
    m_flaw->hide();
    auto *claimsLabel = new QLabel(tr("Claims re&quest"));
    claimsLabel->setBuddy(m_claims->editor());
    form->addRow(claimsLabel, m_claims);
    form->addRow(QString(), m_force);
    form->addRow(tr("Co&pied as"), m_output);
    form->addRow(QString(), m_flaw);
    connect(m_claims, &ClaimsField::changed, this, &GetTokenDialog::check);
    static_cast<QVBoxLayout *>(layout())->addLayout(form);
}

void GetTokenDialog::makeResult()
{
    auto *column = static_cast<QVBoxLayout *>(layout());
    m_banner->hide();
    m_why->setText(tr("Why:"));
    m_why->setAccessibleName(tr("Why the cache was or was not used"));
    m_why->setBuddy(m_trace);
    m_why->hide();
    m_trace->setAccessibleName(tr("What was looked at in the cache"));
    m_trace->setWordWrap(true);
    m_trace->setSelectionMode(QAbstractItemView::SingleSelection);
    m_trace->hide();
    column->addWidget(m_banner);
    column->addWidget(m_why);
    column->addWidget(m_trace);
    column->addStretch();
    connect(m_banner, &Banner::actionChosen, this, [this](ErrorAction action) {
        switch (action) {
        case ErrorAction::SignIn:
        case ErrorAction::UseBrowser:
        case ErrorAction::UseDeviceCode: {
            const auto asked = request();
            SignInRequest signIn{.profileId = asked.profileId,
                                 .scopes = asked.scopes,
                                 .claims = asked.claims,
                                 .resources = asked.resources};
            signIn.expectedAccount = asked.account;
            if (action == ErrorAction::UseDeviceCode)
                signIn.way = SignInWay::DeviceCode;
            Q_EMIT signInRequested(signIn);
            accept();
            return;
        }
        case ErrorAction::TryAgain: return start();
        case ErrorAction::Unlock: return m_session.askToUnlock(this, [this] { start(); });
        // What the account had lies in the place that is locked: only somebody who signs in anew can go on without.
        case ErrorAction::UseSessionOnly:
        case ErrorAction::CopyDetails: return;
        }
    });
}

void GetTokenDialog::makeFooter()
{
    auto *copying = new CommandButton(
        tr("Copy as co&mmand"), tr("Copies the command line that gets the same token (Ctrl+Shift+K)"),
        [this] { return command(); }, this);
    m_get->setDefault(true);
    m_inspect->hide();
    m_copy->hide();
    layout()->addWidget(new DialogButtons({copying, m_inspect, m_copy}, m_get, m_close));
    connect(m_get, &QPushButton::clicked, this, &GetTokenDialog::start);
    connect(m_close, &QPushButton::clicked, this, &GetTokenDialog::reject);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { Q_EMIT copyRequested(m_tokenId, CopyForm(m_output->currentData().toInt())); });
    connect(m_inspect, &QPushButton::clicked, this, [this] {
        Q_EMIT inspectRequested(m_tokenId);
        accept();
    });
}

void GetTokenDialog::fillAccounts(const AccountEntry &chosen)
{
    // As wide as its longest line would mean to measure every account there is.
    constexpr int shownCharacters = 40;
    m_account->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_account->setMinimumContentsLength(shownCharacters);
    const auto isChosen = [&chosen](const AccountEntry &entry) {
        return entry.profileId == chosen.profileId && entry.account.id == chosen.account.id;
    };
    const auto place = std::find_if(m_accounts.cbegin(), m_accounts.cend(), isChosen);
    m_account->addItems(accountLines(false));
    m_account->setCurrentIndex(place == m_accounts.cend() ? 0 : int(place - m_accounts.cbegin()));
}

QStringList GetTokenDialog::accountLines(bool isMasked) const
{
    QStringList lines;
    lines.reserve(m_accounts.size());
    std::optional<ProfileEntry> profile;
    for (const auto &entry : m_accounts) {
        if (!profile || profile->id != entry.profileId)
            profile = m_session.profile(entry.profileId);
        lines.append(
            tr("%1 (%2)").arg(isMasked ? maskedText() : displayName(entry), profile ? profile->name : entry.profileId));
    }
    return lines;
}

void GetTokenDialog::setMasked(bool masked)
{
    const auto lines = accountLines(masked);
    for (int place = 0; place < lines.size(); ++place)
        m_account->setItemText(place, lines.at(place));
}

void GetTokenDialog::useAccount()
{
    const auto place = m_account->currentIndex();
    if (place < 0)
        return;
    const auto profile = m_session.profile(m_accounts.at(place).profileId);
    if (!profile)
        return;
    m_scopes->setWords(profile->scopes.sorted());
    m_scopes->setSuggestions(m_session.scopeSuggestions(profile->id) + usualScopes(*profile));
    m_resource->setText(profile->resources.value(0));
}

void GetTokenDialog::check()
{
    m_flaw->setText(claimsFlaw(m_claims->text()));
    const bool isWrong = !m_flaw->text().isEmpty();
    m_flaw->setVisible(isWrong);
    m_get->setEnabled(!isWrong && !m_attempt);
    m_get->setToolTip(m_flaw->text());
}

TokenRequest GetTokenDialog::request() const
{
    TokenRequest request;
    if (const auto place = m_account->currentIndex(); place >= 0) {
        request.profileId = m_accounts.at(place).profileId;
        request.account = m_accounts.at(place).account.id;
    }
    request.scopes = ScopeSet(m_scopes->words());
    if (const auto resource = m_resource->text().trimmed(); !resource.isEmpty())
        request.resources = {resource};
    request.minimumLifetime = std::chrono::minutes(m_minutes->value());
    request.forceRefresh = m_force->isChecked();
    request.claims = m_claims->text();
    return request;
}

void GetTokenDialog::setForced(bool forced)
{
    m_force->setChecked(forced);
}

void GetTokenDialog::start()
{
    if (m_attempt || m_account->currentIndex() < 0 || !m_get->isEnabled())
        return;
    m_get->setEnabled(false);
    m_inspect->hide();
    m_copy->hide();
    m_why->hide();
    m_trace->hide();
    m_close->setText(tr("Cancel"));
    m_close->setAccessibleName(m_close->text());
    m_asked = request();
    const auto profile = m_session.profile(m_asked.profileId);
    const auto host = profile ? QUrl(profile->issuer).host() : QString();
    const auto entry = m_session.account(m_asked.profileId, m_asked.account);
    m_attempt = m_session.getToken(m_asked);
    const auto tell = [this, host, isOtherUnderWay = entry && entry->isBusy](Operation::Stage stage) {
        if (stage != Operation::Stage::Done)
            m_banner->showMessage(ColorRole::Info, stageText(stage, host, m_session.store(), isOtherUnderWay));
    };
    tell(Operation::Stage::Starting);
    connect(m_attempt, &Attempt::stageChanged, this, tell);
    connect(m_attempt, &Attempt::finished, this, &GetTokenDialog::showResult);
}

void GetTokenDialog::showResult(const Result<Outcome> &result)
{
    const auto trace = m_attempt ? m_attempt->trace() : DecisionTrace();
    m_attempt = nullptr;
    check();
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(m_close->text());
    if (!result) {
        m_banner->showError(result.error());
        return showTrace(trace);
    }
    m_tokenId = result->tokenId;
    m_inspect->setVisible(!m_tokenId.isEmpty());
    m_copy->setVisible(!m_tokenId.isEmpty());
    const auto now = QDateTime::currentDateTimeUtc();
    const auto shortfalls = shortfallsOf(*result, m_asked, now);
    auto lines = shortfalls;
    lines.append(originText(result->origin));
    if (result->expiresAt.isValid())
        lines.append(tr("It expires %1.").arg(expiryText(result->expiresAt, now)));
    lines.append(tr("Granted: %1").arg(result->granted.toString()));
    if (result->warning)
        lines.append(tr("But: %1").arg(whatHappened(result->warning->code())));
    if (!shortfalls.isEmpty())
        m_banner->showMessage(ColorRole::Warning, tr("A token came, but not the one that was asked for"),
                              lines.join(u'\n'));
    else
        m_banner->showMessage(result->warning ? ColorRole::Warning : ColorRole::Success, tr("Here is the token"),
                              lines.join(u'\n'));
    showTrace(result->trace);
}

void GetTokenDialog::showTrace(const DecisionTrace &trace)
{
    m_trace->clear();
    for (const auto &row : trace.rows) {
        const bool isUsed = row.verdict == TraceVerdict::Taken || row.verdict == TraceVerdict::TakenByMemory
            || row.verdict == TraceVerdict::ToBeSent;
        auto *item = new QListWidgetItem(
            symbol(isUsed ? u"ok"_s : u"info"_s, isUsed ? ColorRole::Success : ColorRole::MutedText), traceText(row),
            m_trace);
        item->setToolTip(describe(row));
    }
    // As tall as its rows, up to a few; more of them scroll.
    constexpr int most = 140;
    int height = 2 * m_trace->frameWidth() + 4;
    for (int row = 0; row < m_trace->count(); ++row)
        height += m_trace->sizeHintForRow(row);
    m_trace->setFixedHeight(std::min(height, most));
    m_why->setVisible(!trace.rows.isEmpty());
    m_trace->setVisible(!trace.rows.isEmpty());
    adjustSize();
}

QString GetTokenDialog::command() const
{
    const auto place = m_account->currentIndex();
    return place < 0 ? QString() : tokenCommand(request(), displayName(m_accounts.at(place).account));
}

void GetTokenDialog::reject()
{
    if (!m_attempt) {
        QDialog::reject();
        return;
    }
    // Its end is shown like any other, and the dialog stays for another try.
    m_attempt->cancel();
}

} // namespace Countersign::Desktop
