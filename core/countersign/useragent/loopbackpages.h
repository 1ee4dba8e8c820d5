// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace Countersign {

//! What one page says, as plain text in any language.
struct LoopbackPageWords
{
    QString title;
    QString text;
};

//! What the browser shows after the provider sent it back. Static on purpose: nothing of a request is ever reflected,
//! and the pages are served with `Content-Security-Policy: default-src 'none'`, so they are plain HTML without styles,
//! scripts or images.
//!
//! Encoding: UTF-8 HTML documents.
struct COUNTERSIGN_EXPORT LoopbackPages
{
    QByteArray answered; //!< the answer arrived
    QByteArray declined; //!< the answer arrived, and is a refusal: it has an "error" (RFC 6749 §4.1.2.1)
    QByteArray stray; //!< this was not the answer of a sign-in that is under way

    //! In English, and without the name of an application.
    static LoopbackPages standard();
    //! One page in \p language, a tag of BCP 47 such as "de". Whatever the words are, they stay text.
    static QByteArray page(const QString &language, const LoopbackPageWords &words);
};

} // namespace Countersign
