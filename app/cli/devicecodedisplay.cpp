// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "devicecodedisplay.h"

#include "qrtext.h"
#include "text.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

DeviceCodeDisplay::DeviceCodeDisplay(Terminal &terminal, Qr qr, bool copiesCode)
    : m_terminal(terminal), m_qr(qr), m_copiesCode(copiesCode)
{
    // Where lines cannot be replaced, one a minute is enough for a log.
    m_countdown.setInterval(m_terminal.isPerson() ? std::chrono::seconds(1) : std::chrono::minutes(1));
    QObject::connect(&m_countdown, &QTimer::timeout, this, &DeviceCodeDisplay::showRemaining);
}

void DeviceCodeDisplay::show(const DeviceCode &code)
{
    const auto address = code.verificationUri.toString(QUrl::FullyEncoded);
    m_terminal.write(
        Text::tr("To sign in, open %1 on any device and enter the code %2").arg(address, harmless(code.userCode))
        + u'\n');
    // Without an address that has the code in it, the picture saves typing the other one at least.
    const auto complete =
        code.verificationUriComplete ? code.verificationUriComplete->toString(QUrl::FullyEncoded) : address;
    if (m_qr == Qr::Always || (m_qr == Qr::Auto && m_terminal.isPerson()))
        m_terminal.write(qrText(complete, m_terminal.hasColor()));
    if (code.verificationUriComplete)
        m_terminal.write(Text::tr("or open %1").arg(complete) + u'\n');
    if (m_copiesCode && m_terminal.isPerson()) {
        // OSC 52: the terminal puts it into the clipboard, also over SSH.
        m_terminal.write(u"\x1b]52;c;%1\x07"_s.arg(QString::fromLatin1(code.userCode.toUtf8().toBase64())));
    }
    m_expiresAt = code.expiresAt;
    m_countdown.start();
    if (m_terminal.isPerson())
        showRemaining();
}

void DeviceCodeDisplay::finish()
{
    m_countdown.stop();
    m_terminal.endLine();
}

void DeviceCodeDisplay::showRemaining()
{
    const auto seconds = std::max<qint64>(0, QDateTime::currentDateTimeUtc().secsTo(m_expiresAt));
    m_terminal.replaceLine(
        Text::tr("Waiting; the code is good for %1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0')));
}

} // namespace Countersign::Cli
