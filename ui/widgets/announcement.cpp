// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/announcement.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QWidget>

namespace Countersign::Desktop {

void announce(QWidget *widget, const QString &text, Urgency urgency)
{
    if (!QAccessible::isActive())
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(widget, text);
    event.setPoliteness(urgency == Urgency::Assertive ? QAccessible::AnnouncementPoliteness::Assertive
                                                      : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
#else
    widget->setAccessibleDescription(text);
    QAccessibleEvent event(widget, urgency == Urgency::Assertive ? QAccessible::Alert : QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
#endif
}

} // namespace Countersign::Desktop
