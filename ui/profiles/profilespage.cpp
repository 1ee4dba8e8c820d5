// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/profilespage.h"

#include "models/profilemodel.h"
#include "profiles/profiledelegate.h"
#include "text/checktext.h"
#include "text/foreigntext.h"
#include "widgets/banner.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/foldingside.h"
#include "widgets/lookwatch.h"
#include "widgets/steplist.h"
#include "widgets/symbol.h"
#include "window/actions.h"

#include <countersign/client/presets.h>

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

enum State : int { EmptyState, FullState };

QString factLine(const QString &name, const QString &value)
{
    return value.isEmpty() ? QString() : ProfilesPage::tr("%1: %2").arg(name, isolated(value, 300));
}

QString factsOf(const Profile &profile)
{
    QStringList lines{factLine(ProfilesPage::tr("Provider"), providerName(profile)),
                      factLine(ProfilesPage::tr("Issuer"), profile.issuer),
                      factLine(ProfilesPage::tr("Client ID"), profile.clientId),
                      factLine(ProfilesPage::tr("Scopes"), profile.scopes.toString()),
                      factLine(ProfilesPage::tr("Resources"), profile.resources.join(u' ')),
                      factLine(ProfilesPage::tr("Audience"), profile.audience),
                      factLine(ProfilesPage::tr("Redirect address"), profile.redirectUri),
                      factLine(ProfilesPage::tr("Note"), profile.note)};
    lines.removeAll(QString());
    return lines.join(u'\n');
}

} // namespace

ProfilesPage::ProfilesPage(ProfileStore &store, ProviderProbe *probe, Building building, QWidget *parent)
    : Page(u"profiles"_s, tr("Profiles"), u"profile"_s, tr("The applications and providers that sign-ins go through."),
           parent),
      m_store(store), m_probe(probe), m_model(new ProfileModel(this)), m_filtered(new QSortFilterProxyModel(this)),
      m_steps(new StepModel(this))
{
    if (building == Building::AtOnce)
        build();
    else // whoever opened the store has read it
        setBadge({.count = int(m_store.profiles().size())});
}

void ProfilesPage::fill(QWidget &content)
{
    m_stack = new QStackedWidget;
    m_filter = searchField(tr("Filter the profiles"), tr("Filter"));
    m_list = new QListView;
    m_title = plainTextLabel(tr("Name of the profile"));
    m_facts = plainTextLabel(tr("Settings of the profile"));
    m_knows = addressLabel(tr("What to know of this provider"));
    m_banner = new Banner;
    m_test = new QPushButton(symbol(u"globe"_s), QString());
    m_stepList = new StepList(*m_steps, tr("Steps of the test"));
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_side = new FoldingSide(makeList(), makeDetail(), tr("Profiles"));
    m_side->splitter()->setSizes({320, 640});
    m_stack->addWidget(new QWidget); // for the empty state, once there is nothing
    m_stack->addWidget(m_side);
    connect(m_list, &QListView::clicked, m_side, &FoldingSide::foldUp);
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    m_banner->hide();
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ProfilesPage::showCurrent);
    connect(m_list, &QListView::activated, this, [this] {
        if (const auto *profile = current())
            edit(*profile);
    });
    reload();
}

ProfilesPage::~ProfilesPage()
{
    if (m_testing) {
        m_testing->disconnect(this);
        m_testing->cancel();
    }
}

QWidget *ProfilesPage::makeList()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 8, 0);
    m_list->setModel(m_filtered);
    m_list->setAccessibleName(tr("Profiles"));
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new ProfileDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // rows are cut to the room there is
    keepRowChosen(*m_list);
    auto *add = new QPushButton(symbol(u"add"_s), tr("&New…"));
    add->setAccessibleName(tr("New profile"));
    auto *import = new QPushButton(symbol(u"import"_s), tr("I&mport…"));
    import->setAccessibleName(tr("Import profiles"));
    connect(add, &QPushButton::clicked, this, [this] { createProfile(u"oidc"_s); });
    connect(import, &QPushButton::clicked, this, [this] { importProfiles(); });
    auto *buttons = new FlowLayout;
    buttons->addWidget(add);
    buttons->addWidget(import);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    return side;
}

QWidget *ProfilesPage::makeButtons()
{
    auto *box = new QWidget;
    auto *flow = new FlowLayout(box);
    const auto add = [this, flow](const QString &symbolName, const QString &text, auto action) {
        auto *button = new QPushButton(symbol(symbolName), text);
        button->setAccessibleName(QString(text).remove(u'&').remove(u'…'));
        connect(button, &QPushButton::clicked, this, action);
        flow->addWidget(button);
        return button;
    };
    auto *signIn = add(u"signin"_s, tr("&Sign in…"), [this] { Q_EMIT signInRequested(current()->id); });
    signIn->setDefault(true);
    signIn->setIcon(symbol(u"signin"_s, ColorRole::AccentText));
    m_test->setVisible(m_probe);
    m_test->setText(tr("T&est"));
    m_test->setAccessibleName(tr("Test the profile"));
    connect(m_test, &QPushButton::clicked, this, &ProfilesPage::test);
    flow->addWidget(m_test);
    add(u"edit"_s, tr("Ed&it…"), [this] { edit(*current()); });
    add(u"ok"_s, tr("Use as &default"), [this] { makeDefault(); });
    auto *exportButton = new QPushButton(symbol(u"export"_s), tr("E&xport"));
    exportButton->setAccessibleName(tr("Export the profile"));
    auto *menu = new QMenu(exportButton);
    menu->addAction(tr("Copy as &JSON"), this, [this] { exportAs(ProfileFormat::Json); });
    menu->addAction(tr("Copy as &environment lines"), this, [this] { exportAs(ProfileFormat::Variables); });
    menu->addAction(tr("Copy as &appsettings section"), this, [this] { exportAs(ProfileFormat::AppSettings); });
    exportButton->setMenu(menu);
    flow->addWidget(exportButton);
    add(u"trash"_s, tr("De&lete"), [this] { remove(); });
    return box;
}

QWidget *ProfilesPage::makeDetail()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(12, 0, 4, 0);
    column->setSpacing(10);
    makeHeading(m_title, 1.4);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(makeButtons());
    column->addWidget(m_knows);
    column->addWidget(m_stepList, 1);
    column->addStretch();
    m_stepList->hide();
    m_stepList->setMinimumHeight(200);
    return scrolled(content, tr("Details of the profile"));
}

//! Whoever has profiles never sees it.
void ProfilesPage::showEmptyState()
{
    auto *state = m_stack->widget(EmptyState);
    if (!state->layout()) {
        auto *column = new QVBoxLayout(state);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(makeEmptyState());
    }
    m_stack->setCurrentIndex(EmptyState);
}

QWidget *ProfilesPage::makeEmptyState()
{
    auto *empty = new QWidget;
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(0, 0, 0, 0);
    auto *hint = plainTextLabel(tr("Help"));
    hint->setText(tr("A profile is an application’s registration at a provider. Choose the provider, or import what "
                     "another program uses."));
    auto *cards = new QWidget;
    auto *flow = new FlowLayout(cards);
    flow->setSpacing(10);
    for (const auto &preset : providerPresets()) {
        auto *card = new QPushButton(symbol(u"profile"_s), preset.name);
        card->setAccessibleName(tr("New profile for %1").arg(preset.name));
        card->setMinimumSize(190, 64);
        connect(card, &QPushButton::clicked, this, [this, id = preset.id] { createProfile(id); });
        flow->addWidget(card);
    }
    auto *import = new QPushButton(symbol(u"import"_s), tr("I&mport…"));
    import->setAccessibleName(tr("Import profiles"));
    import->setMinimumSize(190, 64);
    connect(import, &QPushButton::clicked, this, [this] { importProfiles(); });
    flow->addWidget(import);
    column->addWidget(hint);
    column->addSpacing(8);
    column->addWidget(cards);
    column->addStretch();
    return empty;
}

void ProfilesPage::contribute(ActionRegistry &actions)
{
    auto *add = actions.add({.id = u"profile.new"_s,
                             .menu = MenuKind::File,
                             .text = tr("&New profile…"),
                             .shortcut = QKeySequence::New,
                             .symbol = u"add"_s});
    connect(add, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        createProfile(u"oidc"_s);
    });
    auto *import = actions.add({.id = u"profile.import"_s,
                                .menu = MenuKind::File,
                                .text = tr("I&mport profiles…"),
                                .shortcut = QKeySequence(Qt::CTRL | Qt::Key_I),
                                .symbol = u"import"_s});
    connect(import, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        importProfiles();
    });
}

QList<QWidget *> ProfilesPage::focusStops() const
{
    if (!isBuilt())
        return {};
    if (m_stack->currentIndex() == EmptyState)
        return {m_stack};
    return {m_side->isFolded() ? static_cast<QWidget *>(m_side->button()) : m_list, m_test};
}

void ProfilesPage::activated()
{
    reload();
}

QString ProfilesPage::chosenProfile() const
{
    const auto *profile = current();
    return profile ? profile->id : QString();
}

const Profile *ProfilesPage::current() const
{
    return m_list ? m_model->profile(m_filtered->mapToSource(m_list->currentIndex())) : nullptr;
}

bool ProfilesPage::succeeded(const Result<void> &result)
{
    if (!result)
        m_banner->showError(result.error());
    return result.hasValue();
}

void ProfilesPage::reload()
{
    if (!isBuilt()) {
        // It reads the file when it is built.
        setBadge({.count = int(m_store.profiles().size())});
        return;
    }
    const auto *before = current();
    const auto id = before ? before->id : QString();
    if (!succeeded(m_store.load()))
        return;
    const auto *marked = m_store.defaultProfile();
    m_model->setProfiles(m_store.profiles(), marked ? marked->id : QString());
    countAccounts();
    if (m_store.profiles().isEmpty())
        showEmptyState();
    else
        m_stack->setCurrentIndex(FullState);
    setBadge({.count = int(m_store.profiles().size())});
    select(id);
}

void ProfilesPage::setAccountCounter(std::function<int(const QString &)> counter)
{
    m_counter = std::move(counter);
    countAccounts();
}

void ProfilesPage::countAccounts()
{
    if (!isBuilt() || !m_counter)
        return;
    QHash<QString, int> counts;
    for (const auto &profile : m_store.profiles())
        counts.insert(profile.id, m_counter(profile.id));
    m_model->setAccountCounts(std::move(counts));
}

void ProfilesPage::select(const QString &id)
{
    build();
    auto place = m_filtered->mapFromSource(m_model->indexOf(id));
    if (!place.isValid())
        place = m_filtered->index(0, 0);
    m_list->setCurrentIndex(place);
    showCurrent();
}

void ProfilesPage::showCurrent()
{
    if (m_testing)
        m_testing->cancel();
    m_steps->clear();
    m_stepList->hide();
    const auto *profile = current();
    if (!profile)
        return;
    m_title->setText(harmless(profile->displayName(), 80));
    m_side->setChosen(m_title->text());
    m_facts->setText(factsOf(*profile));
    QStringList facts;
    if (const auto *preset = presetForIssuer(profile->issuer)) {
        for (const auto &fact : preset->knows)
            facts.append(u"• "_s + fact.in(QLocale()));
    }
    m_knows->setText(withWholeAddresses(facts.join(u'\n')));
    m_knows->setVisible(!facts.isEmpty());
    const auto host = QUrl(profile->issuer).host();
    m_test->setText(tr("T&est"));
    m_test->setAccessibleName(tr("Test the profile"));
    m_test->setAccessibleDescription(tr("Will contact %1").arg(host));
    m_test->setToolTip(tr("Will contact %1").arg(host).toHtmlEscaped());
}

void ProfilesPage::test()
{
    if (m_testing)
        return m_testing->cancel();
    const auto *profile = current();
    if (!profile || !m_probe)
        return;
    m_steps->clear();
    m_stepList->show();
    m_testing = m_probe->test(*profile);
    m_tested = profile->id;
    connect(m_testing, &ProbeRun::stepStarted, m_steps, [this](const QString &id) { m_steps->begin(id); });
    connect(m_testing, &ProbeRun::stepFinished, m_steps, &StepModel::add);
    connect(m_testing, &ProbeRun::finished, this, &ProfilesPage::testFinished);
    m_test->setText(tr("Cancel t&est"));
    m_test->setAccessibleName(tr("Cancel the test"));
}

//! Of a test that came to its end.
void ProfilesPage::noteTest(const Result<ProviderFacts> &result)
{
    using Verdict = ProfileTestResult::Verdict;
    if (!result && result.error().code() == ErrorCode::Cancelled)
        return;
    const bool isAway = !result
        && (result.error().code() == ErrorCode::NetworkUnavailable || result.error().code() == ErrorCode::TimedOut);
    const auto verdict = isAway                                     ? Verdict::NotReached
        : !result || m_steps->count(Jose::CheckOutcome::Failed) > 0 ? Verdict::Broken
        : m_steps->count(Jose::CheckOutcome::NotPossible) > 0       ? Verdict::CannotTell
                                                                    : Verdict::Works;
    m_model->setTestResult(m_tested, {verdict, QDateTime::currentDateTimeUtc()});
}

void ProfilesPage::testFinished(const Result<ProviderFacts> &result)
{
    m_testing = nullptr;
    m_steps->end();
    m_test->setText(tr("T&est"));
    m_test->setAccessibleName(tr("Test the profile"));
    noteTest(result);
    const auto failure = result ? std::nullopt : std::optional(result.error().code());
    if (failure == ErrorCode::Cancelled)
        Q_EMIT said(tr("Test cancelled"));
    else if (failure == ErrorCode::NetworkUnavailable || failure == ErrorCode::TimedOut)
        Q_EMIT said(tr("The provider cannot be reached"));
    else
        Q_EMIT said(m_steps->count(Jose::CheckOutcome::Failed) > 0 ? tr("Something is wrong with this profile")
                        : m_steps->count(Jose::CheckOutcome::NotPossible) > 0
                        ? tr("Nothing is wrong as far as can be told without a sign-in")
                        : tr("The provider answers as it should"));
}

} // namespace Countersign::Desktop
