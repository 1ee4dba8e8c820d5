// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QFrame;
class QSplitter;
class QToolButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A list beside what is chosen in it, or a form beside what comes of it. In a narrow window the side folds into a
//! button that drops it down.
class FoldingSide final : public QWidget
{
    Q_OBJECT
public:
    //! Of the window. Units: device-independent pixels
    static constexpr int foldsBelow = 1100;

    //! Takes both. \p name is what the list is called, for the button.
    FoldingSide(QWidget *side, QWidget *detail, const QString &name, QWidget *parent = nullptr);
    ~FoldingSide() override;

    //! Folds where it has less room than so many characters itself, instead of by the window's width.
    void foldBelow(int columns);
    QSplitter *splitter() const { return m_splitter; }
    //! What F6 finds in place of the list while that is folded.
    QToolButton *button() const { return m_button; }
    //! What is chosen, for the button.
    void setChosen(const QString &text);
    bool isFolded() const { return m_isFolded; }
    //! Drops the list down, if it is folded.
    void dropDown();
    //! Something was chosen: the list goes up again.
    void foldUp();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fold();
    void boundSide();
    bool isNarrow() const;

    QWidget *m_side;
    QString m_name;
    QSplitter *m_splitter;
    QToolButton *m_button;
    QFrame *m_drop;
    int m_columns = 0; //!< 0: the window's width counts
    bool m_isFolded = false;
};

} // namespace Countersign::Desktop
