// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/profiledialog.h"

#include "profiles/expectationspage.h"
#include "text/extratext.h"
#include "text/foreigntext.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QStringList words(const QLineEdit *field)
{
    return field->text().split(u' ', Qt::SkipEmptyParts);
}

QLineEdit *named(const QString &name)
{
    return addressField(name, {});
}

//! A form longer than the screen scrolls: at 300 % that is any form.
QWidget *scrolling(QWidget *form)
{
    auto *area = new QScrollArea;
    area->setWidget(form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(ProfileDialog::tr("Settings"));
    return area;
}

QFormLayout *newForm(QWidget *page)
{
    auto *form = new QFormLayout(page);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setContentsMargins(4, 12, 8, 8);
    return form;
}

} // namespace

ProfileDialog::ProfileDialog(const Profile &profile, ClientSecretKeeper *secrets, QWidget *parent)
    : QDialog(parent), m_profile(profile), m_name(new QLineEdit), m_kind(new ChoiceBox), m_issuer(named(tr("Issuer"))),
      m_client(new ClientPage(secrets)), m_expectations(new ExpectationsPage),
      m_redirect(named(tr("Redirect address"))), m_way(new ChoiceBox),
      m_consoleText(addressLabel(tr("What to register at the provider"))), m_scopes(named(tr("Scopes"))),
      m_resources(named(tr("Resources"))), m_audience(named(tr("Audience"))), m_prompts(named(tr("Prompt"))),
      m_loginHint(named(tr("Login hint"))), m_domainHint(named(tr("Domain hint"))),
      m_acr(named(tr("Strength of the sign-in"))), m_capabilities(named(tr("Capabilities"))), m_extra(new TextField),
      m_caFile(named(tr("File of certificate authorities"))), m_note(new TextField),
      m_openId(new QCheckBox(tr("OpenID Connect (asks &who signs in)"))),
      m_refresh(new QCheckBox(tr("Ask for a &refresh token"))), m_push(new QCheckBox(tr("Push e&very request"))),
      m_problem(plainTextLabel(tr("Problem"))), m_buttons(new QDialogButtonBox)
{
    setWindowTitle(profile.id.isEmpty() ? tr("New profile") : tr("Profile %1").arg(profile.displayName()));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *pages = new QTabWidget;
    pages->setAccessibleName(tr("Groups of settings"));
    pages->tabBar()->setAccessibleName(tr("Groups of settings"));
    pages->addTab(scrolling(makeIdentityPage()), tr("&Identity"));
    pages->addTab(scrolling(m_client), tr("C&lient"));
    pages->addTab(scrolling(makeRedirectPage()), tr("Re&directs"));
    pages->addTab(scrolling(makeRequestPage()), tr("Re&quests"));
    pages->addTab(scrolling(makeTrustPage()), tr("&Trust"));
    pages->addTab(scrolling(m_expectations), tr("E&xpectations"));
    worded(m_buttons->addButton(QDialogButtonBox::Save), tr("Save"));
    worded(m_buttons->addButton(QDialogButtonBox::Cancel), tr("Cancel"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(pages, 1);
    column->addWidget(m_problem);
    column->addWidget(m_buttons);
    resize(sizeInText(*this, 104, 32));
    fill(m_profile);
    m_untouched = this->profile();
    for (auto *field : findChildren<QLineEdit *>())
        connect(field, &QLineEdit::textChanged, this, &ProfileDialog::check);
    connect(m_kind, &QComboBox::activated, this, &ProfileDialog::check);
    connect(m_client, &ClientPage::edited, this, &ProfileDialog::check);
    connect(m_extra, &QPlainTextEdit::textChanged, this, &ProfileDialog::check);
    // Another registration has another secret.
    const auto look = [this] { m_client->look(this->profile()); };
    connect(m_client, &ClientPage::settled, this, look);
    connect(m_issuer, &QLineEdit::editingFinished, this, look);
    connect(m_kind, &QComboBox::activated, this, look);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT saved(this->profile());
        accept();
    });
    look();
    check();
    m_name->setFocus();
}

ProfileDialog::~ProfileDialog()
{
    // The field that loses the focus with the window tells of it: not when its listeners are gone.
    hide();
}

QWidget *ProfileDialog::makeIdentityPage()
{
    auto *page = new QWidget;
    auto *form = newForm(page);
    m_name->setAccessibleName(tr("Name"));
    m_kind->setAccessibleName(tr("Kind of provider"));
    m_kind->addItem(tr("OpenID Connect or OAuth 2.0"), int(Profile::Kind::Oidc));
    m_kind->addItem(tr("Microsoft Entra ID"), int(Profile::Kind::Entra));
    m_note->setAccessibleName(tr("Note"));
    m_note->setTabChangesFocus(true);
    m_note->setMinimumHeight(m_note->fontMetrics().lineSpacing() * 4);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Provider"), m_kind);
    form->addRow(tr("I&ssuer"), m_issuer);
    form->addRow(tr("N&ote"), m_note);
    return page;
}

QWidget *ProfileDialog::makeRedirectPage()
{
    auto *page = new QWidget;
    auto *form = newForm(page);
    m_way->setAccessibleName(tr("How to sign in"));
    m_way->addItem(tr("Whatever works best"), int(Profile::Way::Automatic));
    m_way->addItem(tr("In the browser"), int(Profile::Way::Browser));
    m_way->addItem(tr("In a window of this application"), int(Profile::Way::Embedded));
    m_way->addItem(tr("On another device, with a code"), int(Profile::Way::Device));
    m_redirect->setPlaceholderText(u"http://127.0.0.1"_s);
    form->addRow(tr("Redirect &address"), m_redirect);
    form->addRow(QString(),
                 noteLabel(tr("Empty, or without a port: any free port of this computer. With one: that port "
                              "alone. An address of the application’s own scheme, msal{client ID}://auth "
                              "for example, needs the window of this application.")));
    form->addRow(tr("To &register"), m_consoleText);
    form->addRow(tr("Sign in &by"), m_way);
    connect(m_redirect, &QLineEdit::textChanged, this, &ProfileDialog::showConsoleText);
    connect(m_kind, &QComboBox::activated, this, &ProfileDialog::showConsoleText);
    return page;
}

//! What the person pastes into the provider's console.
void ProfileDialog::showConsoleText()
{
    const auto typed = m_redirect->text().trimmed();
    const bool isMicrosoft = Profile::Kind(m_kind->currentData().toInt()) == Profile::Kind::Entra;
    m_consoleText->setText(withWholeAddresses(!typed.isEmpty()  ? typed
                                                  : isMicrosoft ? u"http://localhost"_s
                                                                : u"http://127.0.0.1"_s));
}

QWidget *ProfileDialog::makeRequestPage()
{
    auto *page = new QWidget;
    auto *form = newForm(page);
    m_openId->setAccessibleName(tr("OpenID Connect"));
    m_refresh->setAccessibleName(tr("Ask for a refresh token"));
    m_push->setAccessibleName(tr("Push every request"));
    m_push->setToolTip(tr("For providers that take nothing else and do not say so (PAR, RFC 9126)"));
    m_extra->setAccessibleName(tr("Extra parameters, one a line: name=value"));
    m_extra->setPlaceholderText(u"access_type=offline"_s);
    wearFont(m_extra, fixedFont);
    m_extra->setLayoutDirection(Qt::LeftToRight);
    m_extra->setTabChangesFocus(true);
    m_extra->setMinimumHeight(m_extra->fontMetrics().lineSpacing() * 4);
    m_scopes->setPlaceholderText(u"openid profile"_s);
    m_prompts->setPlaceholderText(u"select_account"_s);
    form->addRow(tr("&Scopes"), m_scopes);
    form->addRow(tr("R&esources"), m_resources);
    form->addRow(tr("&Audience"), m_audience);
    form->addRow(tr("&Prompt"), m_prompts);
    form->addRow(tr("Login hi&nt"), m_loginHint);
    form->addRow(tr("D&omain hint"), m_domainHint);
    form->addRow(tr("Stren&gth (acr)"), m_acr);
    form->addRow(tr("&Capabilities"), m_capabilities);
    form->addRow(QString(), m_openId);
    form->addRow(QString(), m_refresh);
    form->addRow(QString(), m_push);
    form->addRow(tr("Extra para&meters"), m_extra);
    return page;
}

QWidget *ProfileDialog::makeTrustPage()
{
    auto *page = new QWidget;
    auto *form = newForm(page);
    form->addRow(tr("Certificate &authorities"), m_caFile);
    form->addRow(QString(),
                 noteLabel(tr("A PEM file, believed besides the system’s authorities, for this provider "
                              "alone. The proxy is the same for all: see the settings.")));
    return page;
}

void ProfileDialog::fill(const Profile &profile)
{
    m_name->setText(profile.name);
    m_kind->setCurrentIndex(m_kind->findData(int(profile.kind)));
    m_issuer->setText(profile.issuer);
    m_client->fill(profile);
    m_expectations->fill(profile);
    m_redirect->setText(profile.redirectUri);
    m_way->setCurrentIndex(m_way->findData(int(profile.way)));
    m_scopes->setText(profile.scopes.toString());
    m_resources->setText(profile.resources.join(u' '));
    m_audience->setText(profile.audience);
    m_prompts->setText(profile.prompts.join(u' '));
    m_loginHint->setText(profile.loginHint);
    m_domainHint->setText(profile.domainHint);
    m_acr->setText(profile.acrValues);
    m_capabilities->setText(profile.capabilities.join(u' '));
    m_extra->setPlainText(ExtraParameterText::write(profile.extra));
    m_caFile->setText(profile.caFile);
    m_note->setPlainText(profile.note);
    m_openId->setChecked(profile.isOpenId);
    m_refresh->setChecked(profile.wantsRefreshToken);
    m_push->setChecked(profile.requiresPushedRequests);
    showConsoleText();
}

void ProfileDialog::resume(const Profile &draft)
{
    fill(draft);
    check();
}

void ProfileDialog::reject()
{
    // As the form would give it back untouched: it trims and sorts.
    const auto draft = profile();
    const bool isNew = m_profile.id.isEmpty() && !(draft.issuer.isEmpty() && draft.clientId.isEmpty());
    const bool isChanged = isNew || !(draft == m_untouched);
    QDialog::reject();
    if (isChanged)
        Q_EMIT left(draft);
}

Profile ProfileDialog::profile() const
{
    auto profile = m_profile;
    profile.name = m_name->text().trimmed();
    profile.kind = Profile::Kind(m_kind->currentData().toInt());
    profile.issuer = m_issuer->text().trimmed();
    m_client->readInto(profile);
    m_expectations->readInto(profile);
    profile.redirectUri = m_redirect->text().trimmed();
    profile.way = Profile::Way(m_way->currentData().toInt());
    profile.scopes = ScopeSet(words(m_scopes));
    profile.resources = words(m_resources);
    profile.audience = m_audience->text().trimmed();
    profile.prompts = words(m_prompts);
    profile.loginHint = m_loginHint->text().trimmed();
    profile.domainHint = m_domainHint->text().trimmed();
    profile.acrValues = m_acr->text().trimmed();
    profile.capabilities = words(m_capabilities);
    profile.extra = ExtraParameterText::parse(m_extra->toPlainText()).parameters;
    profile.caFile = m_caFile->text().trimmed();
    profile.note = m_note->toPlainText();
    profile.isOpenId = m_openId->isChecked();
    profile.wantsRefreshToken = m_refresh->isChecked();
    profile.requiresPushedRequests = m_push->isChecked();
    return profile;
}

void ProfileDialog::check()
{
    auto candidate = profile();
    if (candidate.id.isEmpty())
        candidate.id = u"new"_s; // it gets its own when it is saved
    QString problem;
    if (candidate.issuer.isEmpty() && candidate.clientId.isEmpty())
        problem = tr("The issuer and the client ID are missing.");
    else if (candidate.issuer.isEmpty())
        problem = tr("The issuer is missing.");
    else if (!candidate.authority())
        problem =
            tr("This is no issuer: an address with https:// and without a question mark is (http on this computer "
               "only). Microsoft’s needs its tenant.");
    else if (candidate.clientId.isEmpty())
        problem = tr("The client ID is missing.");
    else if (!candidate.configuration())
        problem = tr("The redirect address cannot be used: one on this computer with http:// can, or one that begins "
                     "with the application’s own scheme.");
    else
        problem = flawText(ExtraParameterText::parse(m_extra->toPlainText()));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_buttons->button(QDialogButtonBox::Save)->setEnabled(problem.isEmpty());
}

} // namespace Countersign::Desktop
