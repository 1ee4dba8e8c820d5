// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogfit.h"

#include <QtCore/QEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLayout>

namespace Countersign::Desktop {

namespace {

constexpr int windowFrame = 40; // pixels: the title bar and borders of the desktop's
constexpr auto fitName = "countersign_dialog_fit";

void grow(QDialog &dialog)
{
    const auto *layout = dialog.layout();
    if (!layout || !dialog.isWindow())
        return;
    auto least = layout->totalMinimumSize();
    const int width = std::max(dialog.width(), least.width());
    if (layout->hasHeightForWidth())
        least.setHeight(std::max(least.height(), layout->totalMinimumHeightForWidth(width)));
    const auto most = dialog.screen()->availableSize() - QSize(0, windowFrame);
    const auto size = dialog.size().expandedTo(least.boundedTo(most));
    if (size != dialog.size())
        dialog.resize(size);
}

} // namespace

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
    if (event->type() == QEvent::Show)
        grow(*dialog);
    else // the layout hears of it after this filter
        QMetaObject::invokeMethod(
            dialog, [dialog] { grow(*dialog); }, Qt::QueuedConnection);
    return false;
}

} // namespace Countersign::Desktop
