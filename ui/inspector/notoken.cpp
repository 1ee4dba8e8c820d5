// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/notoken.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringDecoder>

#include <algorithm>

namespace Countersign::Desktop {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NoToken)
};

//! Shorter than what anybody issues: it could be guessed.
constexpr qsizetype shortest = 8;

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isControl(char c)
{
    return (c >= 0 && c < ' ' && !isSpace(c)) || c == '\x7f';
}

bool isBinary(QByteArrayView text)
{
    if (std::any_of(text.begin(), text.end(), isControl))
        return true;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    return decoder.hasError();
}

} // namespace

QString whyNoToken(QByteArrayView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return Words::tr("There is nothing in it.");
    if (isBinary(text))
        return Words::tr("This is no token: it is binary data. Tokens are text.");
    if (std::any_of(text.begin(), text.end(), isSpace))
        return Words::tr("This is no token: it is a text of several words, and none of them looks like a token.");
    if (std::any_of(text.begin(), text.end(), [](char c) { return c < 0; }))
        return Words::tr("This is no token: it has letters that no token has.");
    if (text.size() < shortest)
        return Words::tr("This is no token: it is too short to be one.");
    return {};
}

} // namespace Countersign::Desktop
