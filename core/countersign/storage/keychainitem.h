// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: one item of the platform's keychain.
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <optional>

namespace Countersign {

struct KeychainItem
{
    using DoneHandler = std::function<void(const Result<void> &)>;
    using ReadHandler = std::function<void(Result<std::optional<Secret>>)>;

    QString service;
    QString key;

    //! For what a keychain does by itself, or a password that its person knows.
    static constexpr std::chrono::seconds usualPatience{60};

    void read(QObject *context, ReadHandler handler) const;
    void write(const Secret &value, QObject *context, DoneHandler handler,
               std::chrono::milliseconds patience = usualPatience) const;
    //! Removing what is not there succeeds.
    void remove(QObject *context, DoneHandler handler) const;
};

//! Reads an item, and believes that there is none only from a keychain that says so twice and is unlocked after each
//! time: a keyring daemon that is started again between two questions has nothing to show until it is unlocked.
void readSurely(const KeychainItem &item, QObject *context, KeychainItem::ReadHandler handler);

//! How long somebody may read the question for a new keychain, and think of a password for it.
inline constexpr std::chrono::minutes choosingPatience{10};

//! Makes a collection where the keychain has none yet, which asks a person for a password: \p item is written there and
//! removed again.
//! Errors: StorageUnavailable with StoreMissing, or with StoreDenied when the person refuses; TimedOut when nobody
//!         answers within \p patience, which is no refusal.
void makeCollection(const KeychainItem &item, QObject *context, KeychainItem::DoneHandler handler,
                    std::chrono::milliseconds patience = choosingPatience);

//! Whether the keychain is there and unlocked, without asking a person.
//! Errors: StorageUnavailable with StoreMissing or StoreLocked.
void checkKeychain(QObject *context, KeychainItem::DoneHandler handler);

} // namespace Countersign
