// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! Whether \p url leads to this machine. Spec: RFC 8252 §7.3, §8.3: these three spellings and no other.
COUNTERSIGN_EXPORT bool isLoopback(const QUrl &url);
//! Whether \p url is https, or http on loopback, with a host, without user info and fragment.
bool isPlainAddress(const QUrl &url);
//! Scheme, host and port. Spec: RFC 6454 §4.
bool isSameOrigin(const QUrl &a, const QUrl &b);

} // namespace Countersign::Protocol
