// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/badgelabel.h"

#include <QtGui/QPainter>

namespace Countersign::Desktop {

BadgeLabel::BadgeLabel(const QString &text, const QString &explanation, ColorRole role, QWidget *parent)
    : QLabel(text, parent), m_role(role)
{
    setTextFormat(Qt::PlainText);
    setContentsMargins(9, 3, 9, 3);
    setToolTip(explanation.toHtmlEscaped());
    setAccessibleName(text);
    setAccessibleDescription(explanation);
}

void BadgeLabel::paintEvent(QPaintEvent *)
{
    // Drawn, not styled: the colour follows the look of now, also when it changes.
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::current().color(m_role));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    painter.drawText(contentsRect(), int(Qt::AlignCenter) | Qt::TextSingleLine, text());
}

} // namespace Countersign::Desktop
