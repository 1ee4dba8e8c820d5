// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: base64url by the processor's wide instructions.
#pragma once

#include <QtCore/QtGlobal>

namespace Countersign::Jose {

//! Decodes from the front of \p in as far as 32 characters at a time go, and stops before a foreign character, before
//! the end and where the processor cannot. \p out has room for what all of \p size stands for.
//!
//! Returns: how many characters are done, a multiple of 32; each four of them are three bytes of \p out.
qsizetype decodeBase64UrlWide(const unsigned char *in, qsizetype size, unsigned char *out);

} // namespace Countersign::Jose
