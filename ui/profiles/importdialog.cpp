// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/importdialog.h"

#include "text/findingtext.h"
#include "text/foreigntext.h"
#include "widgets/announcement.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <QtCore/QFile>
#include <QtCore/QUrl>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

enum Column : int { NameColumn, IssuerColumn, ClientColumn, RemarkColumn, ColumnCount };

QString remarks(const ImportedProfile &found, const Profile *known)
{
    QStringList lines{importSourceText(found.source)};
    if (known)
        lines.prepend(ImportDialog::tr("You have it already: %1.").arg(isolated(known->displayName(), 80)));
    if (found.isIssuerGuessed)
        lines.append(ImportDialog::tr("The issuer is a guess: test it."));
    if (found.hadSecret)
        lines.append(ImportDialog::tr("A secret was left out."));
    return lines.join(u' ');
}

} // namespace

QString importSourceText(const QString &source)
{
    static const QHash<QString, const char *> words{
        {u"appsettings"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From appsettings.")},
        {u"msal_configuration"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a configuration of MSAL.")},
        {u"google_client"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From Google’s client file.")},
        {u"keycloak"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From keycloak.json.")},
        {u"auth0"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a configuration of Auth0.")},
        {u"issuer_and_client"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a configuration.")},
        {u"discovery_document"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a provider’s configuration.")},
        {u"kubeconfig"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a kubeconfig.")},
        {u"token_cache"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog",
                           "From another program’s token cache: the client is that program’s own.")},
        {u"countersign"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From Countersign.")},
        {u"environment"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From environment variables.")},
        {u"authorization_url"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From the address of a sign-in.")},
        {u"well_known"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a .well-known address.")},
        {u"issuer"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From an address.")},
        {u"token"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::ImportDialog", "From a token.")}};
    const auto *known = words.value(source);
    return known ? ImportDialog::tr(known) : source;
}

ImportDialog::ImportDialog(const QList<Profile> &known, LocalSearchStart search, QWidget *parent)
    : QDialog(parent), m_known(known), m_search(std::move(search)), m_text(new TextField),
      m_table(new QTableWidget(0, ColumnCount)), m_state(plainTextLabel(tr("What was found"))),
      m_named(plainTextLabel(tr("What cannot be imported"))), m_buttons(new QDialogButtonBox)
{
    setWindowTitle(tr("Import profiles"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *hint = plainTextLabel(tr("Help"));
    hint->setText(
        tr("Paste appsettings JSON, a configuration of MSAL, environment lines, the address of an issuer or of "
           "a sign-in, or a token. Nothing leaves this computer, and no secret is taken over."));
    m_text->setAccessibleName(tr("Text with profiles"));
    wearFont(m_text, fixedFont);
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setTabChangesFocus(true);
    makeTable();
    auto *accept = m_buttons->addButton(tr("&Import"), QDialogButtonBox::AcceptRole);
    accept->setAccessibleName(tr("Import"));
    accept->setDefault(true);
    worded(m_buttons->addButton(QDialogButtonBox::Cancel), tr("Cancel"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(hint);
    column->addWidget(m_text, 1);
    column->addLayout(makeSources());
    column->addWidget(m_state);
    column->addWidget(m_table, 2);
    column->addWidget(m_named);
    m_named->hide();
    column->addWidget(m_buttons);
    resize(sizeInText(*this, 124, 36));

    connect(m_text, &QPlainTextEdit::textChanged, this, [this] { take(m_text->toPlainText().toUtf8()); });
    connect(m_table, &QTableWidget::itemChanged, this, &ImportDialog::check);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT imported(chosen());
        QDialog::accept();
    });
    m_text->setFocus();
    check();
}

QLayout *ImportDialog::makeSources()
{
    auto *row = new QHBoxLayout;
    const auto add = [this, row](QPushButton *button, const QString &name, auto action) {
        button->setAccessibleName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, action);
        row->addWidget(button);
        return button;
    };
    add(new QPushButton(symbol(u"import"_s), tr("&Open file…")), tr("Open a file"), &ImportDialog::openFile);
    add(new QPushButton(tr("From &environment")), tr("Look into the environment variables"),
        [this] { offer(importEnvironment(LocalPlaces::ofThisProcess().environment)); });
    if (m_search)
        m_here = add(new QPushButton(symbol(u"search"_s), tr("This &computer")),
                     tr("Look for what other programs on this computer know"), &ImportDialog::lookHere);
    row->addStretch();
    return row;
}

void ImportDialog::lookHere()
{
    if (m_looking)
        return m_looking->cancel();
    m_looking = m_search();
    if (!m_looking)
        return;
    m_here->setText(tr("&Stop looking"));
    m_state->setText(tr("Looking for what other programs know of sign-ins…"));
    m_looking->whenFinished(this, [this](const Result<QList<LocalFinding>> &found) { takeAnswer(found); });
}

void ImportDialog::takeAnswer(const Result<QList<LocalFinding>> &found)
{
    m_looking = nullptr;
    m_here->setText(tr("This &computer"));
    if (found) {
        takeFound(*found);
    } else {
        m_nothing = found.error().code() == ErrorCode::TimedOut ? tr("Looking around took too long and was given up.")
                                                                : QString();
        check();
    }
    announce(m_state, m_state->text(), Urgency::Polite);
}

void ImportDialog::takeFound(const QList<LocalFinding> &found)
{
    QList<ImportedProfile> profiles;
    QStringList named;
    for (const auto &finding : found) {
        if (finding.profile)
            profiles.append(*finding.profile);
        else
            named.append(tr("%1, %2: %3").arg(kindText(finding), placeText(finding), obstacleText(finding.obstacle)));
    }
    m_nothing = tr("No other program on this computer has a profile that can be imported.");
    offer(profiles);
    if (!profiles.isEmpty()) {
        m_table->setCurrentCell(0, NameColumn);
        m_table->setFocus();
    }
    m_named->setText(tr("Found as well, but not to be imported:") + u'\n' + named.join(u'\n'));
    m_named->setVisible(!named.isEmpty());
}

void ImportDialog::makeTable()
{
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Issuer"), tr("Client ID"), tr("Remarks")});
    m_table->setAccessibleName(tr("Profiles that were found"));
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(IssuerColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(ClientColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(RemarkColumn, QHeaderView::Stretch);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, m_table, &QTableView::resizeRowsToContents,
            Qt::QueuedConnection);
}

void ImportDialog::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open profiles"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return m_state->setText(tr("This file cannot be read: %1").arg(file.errorString()));
        take(file.read(maximumImportSize + 1));
    });
    dialog->open();
}

void ImportDialog::take(const QByteArray &text)
{
    const auto found = importProfiles(text);
    m_nothing.clear();
    offer(found ? *found : QList<ImportedProfile>());
}

void ImportDialog::offer(const QList<ImportedProfile> &found)
{
    const QSignalBlocker quiet(m_table);
    m_found = found;
    m_named->hide();
    m_table->setRowCount(int(found.size()));
    for (int row = 0; row < found.size(); ++row) {
        const auto &one = found.at(row);
        const auto *known = knownAs(one.profile);
        const QString texts[] = {freeName(one.profile.name), one.profile.issuer, one.profile.clientId,
                                 remarks(one, known)};
        for (int column = 0; column < ColumnCount; ++column) {
            // The remarks are our own.
            auto *item = new QTableWidgetItem(column == RemarkColumn ? texts[column] : harmless(texts[column], 300));
            auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
            if (column != RemarkColumn)
                flags |= Qt::ItemIsEditable;
            if (column == NameColumn) {
                flags |= Qt::ItemIsUserCheckable;
                item->setCheckState(known ? Qt::Unchecked : Qt::Checked);
            }
            item->setFlags(flags);
            m_table->setItem(row, column, item);
        }
    }
    check();
}

const Profile *ImportDialog::knownAs(const Profile &profile) const
{
    const auto same = std::find_if(m_known.begin(), m_known.end(), [&profile](const Profile &known) {
        return !profile.clientId.isEmpty() && isSameRegistration(known, profile);
    });
    return same == m_known.end() ? nullptr : &*same;
}

QString ImportDialog::freeName(const QString &name) const
{
    const auto isTaken = [this](const QString &candidate) {
        return std::any_of(m_known.begin(), m_known.end(),
                           [&candidate](const Profile &known) { return known.displayName() == candidate; });
    };
    auto free = name;
    for (int number = 2; isTaken(free); ++number)
        free = tr("%1 (%2)").arg(name).arg(number);
    return free;
}

bool ImportDialog::isChosen(int row) const
{
    return m_table->item(row, NameColumn)->checkState() == Qt::Checked;
}

QList<Profile> ImportDialog::chosen() const
{
    QList<Profile> profiles;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (!isChosen(row))
            continue;
        auto profile = m_found.at(row).profile;
        profile.name = m_table->item(row, NameColumn)->text().trimmed();
        profile.issuer = m_table->item(row, IssuerColumn)->text().trimmed();
        profile.clientId = m_table->item(row, ClientColumn)->text().trimmed();
        if (profile.name.isEmpty())
            profile.name = freeName(QUrl(profile.issuer).host());
        auto checked = profile;
        checked.id = u"new"_s;
        if (checked.configuration())
            profiles.append(profile);
    }
    return profiles;
}

void ImportDialog::check()
{
    int wanted = 0;
    for (int row = 0; row < m_table->rowCount(); ++row)
        wanted += isChosen(row) ? 1 : 0;
    const auto ready = int(chosen().size());
    if (m_found.isEmpty())
        m_state->setText(!m_nothing.isEmpty() ? m_nothing
                             : m_text->toPlainText().trimmed().isEmpty()
                             ? tr("Nothing was found yet.")
                             : tr("There is no profile in it that is understood here."));
    else if (wanted == 0)
        m_state->setText(tr("Nothing is chosen: tick what you want to import."));
    else if (ready == 0)
        m_state->setText(tr("An issuer or a client ID is missing: type it into the table."));
    else if (ready < wanted)
        m_state->setText(tr("%n can be imported. The others lack an issuer or a client ID: type it into the table.",
                            nullptr, ready));
    else
        m_state->setText(tr("%n can be imported.", nullptr, ready));
    for (auto *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(ready > 0);
    }
}

} // namespace Countersign::Desktop
