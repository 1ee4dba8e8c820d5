// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QStyle>

QT_BEGIN_NAMESPACE
class QAbstractItemView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Fusion's box has the colour of the ground on black.
void drawCheckBox(const QStyleOption &option, QPainter &painter);
//! The current line, where that is not what is chosen: Fusion washes over the text of it with a gradient, which cannot
//! be seen on black, and says nothing where the line is chosen already and the list has the frame of the focus.
void drawCurrentLine(const QStyleOption &option, QPainter &painter, const QAbstractItemView &view);
//! The mark of what opens, unfolds or scrolls: Fusion's is seven pixels wide beside any text, and half transparent.
void drawArrow(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter &painter);
//! A frame round a list, a table or a text: one that has the keyboard is seen by it.
void drawFrame(const QStyleOption &option, QPainter &painter, qreal radius);
//! The places of the window: nothing but a line to what stands beside them.
void drawRailFrame(const QStyleOption &option, QPainter &painter);
void drawRailLine(const QStyleOption &option, QPainter &painter);
//! The ground of a bar, with a line along \p edge.
void drawBar(const QStyleOption &option, QPainter &painter, Qt::Edge edge);
//! What divides the entries of a menu.
void drawMenuSeparator(const QStyleOption &option, QPainter &painter);
//! A rectangle of the surface with a thin border: tool tips and menus.
void drawSheet(const QStyleOption &option, QPainter &painter);

} // namespace Countersign::Desktop
