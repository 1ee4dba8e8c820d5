// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QCoreApplication;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The languages that there are translations for.
QStringList availableLanguages();
//! Loads the translations of \p language, a BCP 47 name, or of the system's when it is empty, and makes it the
//! program's default locale. Before the first window.
void installTranslations(QCoreApplication &application, const QString &language);

} // namespace Countersign::Desktop
