// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/mainwindow.h"

#include "widgets/banner.h"
#include "widgets/clipboardguard.h"
#include "widgets/commandpalette.h"
#include "widgets/dialogfit.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"
#include "window/actions.h"
#include "window/dictionarydialog.h"
#include "window/page.h"
#include "window/pagecommands.h"
#include "window/rail.h"
#include "window/shortcutsdialog.h"

#include <QtCore/QSysInfo>
#include <QtGui/QAction>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int smallestWidth = 900;
constexpr int smallestHeight = 480;
constexpr int numberedPlaces = 9;
//! In characters. Below it the places are shown by their icons: with large text they would leave no room for the rest.
constexpr int narrowWidth = 100;

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_actions(new ActionRegistry(this)), m_toolBar(addToolBar(tr("Main actions"))),
      m_rail(new Rail), m_noticeRow(new QWidget), m_notice(new Banner), m_problemRow(new QWidget),
      m_problem(new Banner), m_dismiss(new QToolButton), m_stack(new QStackedWidget),
      m_clipboard(new ClipboardGuard(this)), m_copied(new QWidget)
{
    setWindowTitle(tr("Countersign"));
    setAccessibleName(tr("Countersign"));
    resize(1120, 720);
    fitScreen();
    m_toolBar->setObjectName(u"toolbar"_s);
    m_toolBar->setAccessibleName(tr("Main actions"));
    m_toolBar->setMovable(false);
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->hide();

    auto *center = new QWidget;
    auto *row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *problemRow = new QHBoxLayout(m_problemRow);
    problemRow->setContentsMargins(12, 10, 12, 0);
    problemRow->addWidget(m_problem, 1);
    problemRow->addWidget(m_dismiss, 0, Qt::AlignTop);
    auto *noticeRow = new QHBoxLayout(m_noticeRow);
    noticeRow->setContentsMargins(12, 10, 12, 0);
    noticeRow->addWidget(m_notice);
    column->addWidget(m_noticeRow);
    column->addWidget(m_problemRow);
    column->addWidget(m_stack, 1);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    setCentralWidget(center);

    m_noticeRow->hide();
    m_problemRow->hide();
    m_dismiss->setText(tr("Dismiss"));
    m_dismiss->setAccessibleName(tr("Dismiss the message"));
    connect(m_dismiss, &QToolButton::clicked, this, &MainWindow::dismissProblem);
    connect(m_problem, &Banner::actionChosen, this, &MainWindow::problemActionChosen);
    connect(m_rail, &QListWidget::currentRowChanged, this, [this](int place) {
        if (place >= 0 && place < m_pages.size())
            showPage(m_pages.at(place));
    });
    m_actions->fill(menuBar());
    makeActions();
    makeViewActions();
    makeStatusBar();
}

MainWindow::~MainWindow()
{
    // What somebody is typing is taken over when its dialog is hidden. A dialog that is destroyed hides itself as well,
    // but then the half of it that takes it over is gone.
    const auto dialogs = findChildren<QDialog *>();
    for (auto *dialog : dialogs)
        dialog->hide();
}

void MainWindow::makeActions()
{
    auto *quit = m_actions->add({.id = u"file.quit"_s,
                                 .menu = MenuKind::File,
                                 .section = 9,
                                 .text = tr("&Quit"),
                                 .shortcut = QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, [this] {
        m_hidesOnClose = false; // or the window would keep the program
        Q_EMIT aboutToClose();
        QApplication::quit();
    });
    auto *forget = m_actions->add(
        {.id = u"file.clear_clipboard"_s, .menu = MenuKind::File, .section = 5, .text = tr("C&lear copied token")});
    forget->setEnabled(false);
    connect(forget, &QAction::triggered, m_clipboard, &ClipboardGuard::clear);
    connect(m_clipboard, &ClipboardGuard::copied, forget, [forget] { forget->setEnabled(true); });
    connect(m_clipboard, &ClipboardGuard::cleared, forget, [forget] { forget->setEnabled(false); });

    auto *palette = m_actions->add({.id = u"help.palette"_s,
                                    .menu = MenuKind::Help,
                                    .text = tr("&Command palette"),
                                    .shortcut = QKeySequence(Qt::CTRL | Qt::Key_K),
                                    .symbol = u"inspect"_s,
                                    .tip = tr("Search every command by its name")});
    connect(palette, &QAction::triggered, this, &MainWindow::openPalette);
    auto *shortcuts = m_actions->add({.id = u"help.shortcuts"_s,
                                      .menu = MenuKind::Help,
                                      .text = tr("&Keyboard shortcuts"),
                                      .shortcut = QKeySequence(Qt::Key_F1)});
    connect(shortcuts, &QAction::triggered, this, &MainWindow::openShortcuts);
    const auto addDictionary = [this](const QString &id, const QString &text, const QString &tip,
                                      QList<DictionaryEntry> (*entries)()) {
        auto *action = m_actions->add({.id = id, .menu = MenuKind::Help, .section = 1, .text = text, .tip = tip});
        connect(action, &QAction::triggered, this, [this, action, entries] {
            (new DictionaryDialog(action->text().remove(u'&'), entries(), this))->open();
        });
    };
    addDictionary(u"help.claims"_s, tr("C&laim dictionary"), tr("What names in tokens mean"), claimDictionaryEntries);
    addDictionary(u"help.errors"_s, tr("&Error dictionary"), tr("What failures mean, and what helps"),
                  errorDictionaryEntries);
    auto *about =
        m_actions->add({.id = u"help.about"_s, .menu = MenuKind::Help, .section = 9, .text = tr("&About Countersign")});
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this, &MainWindow::openAbout);
}

void MainWindow::makeViewActions()
{
    auto *mask = m_actions->add({.id = u"view.mask"_s,
                                 .menu = MenuKind::View,
                                 .section = 5,
                                 .text = tr("&Mask for sharing the screen"),
                                 .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H),
                                 .symbol = u"eye"_s,
                                 .tip = tr("Hides names and tokens until it is switched off")});
    mask->setCheckable(true);
    connect(mask, &QAction::toggled, this, &MainWindow::setMasked);
    auto *collapse = m_actions->add({.id = u"view.collapse_rail"_s,
                                     .menu = MenuKind::View,
                                     .section = 6,
                                     .text = tr("&Narrow navigation"),
                                     .shortcut = QKeySequence(Qt::CTRL | Qt::Key_B)});
    collapse->setCheckable(true);
    connect(collapse, &QAction::toggled, this, &MainWindow::fitRail);
    auto *forward = m_actions->add({.id = u"view.next_area"_s,
                                    .menu = MenuKind::View,
                                    .section = 7,
                                    .text = tr("Ne&xt area"),
                                    .shortcut = QKeySequence(Qt::Key_F6)});
    connect(forward, &QAction::triggered, this, [this] { cycleFocus(1); });
    auto *backward = m_actions->add({.id = u"view.previous_area"_s,
                                     .menu = MenuKind::View,
                                     .section = 7,
                                     .text = tr("&Previous area"),
                                     .shortcut = QKeySequence(Qt::SHIFT | Qt::Key_F6)});
    connect(backward, &QAction::triggered, this, [this] { cycleFocus(-1); });
}

void MainWindow::fitRail()
{
    const bool hasLittleRoom = width() < narrowWidth * fontMetrics().averageCharWidth();
    m_rail->setCollapsed(hasLittleRoom || m_actions->find(u"view.collapse_rail"_s)->isChecked());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    fitRail();
}

void MainWindow::makeStatusBar()
{
    statusBar()->setAccessibleName(tr("Status"));
    auto *row = new QHBoxLayout(m_copied);
    row->setContentsMargins(6, 0, 0, 0);
    auto *text = new QLabel;
    text->setAccessibleName(tr("Copied token"));
    text->setObjectName(u"copied"_s);
    auto *clearNow = new QToolButton;
    clearNow->setText(tr("Clear now"));
    clearNow->setAccessibleName(tr("Clear the clipboard now"));
    auto *keep = new QToolButton;
    keep->setText(tr("Keep"));
    keep->setAccessibleName(tr("Keep the token in the clipboard"));
    for (auto *button : {m_dismiss, clearNow, keep})
        button->setObjectName(u"action"_s); // none of a tool bar: it has to look like one
    for (QWidget *widget :
         {static_cast<QWidget *>(text), static_cast<QWidget *>(clearNow), static_cast<QWidget *>(keep)})
        row->addWidget(widget);
    statusBar()->addWidget(m_copied);
    m_copied->hide();
    connect(clearNow, &QToolButton::clicked, m_clipboard, &ClipboardGuard::clear);
    connect(keep, &QToolButton::clicked, m_clipboard, &ClipboardGuard::keep);
    connect(m_clipboard, &ClipboardGuard::copied, this, &MainWindow::tellCopied);
    connect(m_clipboard, &ClipboardGuard::postponed, this, &MainWindow::tellCopied);
    connect(m_clipboard, &ClipboardGuard::ticked, this, &MainWindow::tellCopied);
    connect(m_clipboard, &ClipboardGuard::cleared, m_copied, &QWidget::hide);

    auto *masking = addStatusCell(tr("Masking"));
    const auto tell = [masking](bool masked) { masking->setText(masked ? tr("Masking on") : tr("Masking off")); };
    tell(false);
    connect(this, &MainWindow::maskedChanged, masking, tell);
    connect(masking, &QToolButton::clicked, m_actions->find(u"view.mask"_s), &QAction::toggle);
}

void MainWindow::addPage(Page *page)
{
    m_pages.append(page);
    m_stack->addWidget(page);
    m_rail->addPlace(*page);
    const auto place = int(m_pages.size()) - 1;
    page->contribute(*m_actions);
    auto *go = m_actions->add(
        {.id = u"view.place."_s + page->id(),
         .menu = MenuKind::View,
         .text = page->title(),
         .shortcut = place < numberedPlaces ? QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + place)) : QKeySequence(),
         .symbol = page->symbolName(),
         .tip = page->accessibleDescription()});
    connect(go, &QAction::triggered, page, [this, page] { showPage(page); });
    connect(page, &Page::raiseRequested, this, [this, page] { showPage(page); });
    connect(page, &Page::badgeChanged, this, [this, page, place] { m_rail->setBadge(place, page->badge()); });
    connect(page, &Page::problem, this, &MainWindow::showProblem);
    connect(page, &Page::said, this, &MainWindow::say);
    connect(page, &Page::copyRequested, m_clipboard, &ClipboardGuard::copy);
    page->setMasked(isMasked());
    if (place == 0)
        bringForward(page);
}

Page *MainWindow::page(const QString &id) const
{
    for (auto *page : m_pages) {
        if (page->id() == id) {
            page->build();
            return page;
        }
    }
    return nullptr;
}

Page *MainWindow::currentPage() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

void MainWindow::bringForward(Page *page)
{
    const auto place = m_pages.indexOf(page);
    if (place < 0)
        return;
    const QSignalBlocker quiet(m_rail);
    m_rail->setCurrentRow(int(place));
    m_stack->setCurrentWidget(page);
    // It belongs to the place in which it arose, and is there when somebody comes back.
    m_problemRow->setVisible(m_problemPlace == page);
    setWindowTitle(tr("%1 – Countersign").arg(page->title()));
}

void MainWindow::showPage(Page *page)
{
    if (!m_pages.contains(page))
        return;
    page->build(); // not before: a style sheet costs seven kilobytes for each part of a window
    bringForward(page);
    page->activated();
    Q_EMIT pageShown(page);
}

void MainWindow::showEvent(QShowEvent *event)
{
    // Nobody chose a place yet: the first is shown.
    if (auto *page = currentPage(); page && !page->isBuilt())
        showPage(page);
    // What a person does first is to choose, not to press the first button of the tool bar.
    if (!m_hasAppeared)
        focusPage();
    QMainWindow::showEvent(event);
    Q_EMIT shown();
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (m_hasAppeared)
        return;
    m_hasAppeared = true;
    QMetaObject::invokeMethod(this, &MainWindow::appeared, Qt::QueuedConnection);
}

QList<QAction *> MainWindow::commands() const
{
    return m_actions->all();
}

void MainWindow::fillToolBar(const QStringList &ids)
{
    m_toolBar->clear();
    for (const auto &id : ids) {
        if (id.isEmpty())
            m_toolBar->addSeparator();
        else if (auto *action = m_actions->find(id))
            m_toolBar->addAction(action);
    }
    for (auto *button : m_toolBar->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly)) {
        if (button->defaultAction())
            button->setAccessibleName(button->defaultAction()->text().remove(u'&'));
        else
            button->setAccessibleName(tr("More actions"));
    }
    m_toolBar->setVisible(!ids.isEmpty());
}

QToolButton *MainWindow::addStatusCell(const QString &accessibleName)
{
    auto *cell = new QToolButton;
    cell->setAccessibleName(accessibleName);
    cell->setAutoRaise(true);
    cell->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    statusBar()->addPermanentWidget(cell);
    return cell;
}

void MainWindow::showProblem(const Error &error)
{
    m_problem->showError(error);
    m_problemPlace = currentPage();
    m_problemRow->show();
}

QPushButton *MainWindow::showNotice(const QString &title, const QString &text, const QString &button)
{
    m_notice->showMessage(ColorRole::Warning, title, text);
    m_noticeRow->show();
    auto *remedy = m_notice->addButton(button);
    remedy->setAutoDefault(false);
    return remedy;
}

void MainWindow::dismissProblem()
{
    m_problemPlace = nullptr;
    m_problemRow->hide();
}

void MainWindow::say(const QString &text)
{
    constexpr int shownFor = 6000; // milliseconds
    statusBar()->showMessage(text, shownFor);
}

bool MainWindow::isMasked() const
{
    return m_actions->find(u"view.mask"_s)->isChecked();
}

void MainWindow::setMasked(bool masked)
{
    m_actions->find(u"view.mask"_s)->setChecked(masked);
    for (auto *page : m_pages)
        page->setMasked(masked);
    Q_EMIT maskedChanged(masked);
}

void MainWindow::raiseToFront()
{
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

QList<QAction *> MainWindow::paletteCommands(QObject *owner)
{
    for (auto *page : m_pages)
        page->complete();
    return commands()
        + pageCommands(
               m_pages, commands(), [this](Page *page) { showPage(page); }, owner);
}

void MainWindow::openPalette()
{
    auto *owner = new QObject(this);
    // Where it was called: a token may have a window of its own.
    auto *front = QApplication::activeWindow();
    auto *palette = new CommandPalette(paletteCommands(owner), front && front->parent() == this ? front : this);
    owner->setParent(palette);
    palette->open();
}

void MainWindow::openAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Countersign"),
                        tr("Countersign %1").arg(QCoreApplication::applicationVersion()), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setAccessibleName(box->windowTitle());
    box->setInformativeText(tr("Signs in with OAuth 2.0 and OpenID Connect, keeps the tokens and shows what is in "
                               "them.\n\nCopyright: the Countersign authors. License: Apache 2.0, without any "
                               "warranty.\nQt %1, %2.")
                                .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName()));
    worded(box->addButton(QMessageBox::Close), tr("Close"));
    box->open();
}

void MainWindow::openShortcuts()
{
    (new ShortcutsDialog(*m_actions, this))->open();
}

void MainWindow::focusPage()
{
    const auto stops = currentPage() ? currentPage()->focusStops() : QList<QWidget *>();
    if (!stops.isEmpty() && stops.constFirst())
        stops.constFirst()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::cycleFocus(int step)
{
    QList<QWidget *> stops{m_rail};
    if (auto *page = currentPage())
        stops += page->focusStops();
    stops.removeIf([](const QWidget *widget) { return !widget->isVisible() || !widget->isEnabled(); });
    if (stops.isEmpty())
        return;
    qsizetype at = -1;
    for (qsizetype i = 0; i < stops.size(); ++i) {
        if (stops.at(i)->hasFocus() || stops.at(i)->isAncestorOf(focusWidget()))
            at = i;
    }
    const auto next = at < 0 ? (step > 0 ? 0 : stops.size() - 1) : (at + step + stops.size()) % stops.size();
    stops.at(next)->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

void MainWindow::tellCopied()
{
    const auto left = m_clipboard->timeLeft();
    QString text;
    if (m_clipboard->isDue())
        text = tr("The copied token stays in the clipboard until this window is in front again: this desktop lets no "
                  "other program clear it");
    else if (!left)
        text = tr("Copied; it stays in the clipboard until you clear it");
    else
        text = tr("Copied; the clipboard is cleared in %n second(s)", nullptr, int(left->count()));
    m_copied->findChild<QLabel *>(u"copied"_s)->setText(text);
    m_copied->show();
}

QJsonObject MainWindow::saveLayout() const
{
    QJsonObject layout{{u"geometry"_s, QString::fromLatin1(saveGeometry().toBase64())},
                       {u"place"_s, currentPage() ? currentPage()->id() : QString()},
                       {u"narrow"_s, m_rail->isCollapsed()}};
    QJsonObject pages;
    for (const auto *page : m_pages) {
        if (const auto state = page->keptState(); !state.isEmpty())
            pages.insert(page->id(), state);
    }
    layout.insert(u"pages"_s, pages);
    return layout;
}

void MainWindow::restoreLayout(const QJsonObject &layout)
{
    restoreGeometry(QByteArray::fromBase64(layout.value(u"geometry"_s).toString().toLatin1()));
    fitScreen();
    m_actions->find(u"view.collapse_rail"_s)->setChecked(layout.value(u"narrow"_s).toBool());
    const auto pages = layout.value(u"pages"_s).toObject();
    for (auto *page : m_pages)
        page->keepState(pages.value(page->id()).toObject());
    if (auto *front = page(layout.value(u"place"_s).toString()))
        showPage(front);
}

//! The screen may be smaller than the one on which the window was left.
void MainWindow::fitScreen()
{
    const auto room = roomOnScreen(*this);
    setMinimumSize(QSize(smallestWidth, smallestHeight).boundedTo(room));
    if (!isMaximized() && !isFullScreen())
        resize(size().boundedTo(room));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Q_EMIT aboutToClose();
    if (m_hidesOnClose && !qApp->isSavingSession()) {
        event->ignore();
        return hide();
    }
    QMainWindow::closeEvent(event);
}

} // namespace Countersign::Desktop
