// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/fields.h"

#include <QtCore/QCoreApplication>
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

} // namespace

QLabel *plainTextLabel(const QString &accessibleName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(accessibleName);
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

} // namespace Countersign::Desktop
