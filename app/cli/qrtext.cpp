// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "qrtext.h"

#include <qrencode.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr int quietZone = 4;

//! Whether a module is dark; everything around the code is light.
bool isDark(const QRcode &code, int x, int y)
{
    x -= quietZone;
    y -= quietZone;
    if (x < 0 || y < 0 || x >= code.width || y >= code.width)
        return false;
    return (code.data[y * code.width + x] & 1U) != 0;
}

} // namespace

QString qrText(const QString &text, bool inColor)
{
    const std::unique_ptr<QRcode, void (*)(QRcode *)> code(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_L), QRcode_free);
    if (!code)
        return {};
    const int side = code->width + 2 * quietZone;
    QString out;
    for (int y = 0; y < side; y += 2) {
        // Black on white by number: the person's theme must not turn the code into its negative. Without colours the
        // light is drawn, quiet zone included, as it has to be on the dark ground that most terminals have.
        out += inColor ? u"\x1b[38;5;16;48;5;231m"_s : QString();
        for (int x = 0; x < side; ++x) {
            const bool upper = isDark(*code, x, y) == inColor;
            const bool lower = isDark(*code, x, y + 1) == inColor;
            out += upper ? (lower ? u'\u2588' : u'\u2580') : (lower ? u'\u2584' : u' ');
        }
        out += inColor ? u"\x1b[0m\n"_s : u"\n"_s;
    }
    return out;
}

} // namespace Countersign::Cli
