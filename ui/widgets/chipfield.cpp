// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/chipfield.h"

#include "widgets/flowlayout.h"
#include "widgets/symbol.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QStringListModel>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr auto wordProperty = "countersign_word";

QStringList split(const QString &text)
{
    static const QRegularExpression ends(u"[\\s,]+"_s);
    return text.split(ends, Qt::SkipEmptyParts);
}

bool endsWord(QChar c)
{
    return c.isSpace() || c == u',';
}

} // namespace

ChipField::ChipField(const QString &accessibleName, QWidget *parent)
    : QWidget(parent), m_chipArea(new QWidget), m_flow(new FlowLayout(m_chipArea)), m_edit(new QLineEdit),
      m_offers(new QStringListModel(this)), m_completer(new QCompleter(m_offers, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_flow->setContentsMargins(0, 0, 0, 0);
    m_flow->setSpacing(6);
    column->addWidget(m_chipArea);
    column->addWidget(m_edit);
    m_chipArea->hide();
    m_edit->setAccessibleName(accessibleName);
    m_edit->setLayoutDirection(Qt::LeftToRight);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->popup()->setAccessibleName(tr("Suggestions"));
    m_edit->setCompleter(m_completer);
    connect(m_edit, &QLineEdit::textChanged, this, &ChipField::takeTyped);
    connect(m_edit, &QLineEdit::editingFinished, this, [this] {
        // The popup of the completer takes the focus for a moment; what is typed goes on.
        if (!m_completer->popup()->isVisible())
            finishWord();
    });
    // Later: the completer writes its choice into the field after this signal.
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &ChipField::finishWord,
            Qt::QueuedConnection);
}

QStringList ChipField::words() const
{
    QStringList words;
    for (const auto *chip : m_chips)
        words.append(chip->property(wordProperty).toString());
    words += split(m_edit->text());
    words.removeDuplicates();
    return words;
}

void ChipField::setWords(const QStringList &words)
{
    for (auto *chip : std::as_const(m_chips)) {
        m_flow->removeWidget(chip);
        chip->hide(); // it may be what speaks
        chip->deleteLater();
    }
    m_chips.clear();
    {
        const QSignalBlocker quiet(m_edit);
        m_edit->clear();
    }
    for (const auto &word : words)
        addChip(word);
    m_chipArea->setVisible(!m_chips.isEmpty());
    offer();
    Q_EMIT changed();
}

void ChipField::setSuggestions(const QStringList &suggestions)
{
    m_suggestions = suggestions;
    offer();
}

void ChipField::setPlaceholderText(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

void ChipField::addChip(const QString &word)
{
    for (const auto *chip : std::as_const(m_chips)) {
        if (chip->property(wordProperty).toString() == word)
            return;
    }
    auto *chip = new QToolButton(m_chipArea);
    chip->setObjectName(u"chip"_s); // for the style sheet
    chip->setText(word);
    chip->setIcon(symbol(u"close"_s));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setLayoutDirection(Qt::LeftToRight);
    chip->setFocusPolicy(Qt::StrongFocus);
    chip->setProperty(wordProperty, word);
    chip->setAccessibleName(tr("Remove %1").arg(word));
    chip->setToolTip(chip->accessibleName());
    chip->installEventFilter(this);
    connect(chip, &QToolButton::clicked, this, [this, chip] { removeChip(chip); });
    m_flow->addWidget(chip);
    m_chips.append(chip);
    chip->show();
    m_chipArea->show();
}

void ChipField::removeChip(QWidget *chip)
{
    const auto place = m_chips.indexOf(chip);
    if (place < 0)
        return;
    m_chips.removeAt(place);
    auto *next = place < m_chips.size() ? m_chips.at(place) : static_cast<QWidget *>(m_edit);
    if (chip->hasFocus())
        next->setFocus();
    m_flow->removeWidget(chip);
    chip->hide();
    chip->deleteLater();
    m_chipArea->setVisible(!m_chips.isEmpty());
    offer();
    Q_EMIT changed();
}

void ChipField::takeTyped()
{
    const auto text = m_edit->text();
    if (std::none_of(text.cbegin(), text.cend(), endsWord))
        return Q_EMIT changed();
    auto words = split(text);
    // The last word goes on being typed unless something stands behind it.
    const auto rest = words.isEmpty() || endsWord(text.back()) ? QString() : words.takeLast();
    for (const auto &word : std::as_const(words))
        addChip(word);
    {
        const QSignalBlocker quiet(m_edit);
        m_edit->setText(rest);
    }
    offer();
    Q_EMIT changed();
}

void ChipField::finishWord()
{
    if (!m_edit->text().trimmed().isEmpty())
        m_edit->setText(m_edit->text() + u' ');
}

void ChipField::offer()
{
    auto offers = m_suggestions;
    const auto present = words();
    offers.removeIf([&present](const QString &word) { return present.contains(word); });
    m_offers->setStringList(offers);
}

bool ChipField::takeKey(QWidget *at, int key)
{
    if (at == m_edit) {
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !m_edit->text().isEmpty()) {
            finishWord();
            return true;
        }
        if (key == Qt::Key_Backspace && m_edit->text().isEmpty() && !m_chips.isEmpty()) {
            removeChip(m_chips.constLast());
            return true;
        }
        return false;
    }
    if (key != Qt::Key_Delete && key != Qt::Key_Backspace)
        return false;
    removeChip(at);
    return true;
}

bool ChipField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress
        && takeKey(static_cast<QWidget *>(watched), // only widgets are watched
                   static_cast<QKeyEvent *>(event)->key()))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace Countersign::Desktop
