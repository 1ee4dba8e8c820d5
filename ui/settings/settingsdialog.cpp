// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/settingsdialog.h"

#include "settings/preferences.h"
#include "settings/sharedrows.h"
#include "settings/shortcutsgroup.h"
#include "settings/storagegroup.h"
#include "text/language.h"
#include "widgets/choicebox.h"
#include "widgets/dialogfit.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"
#include "window/actions.h"

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QStackedWidget>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString plainName(QString label)
{
    return label.remove(u'&');
}

QString languageName(const QString &language)
{
    return language.isEmpty() ? SettingsDialog::tr("The system’s") : QLocale(language).nativeLanguageName();
}

QString themeName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System: return SettingsDialog::tr("The system’s");
    case ThemeChoice::Light: return SettingsDialog::tr("Light");
    case ThemeChoice::Dark: return SettingsDialog::tr("Dark");
    case ThemeChoice::HighContrast: return SettingsDialog::tr("High contrast");
    }
    Q_UNREACHABLE();
}

} // namespace

SettingsDialog::SettingsDialog(Preferences &preferences, SharedSettings &shared, const ActionRegistry &actions,
                               QWidget *parent)
    : QDialog(parent), m_preferences(preferences), m_shared(shared), m_actions(actions),
      m_search(searchField(tr("Search the settings"), tr("Search"))), m_groups(new QListWidget),
      m_pages(new QStackedWidget), m_rows(new SharedRows(shared, this)), m_problem(plainTextLabel(tr("Problem")))
{
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    connect(m_rows, &SharedRows::refused, this, &SettingsDialog::tellRefusal);
    m_groups->setAccessibleName(tr("Groups of settings"));
    m_groups->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Expanding);
    addGeneral();
    addSignIn();
    addStorage();
    addPrivacy();
    addNetwork();
    // Rows stand together, with what is left of the page below them.
    const auto forms = m_pages->findChildren<QFormLayout *>();
    for (auto *form : forms)
        form->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding));
    addShortcuts();
    auto *buttons = new QDialogButtonBox;
    worded(buttons->addButton(QDialogButtonBox::Close), tr("Close"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_groups);
    row->addWidget(m_pages, 1);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addLayout(row, 1);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    m_problem->hide();
    fitText();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    keepRowChosen(*m_groups);
    connect(m_groups, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::search);
    m_groups->setCurrentRow(0);
}

void SettingsDialog::fitText()
{
    m_groups->setFixedWidth(m_groups->sizeHintForColumn(0) + 32);
    const auto wanted = sizeInText(*this, 124, 38);
    resize((isVisible() ? size().expandedTo(wanted) : wanted).boundedTo(roomOnScreen(*this)));
}

void SettingsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    // The text becomes larger while the dialog is open; what is in it hears of that later.
    if (event->type() == QEvent::FontChange)
        QMetaObject::invokeMethod(this, &SettingsDialog::fitText, Qt::QueuedConnection);
}

int SettingsDialog::groupCount() const
{
    return m_groups->count();
}

QFormLayout *SettingsDialog::addGroup(const QString &id, const QString &symbolName, const QString &title)
{
    auto *item = new QListWidgetItem(symbol(symbolName), title, m_groups);
    item->setData(Qt::UserRole, id);
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *area = new QScrollArea;
    area->setAccessibleName(title);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(page);
    m_pages->addWidget(area);
    return form;
}

void SettingsDialog::showGroup(const QString &id)
{
    for (int row = 0; row < m_groups->count(); ++row) {
        if (m_groups->item(row)->data(Qt::UserRole).toString() == id)
            m_groups->setCurrentRow(row);
    }
}

void SettingsDialog::addGeneral()
{
    auto *form = addGroup(u"general"_s, u"settings"_s, tr("General"));
    auto *language = new ChoiceBox;
    language->addItem(languageName({}), QString());
    const auto languages = availableLanguages();
    for (const auto &each : languages)
        language->addItem(languageName(each), each);
    language->setCurrentIndex(std::max(0, language->findData(m_preferences.language())));
    language->setAccessibleName(tr("Language"));
    auto *theme = new ChoiceBox;
    for (int i = 0; i < themeChoiceCount; ++i)
        theme->addItem(themeName(ThemeChoice(i)));
    theme->setCurrentIndex(int(m_preferences.theme()));
    theme->setAccessibleName(tr("Look"));
    auto *scale = new QSpinBox;
    scale->setRange(Preferences::minimumScale, Preferences::maximumScale);
    scale->setSingleStep(10);
    scale->setSuffix(tr(" %"));
    scale->setValue(m_preferences.textScale());
    scale->setAccessibleName(tr("Size of the text"));
    auto *times = new ChoiceBox;
    for (int i = 0; i < timeStyleCount; ++i)
        times->addItem(timeStyleText(TimeStyle(i)));
    times->setCurrentIndex(int(m_preferences.timeStyle()));
    times->setAccessibleName(tr("Times"));
    form->addRow(tr("&Language (with the next start)"), language);
    form->addRow(tr("Loo&k"), theme);
    form->addRow(tr("Si&ze of the text"), scale);
    form->addRow(tr("&Times"), times);
    addStart(form);
    connect(language, &QComboBox::activated, this,
            [this, language] { m_preferences.setLanguage(language->currentData().toString()); });
    connect(theme, &QComboBox::activated, this, [this](int choice) { m_preferences.setTheme(ThemeChoice(choice)); });
    connect(scale, &QSpinBox::valueChanged, this, [this](int percent) { m_preferences.setTextScale(percent); });
    connect(times, &QComboBox::activated, this, [this](int style) { m_preferences.setTimeStyle(TimeStyle(style)); });
}

void SettingsDialog::addStart(QFormLayout *form)
{
    auto *atLogin = new QCheckBox(tr("&Start when I log in"));
    atLogin->setAccessibleName(tr("Start when I log in"));
    atLogin->setChecked(m_shared.startsAtLogin());
    auto *tray = new QCheckBox(tr("Show the icon in the tra&y"));
    tray->setAccessibleName(tr("Show the icon in the tray"));
    tray->setChecked(m_preferences.showsTray());
    auto *closes = new QCheckBox(tr("Cl&osing the window leaves the program in the tray"));
    closes->setAccessibleName(tr("Closing the window leaves the program in the tray"));
    closes->setChecked(m_preferences.closesToTray());
    closes->setEnabled(tray->isChecked());
    for (auto *box : {atLogin, tray, closes})
        form->addRow(box);
    connect(atLogin, &QCheckBox::toggled, this, [this, atLogin](bool starts) {
        const auto stored = m_shared.setStartsAtLogin(starts);
        tellRefusal(stored ? QString() : tr("The system’s list of what starts at login cannot be written."));
        const QSignalBlocker quiet(atLogin);
        atLogin->setChecked(m_shared.startsAtLogin());
    });
    connect(tray, &QCheckBox::toggled, closes, &QWidget::setEnabled);
    connect(tray, &QCheckBox::toggled, this, [this](bool shows) { m_preferences.setShowsTray(shows); });
    connect(closes, &QCheckBox::toggled, this, [this](bool stays) { m_preferences.setClosesToTray(stays); });
}

void SettingsDialog::tellRefusal(const QString &why)
{
    m_problem->setText(why);
    m_problem->setVisible(!why.isEmpty());
}

void SettingsDialog::addSignIn()
{
    auto *form = addGroup(u"sign_in"_s, u"profile"_s, tr("Sign-in"));
    m_rows->addChoice({form, u"via"_s, tr("Begin &with"),
                       tr("Where the profile does not say how to sign in, here and on the command line.")},
                      {{u"auto"_s, tr("Whatever works best")},
                       {u"browser"_s, tr("The browser")},
                       {u"embedded"_s, tr("A window of this application")},
                       {u"device"_s, tr("A code on another device")}});
    addEmbedded(form);
    m_rows->addText({form, u"browser"_s, tr("&Browser"),
                     tr("The program that opens sign-in pages; it gets the address as its last word. Empty: the "
                        "system’s browser. Takes effect with the next start, here and on the command line.")},
                    u"firefox --private-window"_s);
    m_rows->addText({form, u"ports"_s, tr("&Ports for the way back"),
                     tr("Ports of this computer that the browser may come back to, where a firewall wants to know "
                        "them. Empty: any free one. Takes effect with the next start.")},
                    u"8400-8409"_s);
}

void SettingsDialog::addEmbedded(QFormLayout *form)
{
    m_rows->addChoice(
        {form, u"embedded_session"_s, tr("Window of this applicat&ion"),
         tr("What it does with the provider’s cookies. Kept, the next sign-in may need no password; they lie "
            "on this computer, unsealed, and every program of yours can use them. Choosing to forget "
            "deletes them at once.")},
        {{u"forget"_s, tr("Forgets them when it closes")}, {u"keep"_s, tr("Keeps what the provider wants kept")}});
    auto *forget = new QPushButton(tr("&Forget them now"));
    forget->setAccessibleName(tr("Forget what the sign-in window keeps"));
    forget->setAutoDefault(false);
    forget->setEnabled(m_shared.hasEmbeddedSessions());
    auto *line = new QHBoxLayout;
    line->addWidget(forget);
    line->addStretch();
    form->addRow(QString(), line);
    const auto follow = [this, forget] { forget->setEnabled(m_shared.hasEmbeddedSessions()); };
    connect(m_rows, &SharedRows::refused, forget, follow); // told after every change
    connect(forget, &QPushButton::clicked, this, [this, follow] {
        const auto forgotten = m_shared.forgetEmbeddedSessions();
        tellRefusal(forgotten ? QString() : tr("Not everything could be deleted: a sign-in window may be open."));
        follow();
    });
}

void SettingsDialog::addStorage()
{
    auto *form = addGroup(u"storage"_s, u"store"_s, tr("Storage"));
    auto *storage = new StorageGroup(m_shared);
    connect(storage, &StorageGroup::restartRequested, this, &SettingsDialog::restartRequested);
    connect(storage, &StorageGroup::moved, m_rows, &SharedRows::changedElsewhere);
    form->addRow(storage);
    m_rows->addChoice(
        {form, u"without_keychain"_s, tr("Without a &keychain"),
         tr("What happens when the system’s keychain cannot be reached.")},
        {{u"ask"_s, tr("Ask at every sign-in")}, {u"memory"_s, tr("Keep tokens until the program ends")}});
    m_rows->addText(
        {form, u"store"_s, tr("Kee&p tokens in"),
         tr("keychain, memory, file:PATH (sealed with a passphrase) or msal:PATH (MSAL’s own file, readable "
            "by every program of yours). Takes effect with the next start; tokens stay where they are.")},
        u"keychain"_s);
}

void SettingsDialog::addPrivacy()
{
    auto *form = addGroup(u"privacy"_s, u"eye"_s, tr("Privacy"));
    auto *masked = new QCheckBox(tr("Start &masked, for sharing the screen"));
    masked->setAccessibleName(tr("Start masked"));
    masked->setChecked(m_preferences.startsMasked());
    auto *hold = new ChoiceBox;
    for (const auto seconds : {10, 20, 30, 60, 120, 300})
        hold->addItem(tr("%n second(s)", nullptr, seconds), seconds);
    hold->addItem(tr("never"), int(Preferences::holdForever.count()));
    const auto current = int(m_preferences.clipboardHold().count());
    if (hold->findData(current) < 0)
        hold->addItem(tr("%n second(s)", nullptr, current), current);
    hold->setCurrentIndex(hold->findData(current));
    hold->setAccessibleName(tr("Seconds until a copied token leaves the clipboard"));
    form->addRow(QString(), masked);
    form->addRow(tr("&Clear a copied token after"), hold);
    if (QGuiApplication::platformName().startsWith("wayland"_L1))
        form->addRow(QString(),
                     noteLabel(tr("Under Wayland only the program in front may clear the clipboard: a copied "
                                  "token goes when one of these windows is in front again.")));
    m_rows
        ->addNumber({form, u"history_days"_s, tr("Keep the &history for"),
                     tr("Sign-ins, refreshes and failures of each account, on this computer only. 0 keeps none.")},
                    0, 3650, -1, tr("as long as there is room"))
        ->setSuffix(tr(" days"));
    form->addRow(QString(), noteLabel(tr("There is no telemetry, and nothing to switch off.")));
    connect(masked, &QCheckBox::toggled, this, [this](bool on) { m_preferences.setStartsMasked(on); });
    connect(hold, &QComboBox::activated, this,
            [this, hold] { m_preferences.setClipboardHold(std::chrono::seconds(hold->currentData().toInt())); });
}

void SettingsDialog::addNetwork()
{
    auto *form = addGroup(u"network"_s, u"globe"_s, tr("Network"));
    m_rows->addSwitch({form, u"offline"_s, tr("&Offline: send nothing"),
                       tr("Cached tokens can still be used, here and on the command line. Takes effect at once.")});
    m_rows->addText({form, u"proxy"_s, tr("&Proxy"),
                     tr("http://host:port, socks5://host:port or none. Empty: the system’s. Takes effect with the next "
                        "start.")},
                    u"http://proxy.example:8080"_s);
    m_rows->addText(
        {form, u"ca_file"_s, tr("Certificate &authorities"),
         tr("A PEM file with authorities to trust besides the system’s. Takes effect with the next start.")},
        u"/etc/ssl/company.pem"_s);
    m_rows
        ->addNumber({form, u"request_timeout"_s, tr("&Wait for a provider"),
                     tr("How long one answer may take, 5 to 300 seconds. Takes effect with the next start.")},
                    5, 300, 4, tr("30 s, as usual"))
        ->setSuffix(tr(" s"));
}

void SettingsDialog::addShortcuts()
{
    auto *form = addGroup(u"shortcuts"_s, u"edit"_s, tr("Shortcuts"));
    auto *shortcuts = new ShortcutsGroup(m_preferences, m_actions);
    connect(shortcuts, &ShortcutsGroup::refused, this, &SettingsDialog::tellRefusal);
    form->addRow(shortcuts);
}

void SettingsDialog::search(const QString &text)
{
    int first = -1;
    for (int row = 0; row < m_groups->count(); ++row) {
        bool fits = m_groups->item(row)->text().contains(text, Qt::CaseInsensitive);
        const auto labels = m_pages->widget(row)->findChildren<QWidget *>();
        for (const auto *widget : labels) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            const auto said = label ? plainName(label->text()) : widget->accessibleName();
            fits = fits || said.contains(text, Qt::CaseInsensitive);
        }
        m_groups->item(row)->setHidden(!fits);
        if (fits && first < 0)
            first = row;
    }
    if (first >= 0 && m_groups->currentItem() && m_groups->currentItem()->isHidden())
        m_groups->setCurrentRow(first);
}

} // namespace Countersign::Desktop
