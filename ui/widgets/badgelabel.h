// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QtWidgets/QLabel>

namespace Countersign::Desktop {

//! A word in a frame of its role's colour.
class BadgeLabel final : public QLabel
{
    Q_OBJECT
public:
    BadgeLabel(const QString &text, const QString &explanation, ColorRole role, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ColorRole m_role;
};

} // namespace Countersign::Desktop
