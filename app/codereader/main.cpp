// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "codes.h"
#include "restraint.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>
#include <cstring>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

using Countersign::App::CodeReading;

namespace {

constexpr int usageError = 2;

int help()
{
    std::puts(
        "countersign-codereader: reads a picture from standard input and writes the texts of the QR codes in it.\n"
        "Exit codes: 0 read, 3 no code, 4 no picture that is read here, 5 too large.");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--help") == 0)
        return help();
    if (argc != 1) {
        std::fputs("countersign-codereader: it takes no arguments, and a picture at its standard input\n", stderr);
        return usageError;
    }
    Countersign::CodeReader::restrain();
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    // For the plug-ins that decode.
    const QCoreApplication application(argc, argv);
    QFile input;
    QByteArray picture;
    if (input.open(stdin, QIODevice::ReadOnly)) {
        // One byte more than is looked into, so that too large is seen.
        while (picture.size() <= Countersign::App::largestPicture) {
            const auto part = input.read(Countersign::App::largestPicture + 1 - picture.size());
            if (part.isEmpty())
                break;
            picture += part;
        }
    }
    const auto codes = Countersign::CodeReader::readCodes(picture);
    std::fwrite(codes.text.constData(), 1, size_t(codes.text.size()), stdout);
    return std::fflush(stdout) == 0 ? int(codes.reading) : int(CodeReading::Failed);
}
