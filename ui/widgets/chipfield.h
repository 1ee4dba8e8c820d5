// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QCompleter;
class QLineEdit;
class QStringListModel;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class FlowLayout;

//! Words one beside the other, each to be taken away by its own button, and a field to add more, which completes what
//! is typed. A space, a comma or Enter ends a word; Backspace in the empty field takes the last one back.
class ChipField final : public QWidget
{
    Q_OBJECT
public:
    explicit ChipField(const QString &accessibleName, QWidget *parent = nullptr);

    //! With what is being typed, each word once, in their order.
    QStringList words() const;
    void setWords(const QStringList &words);
    //! Offered while one types; those that are there already are not.
    void setSuggestions(const QStringList &suggestions);
    void setPlaceholderText(const QString &text);
    QLineEdit *lineEdit() const { return m_edit; }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addChip(const QString &word);
    void removeChip(QWidget *chip);
    void takeTyped();
    void finishWord();
    void offer();
    bool takeKey(QWidget *at, int key);

    QWidget *m_chipArea;
    FlowLayout *m_flow;
    QLineEdit *m_edit;
    QStringListModel *m_offers;
    QCompleter *m_completer;
    QStringList m_suggestions;
    QList<QWidget *> m_chips;
};

} // namespace Countersign::Desktop
