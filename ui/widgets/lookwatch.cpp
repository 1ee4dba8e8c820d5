// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/lookwatch.h"

#include "widgets/symbol.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>

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

} // namespace

void whenLookChanges(QWidget *widget, std::function<void()> act)
{
    new LookWatch(widget, std::move(act));
}

void showSymbol(QLabel *label, const QString &name, ColorRole role, int side)
{
    const auto show = [label, name, role, side] { label->setPixmap(symbol(name, role).pixmap(side, side)); };
    show();
    whenLookChanges(label, show);
}

} // namespace Countersign::Desktop
