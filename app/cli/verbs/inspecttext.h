// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/tokendocument.h>

#include <QtCore/QDateTime>

namespace Countersign::Cli {

enum class TimeStyle : quint8 { Utc, Local, Relative };

//! A decoded token for people, on one line a member.
QString inspectionText(const Jose::TokenDocument &token, const QDateTime &at, TimeStyle style,
                       bool isExplained = false);
//! The same for scripts: an object without schema.
QByteArray inspectionJson(const Jose::TokenDocument &token);
//! A member's value: a string bare, everything else as JSON; nothing in it can draw on a terminal.
QString valueText(const Jose::JsonValue &value);

} // namespace Countersign::Cli
