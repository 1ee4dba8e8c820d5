// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QTreeWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! One word of a dictionary, ready to be read.
struct DictionaryEntry
{
    QString word;
    QString kind; //!< where it belongs, for the list's second column
    QString text; //!< all that is known of it; plain
};

//! A dictionary to look something up in. Everything in it comes with the program: nothing is sent.
class DictionaryDialog final : public QDialog
{
    Q_OBJECT
public:
    DictionaryDialog(const QString &title, const QList<DictionaryEntry> &entries, QWidget *parent = nullptr);

private:
    void filter(const QString &text);
    void showCurrent();

    QLineEdit *m_filter;
    QTreeWidget *m_list;
    QLabel *m_text;
};

//! What is known of names in tokens.
QList<DictionaryEntry> claimDictionaryEntries();
//! What is known of failures: what they mean, and what helps.
QList<DictionaryEntry> errorDictionaryEntries();

} // namespace Countersign::Desktop
