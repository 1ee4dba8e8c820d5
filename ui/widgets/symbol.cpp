// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/symbol.h"

#include <QtCore/QFile>
#include <QtGui/QFontDatabase>
#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtSvg/QSvgRenderer>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! Draws the SVG in a colour that is asked for at each painting, so that icons follow the look.
class SymbolEngine final : public QIconEngine
{
public:
    SymbolEngine(QString name, ColorRole role) : m_name(std::move(name)), m_role(role) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QFile file(u":/icons/%1.svg"_s.arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return;
        const auto role = mode == QIcon::Disabled ? ColorRole::MutedText
            : mode == QIcon::Selected             ? ColorRole::SelectionText
                                                  : m_role;
        auto text = file.readAll();
        text.replace("currentColor", Theme::current().color(role).name().toLatin1());
        QSvgRenderer(text).render(painter, QRectF(rect));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new SymbolEngine(*this); }

private:
    QString m_name;
    ColorRole m_role;
};

} // namespace

QIcon symbol(const QString &name, ColorRole role)
{
    return QIcon(new SymbolEngine(name, role));
}

QFont fixedFont()
{
    auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // As large as the rest, whatever size was chosen for that.
    if (const auto size = QGuiApplication::font().pointSizeF(); size > 0)
        font.setPointSizeF(size);
    return font;
}

} // namespace Countersign::Desktop
