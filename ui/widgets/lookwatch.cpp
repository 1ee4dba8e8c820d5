// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/lookwatch.h"

#include "widgets/symbol.h"

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>

#include <algorithm>

namespace Countersign::Desktop {

namespace {

class LookWatch final : public QObject
{
public:
    LookWatch(QWidget *widget, std::function<void()> act)
        : QObject(widget), m_act(std::move(act)), m_seen(Theme::current())
    {
        widget->installEventFilter(this);
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        // What is done about it may change the style once more: only another look counts.
        if (event->type() == QEvent::StyleChange && !(Theme::current() == m_seen)) {
            m_seen = Theme::current();
            m_act();
        }
        return false;
    }

private:
    std::function<void()> m_act;
    Theme m_seen;
};

class TextWatch final : public QObject
{
public:
    TextWatch(QWidget *widget, std::function<void()> act) : QObject(widget), m_act(std::move(act)) { m_act(); }
    void act() { m_act(); }

private:
    std::function<void()> m_act;
};

//! Only the application is told when the size of its text changes: a widget with a size of its own is not.
class FontRelay final : public QObject
{
public:
    using QObject::QObject;

    static void install()
    {
        const auto name = QStringLiteral("countersign_font_relay");
        if (qApp->findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
            return;
        auto *relay = new FontRelay(qApp);
        relay->setObjectName(name);
        qApp->installEventFilter(relay);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::ApplicationFontChange || watched != qApp)
            return false;
        const auto widgets = QApplication::allWidgets();
        for (const auto *widget : widgets) {
            for (auto *child : widget->children()) {
                if (auto *watch = dynamic_cast<TextWatch *>(child))
                    watch->act();
            }
        }
        return false;
    }
};

int lineHeight()
{
    return QFontMetrics(QApplication::font()).height();
}

} // namespace

int linesTall(double lines, int least)
{
    return std::max(least, qRound(lines * lineHeight()));
}

void whenLookChanges(QWidget *widget, std::function<void()> act)
{
    new LookWatch(widget, std::move(act));
}

void fitText(QWidget *widget, std::function<void()> act)
{
    FontRelay::install();
    new TextWatch(widget, std::move(act));
}

void wearFont(QWidget *widget, std::function<QFont()> font)
{
    fitText(widget, [widget, font = std::move(font)] { widget->setFont(font()); });
}

void makeHeading(QLabel *label, double factor)
{
    wearFont(label, [factor] {
        auto font = QApplication::font();
        font.setPointSizeF(font.pointSizeF() * factor);
        font.setBold(true);
        return font;
    });
}

void showSymbol(QLabel *label, const QString &name, ColorRole role, int side)
{
    const auto show = [label, name, role, lines = side / double(lineHeight())] {
        const int size = linesTall(lines, 1);
        label->setPixmap(symbol(name, role).pixmap(size, size));
    };
    fitText(label, show);
    whenLookChanges(label, show);
}

} // namespace Countersign::Desktop
