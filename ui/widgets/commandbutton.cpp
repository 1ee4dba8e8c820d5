// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/commandbutton.h"

#include "widgets/announcement.h"
#include "widgets/symbol.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! Long enough to be read, short enough not to be taken for a state.
constexpr std::chrono::seconds shownFor{3};

} // namespace

CommandButton::CommandButton(const QString &text, const QString &tip, std::function<QString()> command, QWidget *dialog)
    : QPushButton(text, dialog), m_usual(text), m_command(std::move(command))
{
    setAccessibleName(QString(text).remove(u'&'));
    setAccessibleDescription(tip);
    setToolTip(tip);
    setAutoDefault(false);
    m_back.setSingleShot(true);
    m_back.setInterval(shownFor);
    connect(&m_back, &QTimer::timeout, this, [this] {
        setIcon({});
        setText(m_usual);
    });
    connect(this, &QPushButton::clicked, this, &CommandButton::copy);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K), dialog), &QShortcut::activated, this,
            &CommandButton::copy);
}

void CommandButton::copy()
{
    const auto command = m_command();
    if (command.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(command);
    // Its neighbours stay where they are.
    setMinimumWidth(width());
    setIcon(symbol(u"ok"_s, ColorRole::Success));
    setText(tr("Copied"));
    announce(this, tr("The command is copied"), Urgency::Polite);
    m_back.start();
}

} // namespace Countersign::Desktop
