// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/tokenpolicy.h>

#include <QtCore/QJsonObject>

namespace Countersign {

//! What a profile's file expects of tokens: an object with the members of a policy of `verify --policy`, `leeway` in
//! seconds and without the type.
//!
//! Errors: InvalidArgument naming the member, also for one that nobody knows.
[[nodiscard]] Result<Jose::TokenPolicy> expectationsFrom(const QJsonValue &value);
//! Undefined where nothing is expected.
QJsonValue expectationsJson(const Jose::TokenPolicy &policy);

} // namespace Countersign
