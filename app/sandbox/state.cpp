// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "state.h"

#include <countersign/crypto/systemrandom.h>

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

QString normalized(const QString &userCode)
{
    QString result = userCode.toUpper();
    result.remove(u'-');
    result.remove(u' ');
    return result;
}

} // namespace

DeviceRequest *State::deviceByUserCode(const QString &userCode)
{
    for (DeviceRequest &device : devices) {
        if (device.status == DeviceRequest::Status::Pending && normalized(device.userCode) == normalized(userCode))
            return &device;
    }
    return nullptr;
}

QString randomName()
{
    Countersign::SystemRandom random;
    return QString::fromLatin1(
        random.bytes(32).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString randomUserCode()
{
    // RFC 8628 §6.1: twenty consonants, so that no word is spelled by chance.
    static constexpr QLatin1StringView letters("BCDFGHJKLMNPQRSTVWXZ");
    Countersign::SystemRandom random;
    const QByteArray bytes = random.bytes(8);
    QString code;
    for (const char byte : bytes) {
        if (code.size() == 4)
            code += u'-';
        code += QChar(letters.at(static_cast<unsigned char>(byte) % letters.size()));
    }
    return code;
}

} // namespace CountersignSandbox
