// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QAbstractItemView;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSize;
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A label for text that may be foreign: never markup, no links, wraps, can be selected by mouse and keyboard.
QLabel *plainTextLabel(const QString &accessibleName, QWidget *parent = nullptr);
//! Such a label for withWholeAddresses(): what is copied from it is the text without the joiners.
QLabel *addressLabel(const QString &accessibleName, QWidget *parent = nullptr);
//! Such a label that explains a field of a form, below it.
QLabel *noteLabel(const QString &text);
//! A field to filter with, whose clear button has a name, too.
QLineEdit *searchField(const QString &accessibleName, const QString &placeholder, QWidget *parent = nullptr);
//! A field for addresses and identifiers: left to right in every language.
QLineEdit *addressField(const QString &accessibleName, const QString &placeholder, QWidget *parent = nullptr);
//! Gives a standard button words of our own: Qt's translations may not be installed.
QPushButton *worded(QPushButton *button, const QString &text);
//! \p content without a frame, with a scroll bar when there is less room than it needs.
QWidget *scrolled(QWidget *content, const QString &accessibleName);
//! The size of so many characters and lines of \p widget's text.
QSize sizeInText(const QWidget &widget, int columns, int lines);
//! Lets the labels of \p form stand level with the text of their fields, and not too close to them.
void tidyForm(QFormLayout &form);

//! Lets a list of which one row is always shown elsewhere keep it chosen, also when somebody clicks beside the rows.
//! To be called when \p view has its model.
void keepRowChosen(QAbstractItemView &view);

} // namespace Countersign::Desktop
