// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QUrl>

namespace Countersign {

//! Whether \p candidate is \p redirectUri with an answer attached: the same scheme, no user info, the same host and
//! effective port, the same path byte for byte. A query registered with the redirect URI must come first in the answer.
//!
//! Spec: RFC 6749 §3.1.2, RFC 9700 §4.1.3.
[[nodiscard]] COUNTERSIGN_EXPORT bool isRedirect(const QUrl &candidate, const QUrl &redirectUri);

//! The answer in \p url: what stands between '?' and '#', encoded as it is.
[[nodiscard]] COUNTERSIGN_EXPORT Secret answerIn(const QUrl &url);

//! The answer in what a person pasted: the redirected address, or only what follows its '?'.
//!
//! Errors:  InvalidArgument when it is neither, or the address of something else. The message quotes nothing.
//! Secrets: \p pasted stays the caller's to wipe.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> parsePastedAnswer(QByteArrayView pasted, const QUrl &redirectUri);

} // namespace Countersign
