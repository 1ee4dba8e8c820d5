// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "codes.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>
#include <QtGui/QImageReader>
#include <QtGui/QPainter>

// Texts in UTF-8, as from version 2 on without asking.
#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::CodeReader {

namespace {

using App::CodeReading;

//! In pixels: twice what the cameras of phones give. More is a bomb, or a map.
constexpr qint64 largestArea = qint64(48) * 1000 * 1000;
//! What one decoded picture may take, in MiB.
constexpr int memoryLimit = 256;

//! Formats that hold pixels alone. SVG draws, PDF runs programs.
bool isTaken(const QByteArray &format)
{
    constexpr std::array taken{"png"_L1, "jpeg"_L1, "jpg"_L1, "gif"_L1, "bmp"_L1, "webp"_L1};
    return std::find(taken.begin(), taken.end(), QLatin1StringView(format)) != taken.end();
}

//! Nothing shines through on paper.
QImage onWhite(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return image;
    QImage paper(image.size(), QImage::Format_RGB32);
    paper.fill(Qt::white);
    QPainter(&paper).drawImage(0, 0, image);
    return paper;
}

QByteArrayList codesIn(const QImage &gray)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode | ZXing::BarcodeFormat::MicroQRCode);
    hints.setTryHarder(true);
    hints.setTryRotate(true);
    const ZXing::ImageView view(gray.constBits(), gray.width(), gray.height(), ZXing::ImageFormat::Lum,
                                int(gray.bytesPerLine()));
    QByteArrayList texts;
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
        const auto text = QByteArray::fromStdString(result.text());
        if (result.isValid() && !text.isEmpty() && !texts.contains(text))
            texts.append(text);
    }
    return texts;
}

} // namespace

Codes readCodes(const QByteArray &picture)
{
    if (picture.size() > App::largestPicture)
        return {CodeReading::TooLarge};
    QBuffer buffer;
    buffer.setData(picture);
    buffer.open(QIODevice::ReadOnly);
    // By its bytes alone, before anything is decoded.
    const auto format = QImageReader::imageFormat(&buffer);
    if (!isTaken(format))
        return {CodeReading::NoPicture};
    QImageReader::setAllocationLimit(memoryLimit);
    QImageReader reader(&buffer, format);
    reader.setAutoTransform(true);
    if (const auto size = reader.size(); size.isValid() && qint64(size.width()) * size.height() > largestArea)
        return {CodeReading::TooLarge};
    const auto image = reader.read();
    if (image.isNull())
        return {CodeReading::NoPicture};
    auto gray = onWhite(image).convertToFormat(QImage::Format_Grayscale8);
    auto texts = codesIn(gray);
    if (texts.isEmpty()) {
        gray.invertPixels(); // light on dark
        texts = codesIn(gray);
    }
    if (texts.isEmpty())
        return {CodeReading::NoCode};
    auto text = texts.join('\n');
    if (text.size() > App::longestCodes)
        return {CodeReading::TooLarge};
    return {CodeReading::Read, std::move(text)};
}

} // namespace Countersign::CodeReader
