// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace Countersign::Desktop {

//! Why a text in which nothing was found is no token, in words; empty when it may be one of which only its issuer knows
//! the meaning.
//!
//! Spec: RFC 6750 §2.1, what a bearer token is made of.
QString whyNoToken(QByteArrayView text);

} // namespace Countersign::Desktop
