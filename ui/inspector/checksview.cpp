// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/checksview.h"

#include "models/checkmodel.h"
#include "profiles/providerprobe.h"
#include "text/checktext.h"
#include "text/errortext.h"
#include "text/foreigntext.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/foldingside.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"
#include "widgets/texttable.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct UseWord
{
    std::optional<Jose::JwtUse> use;
    QString text;
};

QList<UseWord> useWords()
{
    using Use = Jose::JwtUse;
    return {{Use::IdToken, ChecksView::tr("ID token")},
            {Use::AccessToken, ChecksView::tr("Access token")},
            {Use::LogoutToken, ChecksView::tr("Logout token")},
            {Use::AuthorizationResponse, ChecksView::tr("Signed answer to a sign-in (JARM)")},
            {Use::Introspection, ChecksView::tr("Signed introspection answer")},
            {Use::DpopProof, ChecksView::tr("DPoP proof")},
            {Use::SignedHttpRequest, ChecksView::tr("Signed HTTP request")},
            {std::nullopt, ChecksView::tr("None of these")}};
}

constexpr int noUse = -1;

int numberOf(std::optional<Jose::JwtUse> use)
{
    return use ? int(*use) : noUse;
}

//! Asks for a few lines only, so that the form beside it needs no scroll bar; it takes what is left over.
class KeyField final : public TextField
{
public:
    QSize sizeHint() const override { return {TextField::sizeHint().width(), minimumHeight()}; }
};

//! A form that is never cut at its end: what is beside it gives way.
class FormArea final : public QScrollArea
{
public:
    FormArea(QWidget *form, const QString &name)
    {
        setAccessibleName(name);
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(form);
    }
    QSize minimumSizeHint() const override
    {
        const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
        return {widget()->minimumSizeHint().width() + bar, QScrollArea::minimumSizeHint().height()};
    }
};

//! The entries of a list may be long: it is as wide as the fields beside it, and shows them whole when it opens.
void narrow(QComboBox &list)
{
    constexpr int columns = 14;
    list.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list.setMinimumContentsLength(columns);
}

//! The profile that a token's issuer makes, for asking the provider.
Profile profileOf(const QString &issuer)
{
    Profile profile;
    profile.id = u"inspector"_s;
    profile.issuer = issuer;
    profile.clientId = u"none"_s;
    return profile;
}

//! Whom a token of \p profile should be for. An ID token is the client's own (OIDC Core 3.1.3.7 step 3).
QString audienceOf(const Profile &profile, std::optional<Jose::JwtUse> use)
{
    if (use != Jose::JwtUse::AccessToken)
        return profile.clientId;
    if (!profile.expectations.audience.isEmpty())
        return profile.expectations.audience;
    return profile.audience.isEmpty() ? profile.resources.value(0) : profile.audience;
}

//! What a profile expects besides issuer and audience, a line each; empty: nothing.
QString policyText(const Jose::TokenPolicy &policy)
{
    QStringList lines;
    const auto add = [&lines](const QString &line, const QStringList &words) {
        if (!words.isEmpty())
            lines.append(line.arg(isolated(words.join(u' '), 300)));
    };
    QStringList claims;
    for (const auto &claim : policy.claims)
        claims.append(claim.name);
    add(ChecksView::tr("Scopes: %1"), policy.scopes);
    add(ChecksView::tr("Roles: %1"), policy.roles);
    add(ChecksView::tr("Strength of the sign-in: %1"), policy.authenticationContexts);
    add(ChecksView::tr("Claims: %1"), claims);
    if (policy.leeway)
        lines.append(ChecksView::tr("Clocks may differ by %n second(s)", nullptr, int(policy.leeway->count())));
    return lines.isEmpty() ? QString() : ChecksView::tr("The profile also expects:") + u'\n' + lines.join(u'\n');
}

} // namespace

ChecksView::ChecksView(QWidget *parent)
    : QWidget(parent), m_model(new CheckModel(this)), m_profile(new ChoiceBox), m_use(new ChoiceBox),
      m_issuer(addressField(tr("Expected issuer"), u"https://login.example.org"_s)),
      m_audience(addressField(tr("Expected audience"), tr("Client ID, or the address of an API"))),
      m_strict(new QCheckBox(tr("As RFC &9068 wants it"))), m_keys(new KeyField),
      m_fetch(new QPushButton(symbol(u"globe"_s), QString())), m_keyState(plainTextLabel(tr("State of the keys"))),
      m_policy(plainTextLabel(tr("What the profile expects besides"))),
      m_result(plainTextLabel(tr("Result of the checks"))), m_table(new TextTable(*m_model, tr("Checks"))),
      m_detail(plainTextLabel(tr("About this check")))
{
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ChecksView::showDetail);
    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->addWidget(m_result);
    rightColumn->addWidget(m_table, 3);
    auto *detail = scrolled(m_detail, tr("About this check"));
    detail->setMinimumHeight(m_detail->fontMetrics().lineSpacing() * 4);
    rightColumn->addWidget(detail, 1);
    auto *form = new FormArea(makeForm(), tr("What is expected"));
    form->setFocusProxy(m_profile);
    auto *side = new FoldingSide(form, right, tr("What is expected"));
    constexpr int columns = 105; // the form has no room beside the checks
    side->foldBelow(columns);
    side->splitter()->setStretchFactor(0, 2);
    side->splitter()->setStretchFactor(1, 3);
    side->splitter()->setSizes({400, 600}); // parts of the whole
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 0);
    column->addWidget(side);

    m_delay.setSingleShot(true);
    m_delay.setInterval(250);
    connect(&m_delay, &QTimer::timeout, this, &ChecksView::run);
    connect(m_use, &QComboBox::activated, this, &ChecksView::takeUse);
    connect(m_issuer, &QLineEdit::textChanged, this, &ChecksView::takeInput);
    connect(m_audience, &QLineEdit::textChanged, this, &ChecksView::takeInput);
    connect(m_strict, &QCheckBox::toggled, this, &ChecksView::takeInput);
    connect(m_keys, &QPlainTextEdit::textChanged, this, &ChecksView::takeInput);
    connect(m_profile, &QComboBox::activated, this, &ChecksView::takeProfile);
    connect(m_fetch, &QPushButton::clicked, this, &ChecksView::fetchKeys);
    setProfiles({});
    updateFetchButton();
}

ChecksView::~ChecksView()
{
    dropFetching();
}

void ChecksView::dropFetching()
{
    if (!m_fetching)
        return;
    m_fetching->disconnect(this);
    std::exchange(m_fetching, nullptr)->cancel();
}

QWidget *ChecksView::makeForm()
{
    auto *form = new QWidget;
    auto *lines = new QFormLayout(form);
    lines->setContentsMargins(0, 0, 8, 0);
    lines->setRowWrapPolicy(QFormLayout::WrapLongRows);
    lines->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    narrow(*m_profile);
    narrow(*m_use);
    for (const auto &word : useWords())
        m_use->addItem(word.text, numberOf(word.use));
    m_profile->setAccessibleName(tr("Take expectations from a profile"));
    m_use->setAccessibleName(tr("Used as"));
    m_strict->setAccessibleName(tr("The access token has to be as RFC 9068 wants it"));
    m_keys->setAccessibleName(tr("Keys of the issuer"));
    m_keys->setPlaceholderText(tr("Paste a JWK set, a key or a certificate"));
    wearFont(m_keys, fixedFont);
    m_keys->setLayoutDirection(Qt::LeftToRight);
    m_keys->setTabChangesFocus(true);
    m_keys->setMinimumHeight(m_keys->fontMetrics().lineSpacing() * 4);
    auto *open = new QPushButton(tr("Open fi&le…"));
    open->setAccessibleName(tr("Open a file with keys"));
    connect(open, &QPushButton::clicked, this, &ChecksView::openKeyFile);
    auto *buttons = new FlowLayout;
    buttons->addWidget(open);
    buttons->addWidget(m_fetch);
    lines->addRow(tr("Expect what is in"), m_profile);
    lines->addRow(tr("&Used as"), m_use);
    lines->addRow(tr("Issu&er"), m_issuer);
    lines->addRow(tr("Audien&ce"), m_audience);
    lines->addRow(QString(), m_strict);
    lines->addRow(QString(), m_policy);
    lines->addRow(tr("&Keys"), m_keys);
    lines->addRow(QString(), buttons);
    lines->addRow(QString(), m_keyState);
    tidyForm(*lines);
    return form;
}

void ChecksView::setProviderProbe(ProviderProbe *probe)
{
    m_probe = probe;
    updateFetchButton();
}

void ChecksView::setProfiles(const QList<Profile> &profiles)
{
    m_profiles = profiles;
    m_profile->clear();
    m_profile->addItem(tr("This form"));
    for (const auto &profile : profiles)
        m_profile->addItem(harmless(profile.displayName(), 80));
    m_profile->setEnabled(!profiles.isEmpty());
}

void ChecksView::takeProfile(int place)
{
    if (place <= 0 || place > m_profiles.size())
        return;
    const auto &profile = m_profiles.at(place - 1);
    auto expected = m_expectations;
    // What an authority's tokens name as issuer is known only after discovery.
    expected.issuer = profile.kind == Profile::Kind::Oidc ? profile.issuer : QString();
    if (!profile.expectations.issuer.isEmpty())
        expected.issuer = profile.expectations.issuer;
    expected.policy = profile.expectations;
    if (expected.issuer != m_expectations.issuer)
        expected.keys.clear();
    expected.audience = audienceOf(profile, expected.use);
    setExpectations(expected);
}

const Profile *ChecksView::chosenProfile() const
{
    const auto place = m_profile->currentIndex() - 1;
    return place >= 0 && place < m_profiles.size() ? &m_profiles.at(place) : nullptr;
}

void ChecksView::takeUse()
{
    takeInput();
    // Whom a token is for depends on what it is used as.
    if (const auto *profile = chosenProfile())
        m_audience->setText(audienceOf(*profile, m_expectations.use));
}

void ChecksView::expectProfile(const QString &id, const std::optional<KnownProvider> &provider)
{
    if (id.isEmpty()) {
        m_profile->setCurrentIndex(0);
        return setExpectations({.use = m_expectations.use});
    }
    const int place = placeOf(id);
    if (place == 0)
        return;
    m_profile->setCurrentIndex(place);
    takeProfile(place);
    if (provider)
        takeKnown(*provider);
}

//! In the list; 0, which is the form itself, where there is none of that id.
int ChecksView::placeOf(const QString &profileId) const
{
    const auto found = std::find_if(m_profiles.cbegin(), m_profiles.cend(),
                                    [&profileId](const Profile &each) { return each.id == profileId; });
    return found == m_profiles.cend() ? 0 : int(found - m_profiles.cbegin()) + 1;
}

QString ChecksView::profileId() const
{
    const auto *profile = chosenProfile();
    return profile ? profile->id : QString();
}

void ChecksView::restore(const QString &profileId, const Expectations &expectations)
{
    m_profile->setCurrentIndex(placeOf(profileId));
    m_keyState->clear();
    setExpectations(expectations);
}

void ChecksView::takeKnown(const KnownProvider &provider)
{
    auto expected = m_expectations;
    if (expected.issuer.isEmpty())
        expected.issuer = provider.issuer;
    if (expected.issuer != provider.issuer || !expected.keys.trimmed().isEmpty())
        return;
    if (!provider.keys)
        return setExpectations(expected);
    expected.keys = provider.keys->toJson();
    setExpectations(expected);
    m_keyState->setText(tr("Keys of %1, as the last sign-in found them.").arg(QUrl(provider.issuer).host()));
}

void ChecksView::setExpectations(const Expectations &expectations)
{
    m_expectations = expectations;
    const QSignalBlocker quiet[] = {QSignalBlocker(m_use), QSignalBlocker(m_issuer), QSignalBlocker(m_audience),
                                    QSignalBlocker(m_strict), QSignalBlocker(m_keys)};
    m_use->setCurrentIndex(std::max(0, m_use->findData(numberOf(expectations.use))));
    m_issuer->setText(expectations.issuer);
    m_audience->setText(expectations.audience);
    m_strict->setChecked(expectations.isProfileRequired);
    m_strict->setVisible(expectations.use == Jose::JwtUse::AccessToken);
    m_policy->setText(policyText(expectations.policy));
    m_policy->setVisible(!m_policy->text().isEmpty());
    m_keys->setPlainText(QString::fromUtf8(expectations.keys));
    updateFetchButton();
    run();
}

void ChecksView::takeInput()
{
    const int use = m_use->currentData().toInt();
    m_expectations.use = use == noUse ? std::nullopt : std::optional(Jose::JwtUse(use));
    m_expectations.issuer = m_issuer->text().trimmed();
    m_expectations.audience = m_audience->text().trimmed();
    m_expectations.isProfileRequired = m_strict->isChecked();
    m_expectations.keys = m_keys->toPlainText().toUtf8();
    m_strict->setVisible(m_expectations.use == Jose::JwtUse::AccessToken);
    updateFetchButton();
    m_delay.start();
}

void ChecksView::setToken(const Jose::TokenDocument &document)
{
    dropFetching(); // its keys are those of another token
    m_document = document;
    auto expected = m_expectations;
    expected.use = useOf(document.kind());
    if (const auto *profile = chosenProfile())
        expected.audience = audienceOf(*profile, expected.use);
    setExpectations(expected);
}

void ChecksView::setTimeStyle(TimeStyle style)
{
    m_model->setTimeStyle(style);
}

void ChecksView::clear()
{
    ++m_run;
    m_document.reset();
    m_model->setReport({});
    m_result->clear();
    m_detail->clear();
    m_profile->setCurrentIndex(0);
    setExpectations({});
}

void ChecksView::openKeyFile()
{
    auto *dialog = new QFileDialog(this, tr("Open keys"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly) || file.size() > Jose::JwkSet::maximumBytes)
            return m_keyState->setText(tr("This file cannot be read as keys."));
        m_keys->setPlainText(QString::fromUtf8(file.readAll()));
    });
    dialog->open();
}

QString ChecksView::issuerToAsk() const
{
    const auto claimed = m_document ? m_document->claims().string("iss").value_or(QString()) : QString();
    return m_expectations.issuer.isEmpty() ? claimed : m_expectations.issuer;
}

Profile ChecksView::profileToAsk() const
{
    const auto issuer = issuerToAsk();
    // The person's own profile knows more of the way there than its issuer: authorities to trust, for one.
    if (const auto *profile = chosenProfile(); profile && profile->issuer == issuer)
        return *profile;
    return profileOf(issuer);
}

QString ChecksView::keyHost() const
{
    const bool hasKeys = !m_expectations.keys.trimmed().isEmpty();
    return m_probe && m_document && !m_fetching && !hasKeys ? QUrl(issuerToAsk()).host() : QString();
}

void ChecksView::updateFetchButton()
{
    const auto host = QUrl(issuerToAsk()).host();
    const bool isFetching = m_fetching;
    m_fetch->setVisible(m_probe);
    m_fetch->setEnabled(isFetching || !host.isEmpty());
    m_fetch->setText(isFetching           ? tr("Cancel")
                         : host.isEmpty() ? tr("Fetch keys")
                                          : tr("Fetch keys from %1").arg(host));
    m_fetch->setAccessibleName(m_fetch->text());
    m_fetch->setToolTip(host.isEmpty() ? tr("Name the issuer first").toHtmlEscaped()
                                       : tr("Will contact %1").arg(host).toHtmlEscaped());
    Q_EMIT keyHostChanged();
}

void ChecksView::fetchKeys()
{
    if (m_fetching)
        return m_fetching->cancel();
    const auto host = QUrl(issuerToAsk()).host();
    m_fetching = m_probe->probe(profileToAsk());
    m_keyState->setText(tr("Reading the keys of %1").arg(host));
    connect(m_fetching, &ProbeRun::finished, this, [this, host](const Result<ProviderFacts> &result) {
        m_fetching = nullptr;
        if (!result)
            return keysFetched(host, &result.error());
        m_keys->setPlainText(QString::fromUtf8(result->keys));
        keysFetched(host, nullptr);
    });
    updateFetchButton();
}

void ChecksView::keysFetched(const QString &host, const Error *error)
{
    updateFetchButton();
    if (!error)
        return m_keyState->setText(
            tr("Keys of %1, fetched %2.").arg(host, QLocale().toString(QTime::currentTime(), QLocale::ShortFormat)));
    const auto words = errorText(*error);
    m_keyState->setText(words.what + u' ' + words.why);
}

void ChecksView::run()
{
    m_delay.stop();
    if (!m_document)
        return;
    // Large RSA keys and key sets of a megabyte take their time.
    QThreadPool::globalInstance()->start(
        [view = QPointer<ChecksView>(this), number = ++m_run, document = *m_document, expectations = m_expectations] {
            auto check = checkToken(document, expectations, QDateTime::currentDateTimeUtc());
            // The words are read with the first check, and here: the person's thread would stand still for it.
            for (const auto &each : check.report.checks()) {
                (void)checkTitle(each.id);
                (void)checkDetail(each);
            }
            // The guard is looked at on the view's own thread only, where it cannot die in between.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [view, number, check = std::move(check)] {
                    if (view && view->m_run == number)
                        view->show(check);
                },
                Qt::QueuedConnection);
        });
}

void ChecksView::show(const TokenCheck &check)
{
    m_model->setReport(check.report);
    m_result->setText(reportText(check.report));
    if (check.hasUnreadableKeys)
        m_keyState->setText(
            tr("These keys cannot be read: they are neither a JWK, a set of them, nor PEM, or the kind of "
               "key is not known here."));
    else if (m_expectations.keys.trimmed().isEmpty() && !m_fetching)
        m_keyState->setText(tr("Without keys the signature cannot be checked."));
    m_table->selectRow(0); // the worst comes first
    showDetail();
    Q_EMIT checked(check);
}

void ChecksView::showDetail()
{
    m_detail->setText(m_table->currentIndex().data(DetailRole).toString());
}

} // namespace Countersign::Desktop
