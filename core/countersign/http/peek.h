// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QString>
#include <QtCore/QStringList>

// What a transport may look at without understanding it. Inside this layer only.

namespace Countersign {

//! The names of a form's parameters, as they are written.
QStringList parameterNames(QByteArrayView form);
//! The value of the first parameter of that name as it is written, percent escapes included; empty when there is none.
//! Secrets: may be one.
QByteArrayView rawParameter(QByteArrayView form, QByteArrayView name);
//! The value of "error" in an OAuth error document, when it looks like a code: letters, digits and '_' '.' '-'.
QString oauthErrorIn(const QByteArray &body);

} // namespace Countersign
