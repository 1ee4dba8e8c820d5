// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QtWidgets/QLabel>

namespace Countersign::Desktop {

//! A word in a frame of its role's colour.
class Badge final : public QLabel
{
    Q_OBJECT
public:
    Badge(const QString &text, const QString &explanation, ColorRole role, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ColorRole m_role;
};

//! A label for text that may be foreign: never markup, no links, wraps, can be selected by mouse and keyboard.
QLabel *plainTextLabel(const QString &name, QWidget *parent = nullptr);

} // namespace Countersign::Desktop
