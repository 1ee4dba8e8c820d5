// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogfit.h"

#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"

#include <QtCore/QEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

namespace Countersign::Desktop {

namespace {

constexpr int windowFrame = 40; // pixels: the title bar and borders of the desktop's
constexpr auto fitName = "countersign_dialog_fit";

//! Wants all the room that its content does, and can do with less.
class DialogBody final : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

    QSize sizeHint() const override
    {
        auto size = leastSize(*widget()->layout(), std::max(width(), minimumSizeHint().width()));
        return size + QSize(verticalScrollBar()->sizeHint().width(), 0);
    }
    QSize minimumSizeHint() const override
    {
        const int wanted = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
        return {std::min(wanted, screen()->availableSize().width()), fontMetrics().lineSpacing() * 6};
    }
    //! Without cutting what wraps at \p width.
    static QSize leastSize(const QLayout &layout, int width)
    {
        auto least = layout.totalMinimumSize();
        if (layout.hasHeightForWidth())
            least.setHeight(
                std::max(least.height(), layout.totalMinimumHeightForWidth(std::max(width, least.width()))));
        return least;
    }
};

//! The last line of a dialog, when that is its buttons.
bool endsWithButtons(const QBoxLayout &column)
{
    auto *last = column.itemAt(column.count() - 1);
    return qobject_cast<QDialogButtonBox *>(last->widget()) || dynamic_cast<DialogButtons *>(last->widget());
}

//! What the Tab key goes through, in its order.
QList<QWidget *> tabStops(const QDialog &dialog)
{
    QList<QWidget *> stops;
    for (auto *widget = dialog.nextInFocusChain(); widget != &dialog; widget = widget->nextInFocusChain()) {
        if (widget->focusPolicy() != Qt::NoFocus && dialog.isAncestorOf(widget))
            stops.append(widget);
    }
    return stops;
}

//! Puts all but the buttons into something that scrolls.
DialogBody *makeScrolling(QDialog &dialog)
{
    auto *column = qobject_cast<QVBoxLayout *>(dialog.layout());
    if (!column || column->count() < 2 || !endsWithButtons(*column))
        return nullptr;
    const auto stops = tabStops(dialog);
    auto *focused = dialog.focusWidget();
    const auto margins = column->contentsMargins();
    auto *buttons = column->takeAt(column->count() - 1);
    auto *content = new QWidget;
    content->setLayout(column); // which takes it, and all that is in it, from the dialog
    auto *body = new DialogBody(&dialog);
    body->setAccessibleName(dialog.windowTitle());
    body->setFrameShape(QFrame::NoFrame);
    body->setWidgetResizable(true);
    body->setWidget(content);
    auto *outer = new QVBoxLayout(&dialog);
    outer->setContentsMargins(0, 0, 0, margins.bottom());
    outer->addWidget(body, 1);
    auto *footer = new QHBoxLayout;
    footer->setContentsMargins(margins.left(), 0, margins.right(), 0);
    if (auto *row = buttons->layout()) {
        footer->addLayout(row);
    } else {
        footer->addWidget(buttons->widget());
        delete buttons;
    }
    outer->addLayout(footer);
    body->show();
    // What got another parent is behind the buttons now.
    for (qsizetype i = 1; i < stops.size(); ++i)
        QWidget::setTabOrder(stops.at(i - 1), stops.at(i));
    if (focused)
        focused->setFocus();
    return body;
}

DialogBody *bodyOf(const QDialog &dialog)
{
    return dynamic_cast<DialogBody *>(dialog.findChild<QScrollArea *>(QString(), Qt::FindDirectChildrenOnly));
}

//! Null: the dialog has none that can be split.
DialogButtons *buttonsOf(const QDialog &dialog)
{
    const auto children = dialog.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (auto *child : children) {
        if (auto *buttons = dynamic_cast<DialogButtons *>(child))
            return buttons;
    }
    return nullptr;
}

void grow(QDialog &dialog)
{
    if (!dialog.layout() || !dialog.isWindow())
        return;
    const auto most = roomOnScreen(dialog);
    // At 300 % a screen may be narrower than what its dialog would have liked.
    if (dialog.minimumWidth() > most.width())
        dialog.setMinimumWidth(most.width());
    auto *body = bodyOf(dialog);
    const auto wanted = DialogBody::leastSize(*dialog.layout(), dialog.width());
    if (!body && (wanted.height() > most.height() || wanted.width() > most.width()))
        body = makeScrolling(dialog);
    auto *buttons = buttonsOf(dialog);
    if (buttons && buttons->minimumSizeHint().width() > most.width())
        buttons->split();
    dialog.layout()->activate(); // which tells how small it may become now
    const auto least =
        body ? dialog.layout()->totalSizeHint() : DialogBody::leastSize(*dialog.layout(), dialog.width());
    const auto size = dialog.size().expandedTo(least).boundedTo(most.expandedTo(dialog.minimumSize()));
    if (size != dialog.size())
        dialog.resize(size);
    // What waits for an answer is in sight.
    if (auto *waiting = dialog.focusWidget(); body && waiting && body->isAncestorOf(waiting))
        body->ensureWidgetVisible(waiting);
}

} // namespace

QSize roomOnScreen(const QWidget &window)
{
    return window.screen()->availableSize() - QSize(0, windowFrame);
}

void DialogFit::install(QApplication &application)
{
    const auto name = QString::fromLatin1(fitName);
    if (application.findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
        return;
    auto *fit = new DialogFit(&application);
    fit->setObjectName(name);
    application.installEventFilter(fit);
}

bool DialogFit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Show && event->type() != QEvent::LayoutRequest)
        return false;
    auto *dialog = qobject_cast<QDialog *>(watched);
    if (!dialog)
        return false;
    const auto fit = [dialog] {
        const auto forms = dialog->findChildren<QFormLayout *>();
        for (auto *form : forms)
            tidyForm(*form);
        grow(*dialog);
    };
    if (event->type() == QEvent::Show)
        fit();
    else // the layout hears of it after this filter
        QMetaObject::invokeMethod(dialog, fit, Qt::QueuedConnection);
    return false;
}

} // namespace Countersign::Desktop
