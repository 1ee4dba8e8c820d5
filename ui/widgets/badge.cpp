// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/badge.h"

#include <QtGui/QPainter>

namespace Countersign::Desktop {

Badge::Badge(const QString &text, const QString &explanation, ColorRole role, QWidget *parent)
    : QLabel(text, parent), m_role(role)
{
    setTextFormat(Qt::PlainText);
    setContentsMargins(9, 3, 9, 3);
    setToolTip(explanation.toHtmlEscaped());
    setAccessibleName(text);
    setAccessibleDescription(explanation);
}

void Badge::paintEvent(QPaintEvent *)
{
    // Drawn, not styled: the colour follows the look of now, also when it changes.
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::current().color(m_role));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    painter.drawText(contentsRect(), int(Qt::AlignCenter) | Qt::TextSingleLine, text());
}

QLabel *plainTextLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(name);
    return label;
}

} // namespace Countersign::Desktop
