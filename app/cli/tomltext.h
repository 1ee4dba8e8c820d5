// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Includes toml++: for the sources that read a file of settings alone.
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QStringList>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
// toml++ 3.3 asserts, and lets the optimizer assume, that no list holds a closing brace: "a = [}" in a stranger's file
// would end the program. Without either it reports the brace as the error it is.
#if __has_include(<toml++/impl/preprocessor.h>)
#include <toml++/impl/preprocessor.h>
#undef TOML_ASSERT
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_ASSERT_ASSUME(expr) static_assert(true)
#endif
#include <toml++/toml.h>

namespace Countersign::Cli {

//! The table that \p text is.
//!
//! Errors: InvalidResponse with the line.
[[nodiscard]] Result<toml::table> parseToml(QByteArrayView text);
QString textOf(std::string_view utf8);
//! A text that can stand in a message and in a request as it is: neither empty nor long, without control characters.
//!
//! Errors: InvalidResponse with the line and \p name.
[[nodiscard]] Result<QString> tomlText(const toml::node &node, const QString &name);
//! Words: a text that is split at its spaces, or a list of such texts.
[[nodiscard]] Result<QStringList> tomlWords(const toml::node &node, const QString &name);

} // namespace Countersign::Cli
