// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/fields.h"

#include "text/foreigntext.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>

namespace Countersign::Desktop {

namespace {

struct FieldWords
{
    Q_DECLARE_TR_FUNCTIONS(Fields)
};

//! Wraps, and wants to be wide and low rather than nearly square, which is what Qt's wants to be: a form would keep
//! that height for it.
class NoteLabel final : public QLabel
{
public:
    using QLabel::QLabel;

    QSize sizeHint() const override
    {
        constexpr int columns = 70;
        const int width = fontMetrics().averageCharWidth() * columns;
        return {width, heightForWidth(width)};
    }
};

void makePlain(QLabel *label, const QString &accessibleName)
{
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(accessibleName);
}

} // namespace

QLabel *plainTextLabel(const QString &accessibleName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    makePlain(label, accessibleName);
    return label;
}

QLabel *addressLabel(const QString &accessibleName, QWidget *parent)
{
    auto *label = plainTextLabel(accessibleName, parent);
    auto *clipboard = QGuiApplication::clipboard();
    QObject::connect(clipboard, &QClipboard::changed, label, [label, clipboard](QClipboard::Mode mode) {
        const auto text = clipboard->text(mode);
        if (text.contains(wordJoiner) && text == label->selectedText())
            clipboard->setText(QString(text).remove(wordJoiner), mode);
    });
    return label;
}

QLabel *noteLabel(const QString &text)
{
    auto *label = new NoteLabel;
    makePlain(label, FieldWords::tr("Note"));
    label->setText(text);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    return label;
}

QLineEdit *searchField(const QString &accessibleName, const QString &placeholder, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setAccessibleName(accessibleName);
    field->setPlaceholderText(placeholder);
    field->setClearButtonEnabled(true);
    // Qt leaves this button without a name.
    for (auto *button : field->findChildren<QToolButton *>())
        button->setAccessibleName(FieldWords::tr("Clear"));
    return field;
}

QLineEdit *addressField(const QString &accessibleName, const QString &placeholder, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setAccessibleName(accessibleName);
    field->setPlaceholderText(placeholder);
    field->setLayoutDirection(Qt::LeftToRight);
    return field;
}

QPushButton *worded(QPushButton *button, const QString &text)
{
    button->setText(text);
    button->setAccessibleName(QString(text).remove(u'&'));
    return button;
}

QWidget *scrolled(QWidget *content, const QString &accessibleName)
{
    auto *area = new QScrollArea;
    area->setAccessibleName(accessibleName);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(content);
    return area;
}

QSize sizeInText(const QWidget &widget, int columns, int lines)
{
    const auto metrics = widget.fontMetrics();
    return {columns * metrics.averageCharWidth(), lines * metrics.lineSpacing()};
}

void tidyForm(QFormLayout &form)
{
    // A layout centres a label on a field of up to 7/4 of the label's height. With its frame a field is higher than
    // that when the text is small.
    constexpr int leastHeight = 20;
    constexpr int leastSpacing = 12;
    form.setHorizontalSpacing(std::max(form.horizontalSpacing(), leastSpacing));
    for (int row = 0; row < form.rowCount(); ++row) {
        const auto *item = form.itemAt(row, QFormLayout::LabelRole);
        auto *label = item ? qobject_cast<QLabel *>(item->widget()) : nullptr;
        if (label && label->buddy())
            label->setMinimumHeight(std::max(leastHeight, label->minimumSizeHint().height()));
    }
}

void keepRowChosen(QAbstractItemView &view)
{
    auto *selection = view.selectionModel();
    QObject::connect(selection, &QItemSelectionModel::selectionChanged, &view, [selection] {
        if (!selection->hasSelection() && selection->currentIndex().isValid())
            selection->select(selection->currentIndex(), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    });
}

} // namespace Countersign::Desktop
