// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QString>

namespace Countersign {

//! What SystemLauncher would end up in, as far as that can be told without showing a page: a command of $BROWSER, the
//! desktop entry that opens https, or a browser that xdg-open knows by its name. Empty: nothing here shows web pages.
//!
//! \p command is the person's own for pages, if they have one: it goes before, and is the answer if its program is
//! there.
//!
//! On Windows and macOS, which are never without one, a word for the system's own.
//!
//! Spec: Association between MIME types and applications 1.0.
[[nodiscard]] COUNTERSIGN_EXPORT QString installedBrowser(const QString &command = {});

} // namespace Countersign
