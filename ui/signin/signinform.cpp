// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/signinform.h"

#include "signin/claimsfield.h"
#include "signin/claimsrequest.h"
#include "text/apiaddress.h"
#include "text/commandtext.h"
#include "text/extratext.h"
#include "text/wording.h"
#include "widgets/chipfield.h"
#include "widgets/choicebox.h"
#include "widgets/commandbutton.h"
#include "widgets/dialogbuttons.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"
#include "widgets/theme.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int anyAge = -1;
constexpr int oldestAge = 7 * 24 * 3600; // seconds

QLabel *quiet(ColorRole role = ColorRole::MutedText)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    const auto paint = [label, role] {
        auto colors = label->palette();
        colors.setColor(QPalette::WindowText, Theme::current().color(role));
        label->setPalette(colors);
    };
    paint();
    whenLookChanges(label, paint);
    return label;
}

//! A list of names in which none can be read.
class MaskingDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QString displayText(const QVariant &, const QLocale &) const override { return maskedText(); }
};

//! Says to Microsoft's APIs that a claims challenge is understood, which lets their tokens live longer.
QString challengeCapability()
{
    return u"cp1"_s;
}

} // namespace

SignInForm::SignInForm(Session &session, const QString &profileId, QWidget *parent)
    : QDialog(parent), m_session(session), m_profile(new ChoiceBox), m_hint(new ChoiceBox),
      m_scopes(new ChipField(tr("Scopes"))), m_resource(new QLineEdit), m_way(new ChoiceBox),
      m_keep(new QCheckBox(tr("&Keep me signed in"))),
      m_sessionOnly(new QCheckBox(tr("&Forget everything when the program ends"))),
      m_moreButton(new QPushButton(tr("&More"))), m_more(new QWidget), m_prompt(new ChoiceBox), m_domain(new QLineEdit),
      m_maxAge(new QSpinBox), m_acr(new QLineEdit), m_claims(new ClaimsField(ClaimsPlace::IdToken)),
      m_takesChallenges(new QCheckBox(tr("Understands claims challenges (cp1)"))), m_extra(new TextField),
      m_keepReason(quiet()), m_forecast(quiet()), m_remark(quiet(ColorRole::Warning)),
      m_start(new QPushButton(tr("&Sign in")))
{
    setWindowTitle(tr("Sign in"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(560);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    makeForm();
    makeMore();
    makeFooter();
    for (const auto &known : session.profiles()) {
        m_profile->addItem(known.name, known.id);
        if (known.id == profileId)
            m_profile->setCurrentIndex(m_profile->count() - 1);
    }
    connect(m_profile, &QComboBox::currentIndexChanged, this, &SignInForm::useProfile);
    useProfile();
    m_profile->setFocus();
}

void SignInForm::makeForm()
{
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(8);
    m_profile->setAccessibleName(tr("Profile"));
    m_hint->setAccessibleName(tr("Account"));
    m_hint->setEditable(true);
    m_hint->lineEdit()->setPlaceholderText(tr("anybody"));
    m_scopes->setAccessibleName(tr("Scopes"));
    m_scopes->setPlaceholderText(tr("add a scope"));
    auto *api = new QPushButton(symbol(u"globe"_s), tr("From the address of an AP&I…"));
    api->setAccessibleName(tr("Scopes from the address of an API"));
    api->setToolTip(tr("Finds out what to ask for to call an API. Nothing is sent."));
    api->setAutoDefault(false);
    m_resource->setAccessibleName(tr("Resource"));
    m_resource->setPlaceholderText(tr("only if the provider wants it (RFC 8707)"));
    m_way->setAccessibleName(tr("Begin with"));
    for (auto *box : {m_profile, m_hint, m_way, m_prompt})
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const auto way : {SignInWay::Browser, SignInWay::DeviceCode, SignInWay::Embedded})
        m_way->addItem(wayText(way), int(way));
    m_keep->setAccessibleName(tr("Keep me signed in"));
    m_keep->setChecked(true);
    m_sessionOnly->setAccessibleName(tr("Forget everything when the program ends"));
    auto *import = new QPushButton(symbol(u"import"_s), tr("Import…"));
    import->setAccessibleName(tr("Import a profile"));
    import->setToolTip(tr("From the pasted address of a sign-in, a token, or what another program uses"));
    import->setAutoDefault(false);
    auto *profileRow = new QHBoxLayout;
    profileRow->addWidget(m_profile, 1);
    profileRow->addWidget(import);
    auto *profileLabel = new QLabel(tr("&Profile"));
    profileLabel->setBuddy(m_profile);
    form->addRow(profileLabel, profileRow);
    connect(import, &QPushButton::clicked, this, [this] {
        Q_EMIT importRequested();
        reject();
    });
    form->addRow(tr("&Account"), m_hint);
    form->addRow(tr("S&copes"), m_scopes);
    auto *apiRow = new QHBoxLayout;
    apiRow->addWidget(api);
    apiRow->addStretch();
    form->addRow(QString(), apiRow);
    form->addRow(tr("&Begin with"), m_way);
    form->addRow(QString(), m_keep);
    m_keepReason->setAccessibleName(tr("Why nobody can be kept signed in"));
    form->addRow(QString(), m_keepReason);
    form->addRow(QString(), m_sessionOnly);
    static_cast<QVBoxLayout *>(layout())->addLayout(form);
    connect(api, &QPushButton::clicked, this, &SignInForm::askForApi);
    connect(m_scopes, &ChipField::changed, this, &SignInForm::check);
    // Later: the chips have to be laid out first.
    connect(m_scopes, &ChipField::changed, this, &SignInForm::fitHeight, Qt::QueuedConnection);
    connect(m_way, &QComboBox::currentIndexChanged, this, &SignInForm::check);
    connect(m_sessionOnly, &QCheckBox::toggled, this, &SignInForm::check);
}

void SignInForm::makeMore()
{
    auto *form = new QFormLayout(m_more);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setHorizontalSpacing(14);
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->addItem(tr("as the provider likes"), QString());
    m_prompt->addItem(tr("ask for the password again"), u"login"_s);
    m_prompt->addItem(tr("let me choose the account"), u"select_account"_s);
    m_prompt->addItem(tr("ask for consent again"), u"consent"_s);
    m_domain->setAccessibleName(tr("Domain hint"));
    m_maxAge->setAccessibleName(tr("Greatest age of the sign-in, in seconds"));
    m_maxAge->setRange(anyAge, oldestAge);
    m_maxAge->setValue(anyAge);
    m_maxAge->setSpecialValueText(tr("any"));
    m_maxAge->setSuffix(tr(" s"));
    m_acr->setAccessibleName(tr("Authentication context (acr_values)"));
    m_extra->setAccessibleName(tr("Extra parameters, one a line: name=value"));
    m_extra->setPlaceholderText(u"access_type=offline"_s);
    m_extra->setTabChangesFocus(true);
    wearFont(m_extra, fixedFont);
    m_extra->setFixedHeight(m_extra->fontMetrics().lineSpacing() * 4);
    m_extra->setLayoutDirection(Qt::LeftToRight);
    connect(m_extra, &QPlainTextEdit::textChanged, this, &SignInForm::check);
    connect(m_claims, &ClaimsField::changed, this, &SignInForm::check);
    form->addRow(tr("P&rompt"), m_prompt);
    form->addRow(tr("Reso&urce"), m_resource);
    form->addRow(tr("&Domain hint"), m_domain);
    form->addRow(tr("Max a&ge"), m_maxAge);
    form->addRow(tr("acr &values"), m_acr);
    auto *claimsLabel = new QLabel(tr("C&laims"));
    claimsLabel->setBuddy(m_claims->editor());
    form->addRow(claimsLabel, m_claims);
    makeCapability(*form);
    form->addRow(tr("E&xtra parameters"), m_extra);
    m_more->hide();
    m_moreButton->setCheckable(true);
    m_moreButton->setAutoDefault(false);
    m_moreButton->setAccessibleName(tr("More options"));
    connect(m_moreButton, &QPushButton::toggled, this, [this](bool isOpen) {
        m_more->setVisible(isOpen);
        adjustSize();
    });
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(m_moreButton, 0, Qt::AlignLeading);
    column->addWidget(m_more);
}

void SignInForm::makeCapability(QFormLayout &form)
{
    m_takesChallenges->setAccessibleName(tr("Understands claims challenges (cp1)"));
    m_takesChallenges->setToolTip(tr("Tells the provider so; its tokens may live longer, and end when an API says so"));
    form.addRow(QString(), m_takesChallenges);
}

QString SignInForm::claims() const
{
    const auto text = m_claims->text();
    // What the profile says of itself goes with every request of it.
    if (!m_takesChallenges->isEnabled() || !m_takesChallenges->isChecked())
        return text;
    return withClaim(text, {.place = ClaimsPlace::AccessToken, .name = u"xms_cc"_s, .values = {challengeCapability()}})
        .value_or(text);
}

void SignInForm::makeFooter()
{
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(m_remark);
    column->addWidget(m_forecast);
    column->addStretch();
    auto *command = new CommandButton(
        tr("Copy as comma&nd"), tr("Copies the command line that signs in the same way (Ctrl+Shift+K)"),
        [this] {
            const auto known = profile();
            return known ? signInCommand(request(), *known) : QString();
        },
        this);
    auto *cancel = new QPushButton(tr("Cancel"));
    for (auto *button : {cancel, m_start}) {
        button->setAccessibleName(button->text().remove(u'&'));
        button->setAutoDefault(false);
    }
    m_start->setDefault(true);
    column->addWidget(new DialogButtons({command}, m_start, cancel));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &SignInForm::start);
}

void SignInForm::setMasked(bool masked)
{
    m_hint->lineEdit()->setEchoMode(masked ? QLineEdit::Password : QLineEdit::Normal);
    if (masked == (m_usualLines != nullptr))
        return;
    if (masked)
        m_usualLines = m_hint->view()->itemDelegate();
    m_hint->view()->setItemDelegate(masked ? new MaskingDelegate(m_hint) : m_usualLines);
    if (!masked)
        m_usualLines = nullptr;
}

void SignInForm::setAccount(const QString &username)
{
    m_hint->setCurrentText(username);
}

std::optional<ProfileEntry> SignInForm::profile() const
{
    return m_session.profile(m_profile->currentData().toString());
}

void SignInForm::useProfile()
{
    const auto known = profile();
    if (!known)
        return check();
    m_hint->clear();
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts) {
        if (entry.profileId == known->id && !entry.account.username.isEmpty())
            m_hint->addItem(entry.account.username);
    }
    m_hint->setCurrentText(known->loginHint);
    m_scopes->setWords(known->scopes.sorted());
    m_scopes->setSuggestions(m_session.scopeSuggestions(known->id) + usualScopes(*known));
    m_resource->setText(known->resources.value(0));
    m_way->setCurrentIndex(m_way->findData(int(known->preferredWay)));
    m_keep->setEnabled(known->wantsRefreshToken);
    const auto keeping = known->wantsRefreshToken
        ? tr("Asks for a refresh token")
        : tr("Not possible: this profile asks for no refresh token. Its settings can change that.");
    m_keepReason->setText(keeping);
    m_keepReason->setVisible(!known->wantsRefreshToken);
    m_keep->setToolTip(keeping);
    m_keep->setAccessibleDescription(keeping);
    m_keep->setWhatsThis(keeping);
    m_keep->setChecked(known->wantsRefreshToken);
    const bool hasCapability = known->capabilities.contains(challengeCapability());
    m_takesChallenges->setEnabled(!hasCapability);
    m_takesChallenges->setChecked(hasCapability);
    for (const auto &way : m_session.ways(known->id)) {
        const auto place = m_way->findData(int(way.way));
        m_way->setItemText(place,
                           way.isAvailable ? wayText(way.way) : tr("%1 (not possible here)").arg(wayText(way.way)));
        m_way->setItemData(place, way.reason, Qt::ToolTipRole);
    }
    check();
}

SignInRequest SignInForm::request() const
{
    SignInRequest request;
    request.profileId = m_profile->currentData().toString();
    request.way = SignInWay(m_way->currentData().toInt());
    request.scopes = ScopeSet(m_scopes->words());
    request.loginHint = m_hint->currentText().trimmed();
    // Somebody known is meant, not somebody of that name.
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts) {
        if (entry.profileId == request.profileId && !request.loginHint.isEmpty()
            && entry.account.username.compare(request.loginHint, Qt::CaseInsensitive) == 0)
            request.expectedAccount = entry.account.id;
    }
    request.domainHint = m_domain->text().trimmed();
    if (const auto prompt = m_prompt->currentData().toString(); !prompt.isEmpty())
        request.prompts = {prompt};
    if (m_maxAge->value() != anyAge)
        request.maxAge = std::chrono::seconds(m_maxAge->value());
    request.acrValues = m_acr->text().trimmed();
    request.claims = claims();
    if (const auto resource = m_resource->text().trimmed(); !resource.isEmpty())
        request.resources = {resource};
    request.extra = ExtraParameterText::parse(m_extra->toPlainText()).parameters;
    request.keepsSignedIn = m_keep->isChecked();
    request.isSessionOnly = m_sessionOnly->isChecked();
    return request;
}

void SignInForm::askForApi()
{
    auto *ask = new QInputDialog(this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Address of an API"));
    ask->setLabelText(tr("The address that you want to call, or its host. Nothing is sent there."));
    for (auto *field : ask->findChildren<QLineEdit *>()) {
        field->setAccessibleName(ask->windowTitle());
        field->setPlaceholderText(u"https://graph.microsoft.com/v1.0/me"_s);
        field->setLayoutDirection(Qt::LeftToRight);
    }
    connect(ask, &QInputDialog::textValueSelected, this, [this](const QString &address) {
        if (takeApi(address))
            return;
        m_remark->setText(tr("This is no address of an API: it begins with https://."));
        m_remark->setAccessibleName(m_remark->text());
        m_remark->show();
    });
    ask->open();
}

bool SignInForm::takeApi(const QString &address)
{
    const auto known = profile();
    const auto access = known ? accessFor(address, *known) : Result<ApiAccess>(Error{ErrorCode::InvalidArgument, {}});
    if (!access)
        return false;
    m_scopes->setWords(access->scopes.sorted());
    m_resource->setText(access->resources.value(0));
    // What was set where it cannot be seen would be a riddle.
    if (!access->resources.isEmpty())
        m_moreButton->setChecked(true);
    return true;
}

void SignInForm::fitHeight()
{
    const auto wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : 0;
    if (wanted > height())
        resize(width(), wanted);
}

void SignInForm::check()
{
    m_forecast->setText(forecast());
    m_forecast->setAccessibleName(m_forecast->text());
    const auto text = remark();
    m_remark->setText(text);
    m_remark->setAccessibleName(text);
    m_remark->setVisible(!text.isEmpty());
    m_start->setEnabled(canStart());
    m_start->setToolTip(canStart() ? QString() : text);
}

void SignInForm::start()
{
    if (!canStart())
        return;
    Q_EMIT signInRequested(request());
    accept();
}

} // namespace Countersign::Desktop
