// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

} // namespace

Theme Theme::s_current = Theme::of(ThemeKind::Light);

Theme Theme::of(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light:
        return Theme(kind,
                     {QColor(0xf4f5f7U), QColor(0xffffffU), QColor(0x1b1f24U), QColor(0x57606aU), QColor(0x868e96U),
                      QColor(0x0b5cadU), QColor(0xffffffU), QColor(0xd3e5f8U), QColor(0x0b2a4aU), QColor(0x116329U),
                      QColor(0x7a4d00U), QColor(0xb3261eU), QColor(0x0b5cadU), QColor(0x2f7fd0U)});
    case ThemeKind::Dark:
        return Theme(kind,
                     {QColor(0x1b1e23U), QColor(0x24282eU), QColor(0xe8eaedU), QColor(0xaab2bdU), QColor(0x78818dU),
                      QColor(0x6cb2f7U), QColor(0x0b1a2aU), QColor(0x24486dU), QColor(0xf2f7fdU), QColor(0x6fd08cU),
                      QColor(0xf0c05aU), QColor(0xff9a92U), QColor(0x7cbcfaU), QColor(0x4f9be6U)});
    case ThemeKind::HighContrast:
        return Theme(kind,
                     {QColor(0x000000U), QColor(0x000000U), QColor(0xffffffU), QColor(0xc8c8c8U), QColor(0xffffffU),
                      QColor(0xffff00U), QColor(0x000000U), QColor(0x1aebffU), QColor(0x000000U), QColor(0x3ff23fU),
                      QColor(0xffff00U), QColor(0xff9a92U), QColor(0x1aebffU), QColor(0xffff00U)});
    }
    Q_UNREACHABLE();
}

Theme Theme::ofContrast(const QPalette &system)
{
    const auto window = system.color(QPalette::Window);
    const auto text = system.color(QPalette::WindowText);
    const auto highlight = system.color(QPalette::Highlight);
    // What is no text has to be told from the ground all the same.
    constexpr double readable = 4.5;
    const bool isSeen = contrastRatio(highlight, window) >= readable;
    const auto accent = isSeen ? highlight : text;
    return Theme(ThemeKind::HighContrast,
                 {window, system.color(QPalette::Base), text, text, text, accent,
                  isSeen ? system.color(QPalette::HighlightedText) : window, highlight,
                  system.color(QPalette::HighlightedText), text, text, text, text, accent});
}

ThemeKind Theme::detect(const QPalette &system)
{
    const auto window = system.color(QPalette::Window);
    const auto text = system.color(QPalette::WindowText);
    // Contrast themes of the systems use pure black and white, which no ordinary look does for both.
    if (contrastRatio(window, text) > 20.5 && window.lightness() < 10)
        return ThemeKind::HighContrast;
    return window.lightness() < text.lightness() ? ThemeKind::Dark : ThemeKind::Light;
}

const Theme &Theme::current()
{
    return s_current;
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, color(ColorRole::Window));
    palette.setColor(QPalette::WindowText, color(ColorRole::Text));
    palette.setColor(QPalette::Base, color(ColorRole::Surface));
    palette.setColor(QPalette::AlternateBase, color(ColorRole::Window));
    palette.setColor(QPalette::Text, color(ColorRole::Text));
    palette.setColor(QPalette::PlaceholderText, color(ColorRole::MutedText));
    palette.setColor(QPalette::Button, color(ColorRole::Window));
    palette.setColor(QPalette::ButtonText, color(ColorRole::Text));
    palette.setColor(QPalette::ToolTipBase, color(ColorRole::Surface));
    palette.setColor(QPalette::ToolTipText, color(ColorRole::Text));
    palette.setColor(QPalette::Highlight, color(ColorRole::Selection));
    palette.setColor(QPalette::HighlightedText, color(ColorRole::SelectionText));
    palette.setColor(QPalette::Link, color(ColorRole::Accent));
    palette.setColor(QPalette::Mid, color(ColorRole::Border));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(ColorRole::MutedText));
    return palette;
}

QByteArray Theme::toBytes(double points) const
{
    QByteArrayList words{QByteArray::number(int(m_kind)), QByteArray::number(points)};
    for (const auto &color : m_colors)
        words.append(color.name().toLatin1());
    return words.join(' ');
}

std::optional<Theme> Theme::fromBytes(const QByteArray &bytes)
{
    const auto words = bytes.split(' ');
    constexpr int before = 2; // the kind and the text size
    const int kind = words.first().toInt();
    if (words.size() != before + colorRoleCount || kind < 0 || kind > int(ThemeKind::HighContrast))
        return {};
    QList<QColor> colors;
    for (const auto &word : words.mid(before))
        colors.append(QColor(QLatin1StringView(word)));
    const bool isWhole = std::all_of(colors.begin(), colors.end(), [](const QColor &color) { return color.isValid(); });
    return isWhole ? std::optional(Theme(ThemeKind(kind), colors)) : std::nullopt;
}

std::optional<double> Theme::pointsFromBytes(const QByteArray &bytes)
{
    constexpr double least = 4;
    constexpr double most = 100;
    const auto points = bytes.split(' ').value(1).toDouble();
    return points >= least && points <= most ? std::optional(points) : std::nullopt;
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto first = luminance(a);
    const auto second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace Countersign::Desktop
