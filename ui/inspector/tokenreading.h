// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/tokendocument.h>

#include <functional>

QT_BEGIN_NAMESPACE
class QImage;
class QObject;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The tokens that were found in a text; where there is none, why, in words.
struct TokenReading
{
    QList<Jose::TokenDocument> documents = {};
    QString problem = {};
    QByteArray picture = {}; //!< the file is one: a PictureReader may find text in it
};

//! Takes the tokens out of whatever \p text is.
//!
//! Thread: any.
TokenReading readTokens(QByteArrayView text);
//! The same of a file. Waits for the disk.
TokenReading readTokenFile(const QString &path);
//! \p image as a file, for a PictureReader. Takes its time.
//!
//! Thread: any.
TokenReading readImage(const QImage &image);
//! Lets \p read do its work on another thread and gives what it found to \p then, on that of \p context, unless
//! \p context has died by then.
void readBehind(QObject *context, std::function<TokenReading()> read, std::function<void(const TokenReading &)> then);

} // namespace Countersign::Desktop
