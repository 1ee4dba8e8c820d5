// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "codepictures.h"

#include <common/codereading.h>

namespace Countersign::Desktop {

namespace {

PictureFault faultOf(App::CodeReading reading)
{
    switch (reading) {
    case App::CodeReading::Read: return PictureFault::None;
    case App::CodeReading::NoCode: return PictureFault::NoCode;
    case App::CodeReading::NoPicture: return PictureFault::NoPicture;
    case App::CodeReading::TooLarge: return PictureFault::TooLarge;
    case App::CodeReading::Failed: return PictureFault::Failed;
    case App::CodeReading::NoProgram: return PictureFault::NotInstalled;
    }
    Q_UNREACHABLE();
}

} // namespace

CodePictures::CodePictures(const QString &program) : m_program(program.isEmpty() ? App::codeReaderProgram() : program)
{
}

void CodePictures::read(const QByteArray &picture, QObject *context, Handler handler)
{
    App::readCodes(m_program, picture, context,
                   [handler = std::move(handler)](App::CodeReading reading, const Secret &text) {
                       handler(faultOf(reading), text);
                   });
}

} // namespace Countersign::Desktop
