// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QProxyStyle>

namespace Countersign::Desktop {

//! A line of the chosen text, in pixels.
int lookTextHeight();
//! Of icons in buttons and lists, in pixels: as tall as a line of the chosen text.
int lookIconSize();

//! Fusion in the colours of Theme::current(), with icons as large as the text, and none on the buttons of dialogs:
//! theirs are none of ours.
//!
//! It draws the frames of lists, tables and texts, their lines and headers, menus, bars, tool tips and cards. What has
//! more states than those wears a sheet of its own: see controlSheet(). A sheet of a whole window would keep several
//! kilobytes for each label, scroll bar and layout box in it.
class LookStyle final : public QProxyStyle
{
public:
    LookStyle();

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;

private:
    bool drawGround(PrimitiveElement element, const QStyleOption &option, QPainter &painter,
                    const QWidget *widget) const;
};

} // namespace Countersign::Desktop
