// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>

#include <functional>

QT_BEGIN_NAMESPACE
class QMimeData;
class QObject;
QT_END_NAMESPACE

namespace Countersign {
class Secret;
}

namespace Countersign::Desktop {

//! Why a picture told nothing.
enum class PictureFault {
    None,
    NoCode,
    NoPicture, //!< or one of a kind that is not read
    TooLarge,
    Failed, //!< the reader crashed, or took too long
    NotInstalled,
};

//! Whether there is a picture and nothing that says more.
bool isPictureAlone(const QMimeData *content);

//! Reads the codes in pictures. The windows do not know how: no stranger's picture is decoded in their process.
class PictureReader
{
public:
    //! \p text: of all codes, a line each.
    using Handler = std::function<void(PictureFault fault, const Secret &text)>;

    virtual ~PictureReader() = default;
    //! Looks into \p picture, the bytes of a file. \p handler is called once, later, unless \p context is gone by then:
    //! that is how it is cancelled. It has a deadline of its own.
    virtual void read(const QByteArray &picture, QObject *context, Handler handler) = 0;
};

} // namespace Countersign::Desktop
