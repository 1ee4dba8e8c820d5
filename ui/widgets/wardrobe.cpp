// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/controlsheet.h"
#include "widgets/lookstyle.h"
#include "widgets/theme.h"

#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

#include <utility>

namespace Countersign::Desktop {

namespace {

QStringList s_sheets; //!< of each ControlKind, in the look that was applied last

//! Gives every control that needs one its sheet when it is about to be shown for the first time.
class Wardrobe final : public QObject
{
public:
    using QObject::QObject;

    static QStringList sheetsOf(const Theme &theme)
    {
        QStringList sheets;
        for (int kind = 0; kind <= int(ControlKind::ScrollBar); ++kind)
            sheets.append(controlSheet(ControlKind(kind), theme));
        return sheets;
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Polish && watched->isWidgetType())
            dress(*static_cast<QWidget *>(watched), {});
        return false;
    }
    //! A sheet that is neither \p before nor none is somebody's own.
    static void dress(QWidget &widget, const QString &before)
    {
        const auto &sheet = s_sheets.at(int(controlKind(widget)));
        const auto worn = widget.styleSheet();
        if (worn != sheet && (worn.isEmpty() || worn == before))
            widget.setStyleSheet(sheet);
    }
};

} // namespace

void Theme::apply(QApplication &application) const
{
    const auto sheets = Wardrobe::sheetsOf(*this);
    if (sheets == s_sheets)
        return;
    const auto before = std::exchange(s_sheets, sheets);
    s_current = *this;
    // Fusion is there on every system and takes its colours from the palette alone.
    if (before.isEmpty()) {
        QApplication::setStyle(new LookStyle);
        application.installEventFilter(new Wardrobe(&application));
    }
    QApplication::setPalette(palette());
    // Qt tells windows of it only while the application's event loop runs.
    const auto windows = QApplication::topLevelWidgets();
    for (auto *window : windows) {
        if (!window->testAttribute(Qt::WA_SetPalette))
            window->setPalette(QPalette());
    }
    const auto widgets = QApplication::allWidgets();
    for (auto *widget : widgets) {
        // The others get theirs when they are shown.
        if (widget->testAttribute(Qt::WA_WState_Polished))
            Wardrobe::dress(*widget, before.value(int(controlKind(*widget))));
    }
    // What was drawn or measured for another look: see whenLookChanges(). Whoever acts upon it may take others away.
    const QList<QPointer<QWidget>> told(widgets.cbegin(), widgets.cend());
    for (const auto &widget : told) {
        QEvent event(QEvent::StyleChange);
        if (widget)
            QCoreApplication::sendEvent(widget, &event);
    }
}

} // namespace Countersign::Desktop
