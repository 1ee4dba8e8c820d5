// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>
#include <QtCore/QVariant>
#include <QtDBus/QDBusVariant>

namespace Countersign::Desktop {

//! What the desktop's settings portal says about how windows shall look: at the start and whenever it changes.
class SettingsPortal final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    //! Asks, and listens from then on. Nobody waits.
    void open();

Q_SIGNALS:
    //! A key of org.freedesktop.appearance.
    void told(const QString &key, const QVariant &value);
    //! There is no portal, or none that knows of looks.
    void silent();

private Q_SLOTS:
    void takeChange(const QString &group, const QString &key, const QDBusVariant &value);
};

} // namespace Countersign::Desktop
