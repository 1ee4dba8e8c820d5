// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokenreading.h"

#include "inspector/notoken.h"

#include <countersign/crypto/secret.h>
#include <countersign/jose/tokenextraction.h>

#include <dictionary/claimdictionary.h>

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtGui/QImage>

namespace Countersign::Desktop {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TokenReading)
};

//! What a person would call a token: whatever is more than a word without structure.
bool isSomething(const Jose::TokenDocument &document)
{
    return document.kind() != Jose::TokenKind::Empty
        && (document.kind() != Jose::TokenKind::Opaque || !document.provider().isEmpty());
}

bool isPicture(QByteArrayView bytes)
{
    return bytes.startsWith("\x89PNG\r\n") || bytes.startsWith("\xff\xd8\xff") || bytes.startsWith("GIF8")
        || (bytes.startsWith("RIFF") && bytes.sliced(std::min<qsizetype>(8, bytes.size())).startsWith("WEBP"));
}

//! Bytes that tell a picture from a text.
constexpr qint64 pictureMark = 16;
//! More is refused by whoever looks into it.
constexpr qint64 mostOfPicture = qint64(64) * 1024 * 1024;

} // namespace

TokenReading readImage(const QImage &image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return {.problem = Words::tr("The picture cannot be read.")};
    return {.picture = buffer.data()};
}

TokenReading readTokens(QByteArrayView text)
{
    // Taken apart with the first token, and here: the person's thread would stand still for it.
    (void)ClaimDictionary::builtIn();
    TokenReading reading;
    const auto candidates = Jose::extractTokens(text);
    for (const auto &candidate : candidates) {
        auto document = Jose::TokenDocument::read(candidate.token);
        if (isSomething(document))
            reading.documents.append(std::move(document));
    }
    if (!reading.documents.isEmpty())
        return reading;
    auto whole = Jose::TokenDocument::read(text);
    if (!isSomething(whole))
        reading.problem = whyNoToken(text);
    if (reading.problem.isEmpty())
        reading.documents.append(std::move(whole));
    return reading;
}

TokenReading readTokenFile(const QString &path)
{
    // Whoever opens a pipe waits for somebody to write into it.
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return {.problem = Words::tr("This is no file.")};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {.problem = Words::tr("This file cannot be read: %1").arg(file.errorString())};
    if (isPicture(file.peek(pictureMark)))
        return {.picture = file.read(mostOfPicture)};
    // One byte more than is looked into, so that the reader says "too large" rather than nothing.
    const Secret content(file.read(Jose::TokenDocument::maximumSize + 1));
    return readTokens(content.reveal());
}

void readBehind(QObject *context, std::function<TokenReading()> read, std::function<void(const TokenReading &)> then)
{
    QThreadPool::globalInstance()->start(
        [guard = QPointer<QObject>(context), read = std::move(read), then = std::move(then)] {
            auto reading = read();
            // The guard is looked at on the person's thread only, where it cannot die in between.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, then, reading = std::move(reading)] {
                    if (guard)
                        then(reading);
                },
                Qt::QueuedConnection);
        });
}

} // namespace Countersign::Desktop
