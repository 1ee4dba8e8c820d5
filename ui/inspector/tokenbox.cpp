// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokenbox.h"

#include "inspector/picturereader.h"
#include "inspector/sampletokens.h"
#include "inspector/tokenreading.h"
#include "widgets/announcement.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QShortcut>
#include <QtGui/QTextDocument>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! More characters at once than a finger brings.
constexpr int leastPasted = 12;
constexpr std::chrono::milliseconds typingPause{700};

QPushButton *makeButton(const QString &symbolName, const QString &text, const QString &accessibleName)
{
    auto *button = new QPushButton(symbol(symbolName), text);
    button->setAccessibleName(accessibleName);
    return button;
}

} // namespace

TokenBox::TokenBox(QWidget *parent) : QWidget(parent), m_input(new TextField), m_problem(plainTextLabel(tr("Problem")))
{
    auto *hint = plainTextLabel(tr("Help"));
    hint->setText(tr("Paste a token, an Authorization header, a curl command, an address, a token response or a "
                     "picture with a QR code. Nothing leaves this computer."));
    m_input->setAccessibleName(tr("Text with a token"));
    m_input->setPlaceholderText(u"eyJhbGciOi…"_s);
    wearFont(m_input, fixedFont);
    m_input->setLayoutDirection(Qt::LeftToRight);
    m_input->setTabChangesFocus(true);
    m_input->setAcceptDrops(false); // the page takes drops, files too
    m_input->installEventFilter(this);
    setFocusProxy(m_input);
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(hint);
    column->addWidget(m_input, 1);
    column->addWidget(m_problem);
    column->addWidget(makeBusyLine());
    column->addLayout(makeButtons());
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &TokenBox::judge);
    connect(
        m_input->document(), &QTextDocument::contentsChange, this,
        [this](int, int removed, int added) { takeChange(removed, added); }, Qt::QueuedConnection);
    auto *commit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), m_input);
    commit->setContext(Qt::WidgetShortcut);
    connect(commit, &QShortcut::activated, this, &TokenBox::inspect);
}

QLayout *TokenBox::makeButtons()
{
    auto *line = new FlowLayout;
    m_inspect = makeButton(u"inspect"_s, tr("&Inspect"), tr("Inspect the text"));
    m_inspect->setToolTip(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    m_inspect->setEnabled(false);
    auto *paste = makeButton(u"paste"_s, tr("&Paste"), tr("Paste from the clipboard"));
    auto *open = makeButton(u"import"_s, tr("Ope&n…"), tr("Open a file with a token"));
    auto *sample = makeButton(u"inspect"_s, tr("Tr&y a sample"), tr("Try a sample"));
    auto *samples = new QMenu(sample);
    const auto tokens = sampleTokens(QDateTime::currentDateTimeUtc());
    for (qsizetype i = 0; i < tokens.size(); ++i)
        samples->addAction(tokens.at(i).name, this, [this, i] { Q_EMIT sampleRequested(i); });
    sample->setMenu(samples);
    connect(m_inspect, &QPushButton::clicked, this, &TokenBox::inspect);
    connect(paste, &QPushButton::clicked, this, &TokenBox::pasteRequested);
    connect(open, &QPushButton::clicked, this, &TokenBox::openRequested);
    for (auto *button : {m_inspect, paste, open, sample})
        line->addWidget(button);
    return line;
}

QWidget *TokenBox::makeBusyLine()
{
    m_busyLine = new QWidget;
    m_busy = plainTextLabel(tr("Progress"));
    auto *cancel = makeButton(u"close"_s, tr("&Cancel"), tr("Cancel the reading of the picture"));
    connect(cancel, &QPushButton::clicked, this, &TokenBox::cancelRequested);
    auto *line = new QHBoxLayout(m_busyLine);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_busy, 1);
    line->addWidget(cancel);
    m_busyLine->hide();
    return m_busyLine;
}

void TokenBox::sayBusy(const QString &text)
{
    m_busyLine->setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    forgetProblem();
    m_busy->setText(text);
    announce(m_busy, text, Urgency::Polite);
}

//! The box takes text alone: a picture that is pasted into it goes the way of the button.
bool TokenBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste)) {
        if (isPictureAlone(QGuiApplication::clipboard()->mimeData())) {
            Q_EMIT pasteRequested();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

bool TokenBox::isBlank() const
{
    return m_input->document()->isEmpty();
}

void TokenBox::clear()
{
    m_typing.stop();
    m_input->clear();
    forgetProblem();
}

void TokenBox::setMasked(bool masked)
{
    m_input->setVisible(!masked);
}

void TokenBox::sayProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->show();
    announce(m_problem, text, Urgency::Polite);
}

void TokenBox::forgetProblem()
{
    ++m_judged;
    m_problem->hide();
}

void TokenBox::takeChange(int removed, int added)
{
    m_inspect->setEnabled(!isBlank());
    // Whoever pastes wants to see it. Whoever types is not ready before they say so: half a token is none.
    if (added - removed >= leastPasted)
        return inspect();
    // Emptied by whoever said something about it.
    if (isBlank())
        return m_typing.stop();
    forgetProblem();
    m_typing.start();
}

void TokenBox::judge()
{
    const auto text = m_input->toPlainText();
    if (text.trimmed().isEmpty())
        return;
    const auto shared = std::make_shared<Secret>(text.toUtf8());
    readBehind(
        this, [shared] { return readTokens(shared->reveal()); },
        [this, number = ++m_judged](const TokenReading &reading) {
            if (number == m_judged)
                sayProblem(!reading.problem.isEmpty() ? reading.problem
                                                      : tr("Press Ctrl+Enter to look into it when it is complete."));
        });
}

void TokenBox::inspect()
{
    m_typing.stop();
    forgetProblem();
    Q_EMIT inspectRequested(Secret(m_input->toPlainText().toUtf8()));
}

} // namespace Countersign::Desktop
