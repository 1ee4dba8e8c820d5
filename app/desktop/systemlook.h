// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>
#include <QtCore/QVariant>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Notices when the system goes light, dark or high in contrast, and tells setSystemTheme().
//!
//! Qt says so by itself from 6.5 on. Before, on the desktops of freedesktop.org, the settings portal does; elsewhere
//! the palette that the system gives the windows.
//! Spec: XDG Desktop Portal, org.freedesktop.portal.Settings, namespace org.freedesktop.appearance.
class SystemLook final : public QObject
{
    Q_OBJECT
public:
    //! \p window outlives it.
    explicit SystemLook(QWidget &window);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askPortal();
    void comparePalette();
    void take(const QString &key, const QVariant &value);

    uint m_colorScheme = 0; //!< 0 no preference, 1 dark, 2 light
    uint m_contrast = 0; //!< 1 more of it
};

} // namespace Countersign::Desktop
