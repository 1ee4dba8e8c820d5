// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/tokendocument.h>

#include <QtCore/QString>

namespace Countersign::Desktop {

//! The header and the payload (and whatever else decodes to JSON) for reading.
enum class JsonLayout : quint8 {
    Indented, //!< one member a line; order, duplicates, numbers and escapes exactly as they stood
    Original, //!< the bytes as they were signed
};

//! Direction overrides and control characters become visible codes in both.
QString jsonText(const Jose::TokenDocument &document, JsonLayout layout);
//! One value, indented.
QString indentedJson(const Jose::JsonValue &value);

} // namespace Countersign::Desktop
