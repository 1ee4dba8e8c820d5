// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QtGlobal>

QT_BEGIN_NAMESPACE
class QGuiApplication;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Lets all threads use one heap, where the C library can. To be called before there is a second thread.
//!
//! glibc gives every thread a heap of its own, and each keeps what it once needed: the few threads here work seldom,
//! and none of them for speed.
void shareHeap();

//! Gives what a closed dialog leaves back to the system, where the C library keeps it: the parts of a window lie
//! between others that stay. Once, when there is an application.
void giveBackAfterDialogs(QGuiApplication &application);

} // namespace Countersign::Desktop
