// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Shift+F10 does what the Menu key does, which many keyboards lack. Qt knows it on Windows only.
class MenuKey final : public QObject
{
public:
    //! Once for the application, which owns it.
    static void install(QApplication &application);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using QObject::QObject;
};

} // namespace Countersign::Desktop
