// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

namespace Countersign::Desktop {

//! How a token is put into the clipboard.
enum class CopyForm : quint8 {
    Plain,
    Header, //!< RFC 6750 §2.1
    Curl,
    PowerShell,
    Httpie,
    Json, //!< like a token response, RFC 6749 §5.1
    Environment,
};

QList<CopyForm> allCopyForms();
//! What is copied, for a menu.
QString copyFormText(CopyForm form);
//! \p token in the given form, ready to be pasted: where a shell or a parser reads it, it is quoted for it, so that no
//! token can be more than a token there.
Secret formatted(const Secret &token, CopyForm form, TokenUse use = TokenUse::Access);
//! \p token so that it can be shown to others: decodable without its signature; of one that means nothing by itself
//! only its length.
QString redacted(const Secret &token);

} // namespace Countersign::Desktop
