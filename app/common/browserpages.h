// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/loopbackpages.h>

#include <QtCore/QLocale>

namespace Countersign::App {

//! What the browser shows of this application when a sign-in is over, in the language of \p locale: German or English.
LoopbackPages browserPages(const QLocale &locale = QLocale());

} // namespace Countersign::App
