// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/assertionfile.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qint64 longestAssertion = 64 * 1024;

//! Three parts, each of them there; whether it is a good one the provider decides.
bool looksLikeJwt(QByteArrayView text)
{
    const auto dots = std::count(text.begin(), text.end(), '.');
    return dots == 2 && !text.startsWith('.') && !text.endsWith('.') && !text.contains("..")
        && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<Secret> readAssertion(const QString &path)
{
    const auto refuse = [&path](const QString &why) {
        return Error{ErrorCode::InvalidArgument,
                     u"The file with the client's assertion (%1) cannot be used: %2."_s.arg(path, why)};
    };
    // Whoever opens a pipe waits for somebody to write into it.
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return refuse(u"it is no file"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return refuse(file.errorString());
    auto bytes = file.read(longestAssertion + 1);
    const Secret text(std::move(bytes));
    if (text.size() > longestAssertion)
        return refuse(u"it is larger than a token"_s);
    const auto trimmed = text.reveal().trimmed();
    if (!looksLikeJwt(trimmed))
        return refuse(u"there is no JWT in it"_s);
    return Secret::copyOf(trimmed);
}

} // namespace

AssertionSource assertionsFromFile(const QString &path)
{
    return [path](const AssertionWish &) { return readAssertion(path); };
}

} // namespace Countersign
