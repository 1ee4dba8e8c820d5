// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "words.h"

#include "text.h"

#include <algorithm>
#include <vector>

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Levenshtein's distance with a swap of neighbours as one step, for "did you mean".
qsizetype distance(QStringView a, QStringView b)
{
    std::vector<std::vector<qsizetype>> d(size_t(a.size() + 1), std::vector<qsizetype>(size_t(b.size() + 1)));
    for (qsizetype i = 0; i <= a.size(); ++i) {
        for (qsizetype j = 0; j <= b.size(); ++j) {
            auto &cell = d[size_t(i)][size_t(j)];
            if (i == 0 || j == 0) {
                cell = i + j;
                continue;
            }
            const bool same = a[i - 1] == b[j - 1];
            cell = std::min({d[size_t(i - 1)][size_t(j)] + 1, d[size_t(i)][size_t(j - 1)] + 1,
                             d[size_t(i - 1)][size_t(j - 1)] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cell = std::min(cell, d[size_t(i - 2)][size_t(j - 2)] + 1);
        }
    }
    return d[size_t(a.size())][size_t(b.size())];
}

//! A character of UTF-8 text that a terminal may obey, or that turns the direction of what follows.
struct ControlCharacter
{
    qsizetype size = 0; //!< bytes; 0: there is none
    uint unit = 0;
};

ControlCharacter controlAt(QByteArrayView utf8, qsizetype at)
{
    const auto byte = [utf8](qsizetype i) { return i < utf8.size() ? static_cast<uchar>(utf8[i]) : uchar(0); };
    if (byte(at) == 0x7f)
        return {1, 0x7f};
    const bool isTwo = byte(at) == 0xc2 && (byte(at + 1) & 0xc0) == 0x80;
    const bool isThree =
        (byte(at) == 0xe2 || byte(at) == 0xef) && (byte(at + 1) & 0xc0) == 0x80 && (byte(at + 2) & 0xc0) == 0x80;
    if (!isTwo && !isThree)
        return {};
    const qsizetype size = isTwo ? 2 : 3;
    const auto text = QString::fromUtf8(utf8.sliced(at, size));
    const auto category = text.front().category();
    const bool controls = category == QChar::Other_Control || category == QChar::Other_Format
        || category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
    return controls ? ControlCharacter{size, text.front().unicode()} : ControlCharacter();
}

} // namespace

Error wrongUsage(const QString &message)
{
    return Error{ErrorCode::InvalidArgument, message};
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    // In a short word two slips make another word.
    constexpr qsizetype shortWord = 4;
    const qsizetype slips = word.size() <= shortWord ? 1 : std::max<qsizetype>(2, word.size() / 3);
    qsizetype least = std::min(slips, word.size() - 1) + 1;
    for (const auto &candidate : candidates) {
        const auto d = distance(word, candidate);
        if (d < least) {
            least = d;
            best = candidate;
        }
    }
    // Part of a name, where it is part of one alone.
    constexpr qsizetype shortestPart = 3;
    if (!best.isEmpty() || word.size() < shortestPart)
        return best;
    const auto whole = candidates.filter(word, Qt::CaseInsensitive);
    return whole.size() == 1 ? whole.first() : best;
}

QString notOneOf(const QString &word, const QStringList &candidates)
{
    const auto near = nearest(word, candidates);
    return Text::tr("'%1' is not one of %2.").arg(word, candidates.join(u", "_s))
        + (near.isEmpty() ? QString() : u' ' + Text::tr("Did you mean '%1'?").arg(near));
}

Result<std::chrono::milliseconds> parseDuration(QStringView text)
{
    using namespace std::chrono;
    struct Unit
    {
        QLatin1StringView suffix;
        milliseconds length;
    };
    static constexpr Unit units[] = {
        {"ms"_L1, milliseconds(1)}, {"s"_L1, seconds(1)}, {"m"_L1, minutes(1)}, {"h"_L1, hours(1)}};
    milliseconds length = seconds(1);
    QStringView number = text;
    for (const auto &unit : units) {
        if (text.endsWith(unit.suffix)) {
            length = unit.length;
            number = text.chopped(unit.suffix.size());
            break;
        }
    }
    bool ok = false;
    const auto count = number.toLongLong(&ok);
    // A year is more than anybody means, and keeps the arithmetic within range.
    if (!ok || count < 0 || count > hours(24 * 366) / length)
        return wrongUsage(Text::tr("'%1' is no time span. Write for example 60s, 5m or 500ms.").arg(text));
    return milliseconds(count * length.count());
}

QString harmless(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        const bool controls = c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        out += controls ? QChar(QChar::ReplacementCharacter) : c;
    }
    return out;
}

QString harmlessLines(const QString &text)
{
    auto lines = text.split(u'\n');
    for (auto &line : lines)
        line = harmless(line);
    return lines.join(u'\n');
}

Secret harmlessJson(QByteArrayView json)
{
    constexpr qsizetype escapeSize = 6; // \u and four digits
    qsizetype size = 0;
    // Within a string a line end is written with an escape: what stands there itself is white space.
    const auto endsLine = [](char c) { return c == '\n' || c == '\r'; };
    for (qsizetype at = 0; at < json.size();) {
        const auto found = controlAt(json, at);
        size += found.size != 0 ? escapeSize : endsLine(json[at]) ? 0 : 1;
        at += std::max<qsizetype>(found.size, 1);
    }
    auto result = Secret::ofSize(size);
    char *out = reinterpret_cast<char *>(result.writable().data()); // the buffer is bytes, the text is chars
    for (qsizetype at = 0; at < json.size();) {
        const auto found = controlAt(json, at);
        if (found.size == 0) {
            if (!endsLine(json[at]))
                *out++ = json[at];
            ++at;
            continue;
        }
        const auto escape = QByteArray("\\u" + QByteArray::number(found.unit, 16).rightJustified(4, '0'));
        out = std::copy(escape.begin(), escape.end(), out);
        at += found.size;
    }
    return result;
}

QString elided(const QString &text)
{
    constexpr qsizetype longest = 48;
    qsizetype head = 30;
    qsizetype tail = longest - head - 1;
    if (text.size() <= longest)
        return text;
    // Half a character is none.
    if (text.at(head - 1).isHighSurrogate())
        --head;
    if (text.at(text.size() - tail).isLowSurrogate())
        --tail;
    return text.first(head) + u'…' + text.last(tail);
}

QByteArray maskedToken(QByteArrayView token)
{
    const auto shown = std::min<qsizetype>(6, token.size() / 4);
    return token.first(shown).toByteArray() + "... (" + QByteArray::number(token.size()) + ')';
}

QString relativeTime(const QDateTime &time, const QDateTime &at)
{
    const qint64 seconds = at.secsTo(time);
    const qint64 size = qAbs(seconds);
    const auto amount = size < 120 ? Text::tr("%1 s").arg(size)
        : size < 7200              ? Text::tr("%1 min").arg(size / 60)
        : size < 172800            ? Text::tr("%1 h").arg(size / 3600)
                                   : Text::tr("%1 d").arg(size / 86400);
    return seconds >= 0 ? Text::tr("in %1").arg(amount) : Text::tr("%1 ago").arg(amount);
}

QString shellQuoted(const QString &word)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_@%+=:,./~-]+\\z"_s);
    if (plain.match(word).hasMatch())
        return word;
    return u'\'' + QString(word).replace(u"'"_s, u"'\\''"_s) + u'\'';
}

} // namespace Countersign::Cli
