// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <widgets/theme.h>

#include <QtCore/QObject>
#include <QtCore/QVariant>

#include <optional>

namespace Countersign::Desktop {

//! Notices when the system goes light, dark or high in contrast, and tells setSystemTheme().
//!
//! Qt says so by itself from 6.5 on. Before, on the desktops of freedesktop.org, the settings portal does; everywhere,
//! the palette that comes with a theme.
//! Spec: XDG Desktop Portal, org.freedesktop.portal.Settings, namespace org.freedesktop.appearance.
class SystemLook final : public QObject
{
    Q_OBJECT
public:
    //! \p window, any one, is told by Qt when the system's theme changes. It takes this along.
    explicit SystemLook(QObject &window);

Q_SIGNALS:
    //! Another look may be wanted: applyAppearance() finds out which. What the system said is absent when only its
    //! palette speaks.
    void changed(std::optional<Countersign::Desktop::ThemeKind> told);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askPortal();
    void take(const QString &key, const QVariant &value);
    void tell();

    uint m_colorScheme = 0; //!< 0 no preference, 1 dark, 2 light
    uint m_contrast = 0; //!< 1 more of it
};

} // namespace Countersign::Desktop
