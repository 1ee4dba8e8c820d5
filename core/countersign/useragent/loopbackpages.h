// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>

namespace Countersign {

//! What the browser shows after the provider sent it back. Static on purpose: nothing of a request is ever reflected,
//! and the pages are served with `Content-Security-Policy: default-src 'none'`, so they are plain HTML without styles,
//! scripts or images.
//!
//! Encoding: UTF-8 HTML documents.
struct COUNTERSIGN_EXPORT LoopbackPages
{
    QByteArray answered; //!< the answer arrived, whatever it says
    QByteArray stray; //!< this was not the answer of a sign-in that is under way

    //! In English.
    static LoopbackPages standard();
};

} // namespace Countersign
