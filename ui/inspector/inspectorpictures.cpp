// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The inspector's way with pictures: codes in them are read by another process.
#include "inspector/inspectorpage.h"
#include "inspector/picturereader.h"
#include "inspector/tokenbox.h"
#include "inspector/tokenreading.h"

#include <QtCore/QMimeData>
#include <QtGui/QImage>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString pictureProblem(PictureFault fault)
{
    switch (fault) {
    case PictureFault::None: break;
    case PictureFault::NoCode:
        return InspectorPage::tr(
            "No QR code was found in this picture. A sharper or larger one may help; the text itself "
            "always does.");
    case PictureFault::NoPicture:
        return InspectorPage::tr("This picture cannot be read. PNG, JPEG, GIF and WebP are known here.");
    case PictureFault::TooLarge: return InspectorPage::tr("This picture is too large: cut it down to the code.");
    case PictureFault::Failed:
        return InspectorPage::tr(
            "The program that reads pictures gave up on this one. Cut it down to the code, or give "
            "the text itself.");
    case PictureFault::NotInstalled:
        return InspectorPage::tr("This is a picture, and countersign-codereader, which reads codes in pictures, is not "
                                 "installed. Give the text itself.");
    }
    return {};
}

QStringList knownFormats()
{
    return {u"image/png"_s, u"image/jpeg"_s, u"image/gif"_s, u"image/webp"_s};
}

//! The bytes as the other program had them: nothing is decoded here.
QByteArray pictureBytes(const QMimeData &content)
{
    for (const auto &format : knownFormats()) {
        if (!content.hasFormat(format))
            continue;
        if (const auto bytes = content.data(format); !bytes.isEmpty())
            return bytes;
    }
    return {};
}

} // namespace

bool isPictureAlone(const QMimeData *content)
{
    if (!content || content->hasText() || content->hasUrls())
        return false;
    const auto known = knownFormats();
    return content->hasImage() || std::any_of(known.cbegin(), known.cend(), [content](const QString &format) {
               return content->hasFormat(format);
           });
}

void InspectorPage::setPictureReader(PictureReader *reader)
{
    m_pictures = reader;
}

void InspectorPage::inspectPicture(const QMimeData &content)
{
    if (const auto bytes = pictureBytes(content); !bytes.isEmpty())
        return readPicture(bytes);
    // The system has it as pixels alone.
    const auto image = qvariant_cast<QImage>(content.imageData());
    readThenPresent([image] { return readImage(image); }, {});
}

void InspectorPage::readPicture(const QByteArray &picture)
{
    build();
    if (!m_pictures)
        return refuse(pictureProblem(PictureFault::NotInstalled));
    askForAnother();
    if (!m_pictureWork)
        m_pictureWork = std::make_unique<QObject>();
    ++m_openPictures;
    m_box->sayBusy(tr("Looking for codes in the picture…"));
    m_pictures->read(picture, m_pictureWork.get(), [this](PictureFault fault, const Secret &text) {
        if (--m_openPictures == 0)
            m_box->sayBusy({});
        if (fault == PictureFault::None)
            inspect(text.clone());
        else
            refuse(pictureProblem(fault));
    });
}

void InspectorPage::dropPictures()
{
    m_pictureWork.reset();
    m_openPictures = 0;
    if (m_box)
        m_box->sayBusy({});
}

} // namespace Countersign::Desktop
