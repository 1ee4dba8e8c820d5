// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QLatin1StringView>

QT_BEGIN_NAMESPACE
class QWebEngineScript;
QT_END_NAMESPACE

namespace Countersign {

//! What the watching script writes to the console. A page may write it, too: all it gets is our offer of the browser.
inline constexpr QLatin1StringView passkeySign("countersign: a passkey is wanted");

//! Notices when a page asks for a passkey. Qt WebEngine has no dialog for one before Qt 6.7, and the page would wait
//! without a word.
QWebEngineScript passkeyWatch();

} // namespace Countersign
