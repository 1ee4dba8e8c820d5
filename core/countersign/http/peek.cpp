// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/http/peek.h>

#include <algorithm>

namespace Countersign {

namespace {

//! Calls \p visit with name and value of each pair until it returns false.
template <typename Visit> void eachPair(QByteArrayView form, Visit visit)
{
    qsizetype begin = 0;
    while (begin < form.size()) {
        auto end = form.indexOf('&', begin);
        if (end < 0)
            end = form.size();
        const auto pair = form.sliced(begin, end - begin);
        const auto equals = pair.indexOf('=');
        if (equals > 0 && !visit(pair.first(equals), pair.sliced(equals + 1)))
            return;
        begin = end + 1;
    }
}

} // namespace

QStringList parameterNames(QByteArrayView form)
{
    constexpr qsizetype most = 100;
    QStringList names;
    eachPair(form, [&names](QByteArrayView name, QByteArrayView) {
        names.append(QString::fromLatin1(name));
        return names.size() < most;
    });
    return names;
}

QByteArrayView rawParameter(QByteArrayView form, QByteArrayView wanted)
{
    QByteArrayView found;
    eachPair(form, [&found, wanted](QByteArrayView name, QByteArrayView value) {
        if (name != wanted)
            return true;
        found = value;
        return false;
    });
    return found;
}

QString oauthErrorIn(const QByteArray &body)
{
    const auto name = body.indexOf("\"error\"");
    if (name < 0)
        return {};
    const auto open = body.indexOf('"', body.indexOf(':', name + 7));
    const auto close = open < 0 ? -1 : body.indexOf('"', open + 1);
    if (close < 0 || close - open > 64)
        return {};
    const auto value = body.sliced(open + 1, close - open - 1);
    const bool isCode = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
            || c == '-';
    });
    return isCode ? QString::fromLatin1(value) : QString();
}

} // namespace Countersign
