// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/errortext.h"
#include "widgets/theme.h"

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A framed message: shape, word and colour say the same. Announces itself to screen readers.
class Banner final : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    void showMessage(ColorRole role, const QString &title, const QString &text = {});
    //! A failure in its four parts, with its actions as buttons.
    void showError(const Error &error);
    QString title() const;
    //! Puts the keyboard on the likeliest way on from an error, which Enter takes.
    void focusFirstAction();
    //! A button more, below the text; gone with the next message.
    QPushButton *addButton(const QString &text);

Q_SIGNALS:
    void actionChosen(Countersign::Desktop::ErrorAction action);

private:
    void bringIntoSight();
    void clearButtons();
    void setColor(ColorRole role);
    void showIcon();

    ColorRole m_role = ColorRole::Info;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_detail;
    QHBoxLayout *m_buttons;
};

} // namespace Countersign::Desktop
