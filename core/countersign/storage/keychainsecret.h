// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <functional>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace Countersign {

//! The service (on Linux the attribute "server") of keychain items that people put there for programs of ours.
inline constexpr char keychainSecretService[] = "countersign-secret";

//! Gives what a person keeps in the platform's keychain under \p key and the service above. Nothing is ever written
//! there.
//!
//! Errors: InvalidArgument when there is no such item; StorageUnavailable with StoreLocked, StoreMissing or
//! StoreDenied.
COUNTERSIGN_EXPORT void readKeychainSecret(const QString &key, QObject *context,
                                           std::function<void(Result<Secret>)> handler);

} // namespace Countersign
