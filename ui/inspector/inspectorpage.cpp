// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpage.h"

#include "inspector/checksview.h"
#include "inspector/notoken.h"
#include "inspector/sampletokens.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "widgets/announcement.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"
#include "window/actions.h"

#include <countersign/jose/tokenextraction.h>

#include <dictionary/claimdictionary.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>
#include <QtGui/QTextDocument>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! What a person would call a token: whatever is more than a word without structure.
bool isSomething(const Jose::TokenDocument &document)
{
    return document.kind() != Jose::TokenKind::Empty
        && (document.kind() != Jose::TokenKind::Opaque || !document.provider().isEmpty());
}

//! More characters at once than a finger brings.
constexpr int leastPasted = 12;
constexpr std::chrono::milliseconds typingPause{700};

} // namespace

InspectorPage::Reading InspectorPage::read(QByteArrayView text)
{
    // Taken apart with the first token, and here: the person's thread would stand still for it.
    (void)ClaimDictionary::builtIn();
    Reading reading;
    const auto candidates = Jose::extractTokens(text);
    for (const auto &candidate : candidates) {
        auto document = Jose::TokenDocument::read(candidate.token);
        if (isSomething(document))
            reading.documents.append(std::move(document));
    }
    if (!reading.documents.isEmpty())
        return reading;
    auto whole = Jose::TokenDocument::read(text);
    if (!isSomething(whole))
        reading.problem = whyNoToken(text);
    if (reading.problem.isEmpty())
        reading.documents.append(std::move(whole));
    return reading;
}

InspectorPage::InspectorPage(Building building, QWidget *parent)
    : Page(u"inspector"_s, tr("Inspector"), u"inspect"_s, tr("Shows what is in a token. Nothing leaves this computer."),
           parent)
{
    setAcceptDrops(true);
    if (building == Building::AtOnce)
        build();
}

void InspectorPage::fill(QWidget &content)
{
    m_stack = new QStackedWidget;
    m_input = new TextField;
    m_tokens = new TokenTabs;
    m_view = new TokenView;
    m_problem = plainTextLabel(tr("Problem"));
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(m_stack);
    m_stack->addWidget(makeEmptyState());
    m_stack->addWidget(makeTokenState());
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &InspectorPage::judgeInput);
    connect(
        m_input->document(), &QTextDocument::contentsChange, this,
        [this](int, int removed, int added) { takeChange(removed, added); }, Qt::QueuedConnection);
    auto *commit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), m_input);
    commit->setContext(Qt::WidgetShortcut);
    connect(commit, &QShortcut::activated, this, &InspectorPage::inspectInput);
    connect(m_tokens, &QTabBar::currentChanged, this, &InspectorPage::showToken);
    connect(m_stack, &QStackedWidget::currentChanged, this, [this](int state) { Q_EMIT filled(state == 1); });
    connect(m_view, &TokenView::copyRequested, this, &Page::copyRequested);
    m_view->setTimeStyle(m_timeStyle);
    m_view->checks()->setProviderProbe(m_probe);
    m_view->checks()->setProfiles(m_profiles);
    if (m_isMasked)
        setMasked(true);
}

TokenView *InspectorPage::view()
{
    build();
    return m_view;
}

void InspectorPage::complete()
{
    view()->complete();
}

QWidget *InspectorPage::makeEmptyState()
{
    auto *empty = new QWidget;
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(0, 0, 0, 0);
    auto *hint = plainTextLabel(tr("Help"));
    hint->setText(tr("Paste a token, an Authorization header, a curl command, an address or a token response. "
                     "Nothing leaves this computer."));
    m_input->setAccessibleName(tr("Text with a token"));
    m_input->setPlaceholderText(u"eyJhbGciOi…"_s);
    wearFont(m_input, fixedFont);
    m_input->setLayoutDirection(Qt::LeftToRight);
    m_input->setTabChangesFocus(true);
    m_input->setAcceptDrops(false); // the page takes drops, files too
    auto *pasteButton = new QPushButton(symbol(u"paste"_s), tr("&Paste"));
    pasteButton->setAccessibleName(tr("Paste from the clipboard"));
    auto *openButton = new QPushButton(symbol(u"import"_s), tr("Ope&n…"));
    openButton->setAccessibleName(tr("Open a file with a token"));
    m_inspect = new QPushButton(symbol(u"inspect"_s), tr("&Inspect"));
    m_inspect->setAccessibleName(tr("Inspect the text"));
    m_inspect->setToolTip(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    m_inspect->setEnabled(false);
    connect(m_inspect, &QPushButton::clicked, this, &InspectorPage::inspectInput);
    auto *sampleButton = new QPushButton(symbol(u"inspect"_s), tr("Tr&y a sample"));
    sampleButton->setAccessibleName(tr("Try a sample"));
    auto *samples = new QMenu(sampleButton);
    addSamples(samples);
    sampleButton->setMenu(samples);
    connect(pasteButton, &QPushButton::clicked, this, &InspectorPage::pasteToken);
    connect(openButton, &QPushButton::clicked, this, &InspectorPage::openFile);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_inspect);
    buttons->addWidget(pasteButton);
    buttons->addWidget(openButton);
    buttons->addWidget(sampleButton);
    buttons->addStretch();
    m_problem->hide();
    column->addWidget(hint);
    column->addWidget(m_input, 1);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    return empty;
}

QWidget *InspectorPage::makeTokenState()
{
    auto *state = new QWidget;
    auto *column = new QVBoxLayout(state);
    column->setContentsMargins(0, 0, 0, 0);
    auto *clearButton = new QPushButton(symbol(u"inspect"_s), tr("&Inspect another"));
    clearButton->setAccessibleName(tr("Inspect another token"));
    connect(clearButton, &QPushButton::clicked, this, &InspectorPage::clear);
    column->addWidget(m_tokens);
    column->addWidget(m_view, 1);
    auto *tearButton = new QPushButton(symbol(u"window"_s), tr("In a &window of its own"));
    tearButton->setAccessibleName(tr("Open in a window of its own"));
    connect(tearButton, &QPushButton::clicked, this, [this] { tearOff(); });
    connect(m_tokens, &QTabBar::tabBarDoubleClicked, this, [this](int place) { tearOff(place, std::nullopt); });
    connect(m_tokens, &TearableTabs::dropped, this, [this](int place, const QPoint &at) { tearOff(place, at); });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(clearButton);
    buttons->addWidget(tearButton);
    buttons->addWidget(m_view->copyRedactedButton());
    buttons->addStretch();
    column->addLayout(buttons);
    return state;
}

void InspectorPage::addSamples(QMenu *menu)
{
    const auto samples = sampleTokens(QDateTime::currentDateTimeUtc());
    for (qsizetype i = 0; i < samples.size(); ++i) {
        // Made anew when chosen, so that its times are those of now.
        menu->addAction(samples.at(i).name, this, [this, i] {
            inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(i).token));
        });
    }
}

bool InspectorPage::isEmpty() const
{
    return !isBuilt() || m_stack->currentIndex() == 0;
}

void InspectorPage::setMasked(bool masked)
{
    m_isMasked = masked;
    forEachView([masked](TokenView &view) { view.setMasked(masked); });
    if (m_input)
        m_input->setVisible(!masked);
}

void InspectorPage::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    forEachView([style](TokenView &view) { view.setTimeStyle(style); });
}

void InspectorPage::setProviderProbe(ProviderProbe *probe)
{
    m_probe = probe;
    forEachView([probe](TokenView &view) { view.checks()->setProviderProbe(probe); });
}

void InspectorPage::setProfiles(const QList<Profile> &profiles)
{
    m_profiles = profiles;
    forEachView([&profiles](TokenView &view) { view.checks()->setProfiles(profiles); });
}

qsizetype InspectorPage::tokenCount() const
{
    return m_tokens ? m_tokens->tokenCount() : 0;
}

void InspectorPage::clear()
{
    ++m_reading;
    build();
    m_tokens->setTokens({});
    m_view->clear();
    m_problem->hide();
    m_stack->setCurrentIndex(0);
    m_input->clear();
    m_input->setFocus();
}

void InspectorPage::takeChange(int removed, int added)
{
    m_inspect->setEnabled(!m_input->document()->isEmpty());
    if (!isEmpty())
        return;
    // Whoever pastes wants to see it. Whoever types is not ready before they say so: half a token is none.
    if (added - removed >= leastPasted)
        return inspectInput();
    m_problem->hide();
    m_typing.start();
}

void InspectorPage::judgeInput()
{
    const auto text = m_input->toPlainText();
    if (text.trimmed().isEmpty())
        return;
    readThen(Secret(text.toUtf8()), [this](const Reading &reading) {
        sayProblem(!reading.problem.isEmpty() ? reading.problem
                                              : tr("Press Ctrl+Enter to look into it when it is complete."));
    });
}

void InspectorPage::inspectInput()
{
    m_typing.stop();
    inspect(Secret(m_input->toPlainText().toUtf8()));
}

void InspectorPage::sayProblem(const QString &text)
{
    build();
    m_problem->setText(text);
    m_problem->show();
    announce(m_problem, text, Urgency::Polite);
}

void InspectorPage::contribute(ActionRegistry &actions)
{
    m_actions = &actions;
    auto *paste = actions.add({.id = u"token.paste"_s,
                               .menu = MenuKind::File,
                               .section = 1,
                               .text = tr("&Paste token"),
                               .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V),
                               .symbol = u"paste"_s,
                               .tip = tr("Inspects the token in the clipboard")});
    connect(paste, &QAction::triggered, this, &InspectorPage::pasteToken);
    auto *open = actions.add({.id = u"token.open"_s,
                              .menu = MenuKind::File,
                              .section = 1,
                              .text = tr("&Open token…"),
                              .shortcut = QKeySequence::Open,
                              .symbol = u"import"_s});
    connect(open, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        openFile();
    });
    auto *another = actions.add({.id = u"token.inspect_another"_s,
                                 .menu = MenuKind::Token,
                                 .text = tr("&Inspect another token"),
                                 .symbol = u"inspect"_s});
    connect(another, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        clear();
    });
    auto *validate = actions.add({.id = u"token.validate"_s,
                                  .menu = MenuKind::Token,
                                  .text = tr("&Validate"),
                                  .shortcut = QKeySequence(Qt::CTRL | Qt::Key_T),
                                  .symbol = u"ok"_s,
                                  .tip = tr("Shows what was checked of the inspected token, and against what")});
    connect(validate, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        m_view->showView(TokenView::Checks);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    auto *close = actions.add({.id = u"token.close"_s,
                               .menu = MenuKind::Token,
                               .text = tr("Cl&ose the inspected token"),
                               .shortcut = QKeySequence(QKeySequence::Close)});
    connect(close, &QAction::triggered, this, &InspectorPage::closeToken);
    for (auto *action : {validate, close}) {
        action->setEnabled(false);
        connect(this, &InspectorPage::filled, action, &QAction::setEnabled);
    }
    auto *tear = actions.add({.id = u"token.tear_off"_s,
                              .menu = MenuKind::Token,
                              .text = tr("In a &window of its own"),
                              .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
                              .symbol = u"window"_s,
                              .tip = tr("Puts the inspected token into a window of its own, beside others")});
    tear->setEnabled(false);
    connect(tear, &QAction::triggered, this, [this] { tearOff(); });
    connect(this, &InspectorPage::filled, tear, &QAction::setEnabled);
    auto *back = actions.add({.id = u"token.move_back"_s,
                              .menu = MenuKind::Token,
                              .text = tr("Move the last window &back"),
                              .symbol = u"window"_s,
                              .tip = tr("Gives the token of the window that was opened last its tab back")});
    back->setEnabled(false);
    connect(back, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        moveBack();
    });
    connect(this, &InspectorPage::windowsChanged, back, &QAction::setEnabled);
}

QList<QWidget *> InspectorPage::focusStops() const
{
    if (!isBuilt())
        return {};
    return {isEmpty() ? static_cast<QWidget *>(m_input) : m_view};
}

void InspectorPage::closeToken()
{
    if (isEmpty())
        return;
    Q_EMIT raiseRequested();
    m_tokens->take(m_tokens->currentIndex());
    if (m_tokens->tokenCount() == 0)
        clear();
}

void InspectorPage::pasteToken()
{
    const auto *clipboard = QGuiApplication::clipboard();
    const auto text = clipboard->text();
    if (text.trimmed().isEmpty()) {
        const bool isImage = clipboard->mimeData() && clipboard->mimeData()->hasImage();
        const auto why = isImage
            ? tr("The clipboard holds a picture. Codes in pictures are not read here: copy the text itself.")
            : tr("The clipboard holds no text");
        // Beside the box, where what was said of an earlier text would stay otherwise.
        if (isBuilt() && isEmpty())
            sayProblem(why);
        Q_EMIT said(why);
        return;
    }
    Q_EMIT raiseRequested();
    inspect(Secret(text.toUtf8()));
}

void InspectorPage::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file with a token"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &InspectorPage::readFile);
    dialog->open();
}

void InspectorPage::readFile(const QString &path)
{
    QFile file(path);
    // One byte more than is looked into, so that the reader says "too large" rather than nothing.
    if (file.open(QIODevice::ReadOnly))
        return inspect(Secret(file.read(Jose::TokenDocument::maximumSize + 1)));
    sayProblem(tr("This file cannot be read: %1").arg(file.errorString()));
}

void InspectorPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasText() || event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void InspectorPage::dropEvent(QDropEvent *event)
{
    const auto urls = event->mimeData()->urls();
    event->acceptProposedAction();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        return readFile(urls.first().toLocalFile());
    inspect(Secret(event->mimeData()->text().toUtf8()));
}

void InspectorPage::inspect(Secret text, const QString &profileId, const std::optional<KnownProvider> &provider)
{
    readThen(std::move(text),
             [this, profileId, provider](const Reading &reading) { present(reading, profileId, provider); });
}

void InspectorPage::readThen(Secret text, std::function<void(const Reading &)> then)
{
    const auto number = ++m_reading;
    const auto shared = std::make_shared<Secret>(std::move(text));
    QThreadPool::globalInstance()->start(
        [page = QPointer<InspectorPage>(this), number, shared, then = std::move(then)] {
            auto reading = read(shared->reveal());
            // The guard is looked at on the page's own thread only, where it cannot die in between.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [page, number, then, reading = std::move(reading)] {
                    if (page && page->m_reading == number)
                        then(reading);
                },
                Qt::QueuedConnection);
        });
}

void InspectorPage::present(const Reading &reading, const QString &profileId,
                            const std::optional<KnownProvider> &provider)
{
    build();
    const auto &documents = reading.documents;
    if (documents.isEmpty()) {
        // What was typed stays to be mended; a token that is shown goes, or it would seem to be meant.
        if (!isEmpty())
            clear();
        // Later: the emptied box takes back what was said of its text.
        QMetaObject::invokeMethod(
            this,
            [this, problem = reading.problem] {
                sayProblem(problem);
                Q_EMIT refused();
            },
            Qt::QueuedConnection);
        return;
    }
    m_typing.stop();
    m_input->clear();
    m_problem->hide();
    QList<ShownToken> tokens;
    for (const auto &document : documents)
        tokens.append({document, profileId, provider});
    m_tokens->setTokens(std::move(tokens));
    if (!profileId.isEmpty())
        m_profileId.clear(); // said anew, whatever was chosen since
    showToken(0);
    m_stack->setCurrentIndex(1);
    // The box that had the focus is gone: what was found has it, or the next part of the window would.
    m_view->setFocus(Qt::OtherFocusReason);
    Q_EMIT opened();
}

void InspectorPage::showToken(int place)
{
    if (place < 0 || place >= m_tokens->tokenCount())
        return;
    const auto &shown = m_tokens->token(place);
    m_view->setToken(shown.document, QDateTime::currentDateTimeUtc());
    if (std::exchange(m_profileId, shown.profileId) != shown.profileId)
        m_view->checks()->expectProfile(shown.profileId, shown.provider);
}

} // namespace Countersign::Desktop
