// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tomltext.h"

#include "text.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr qsizetype longestText = 1024;
constexpr qsizetype mostWords = 100;

Error invalid(const QString &message)
{
    return Error{ErrorCode::InvalidResponse, message};
}

} // namespace

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Result<toml::table> parseToml(QByteArrayView text)
{
    auto parsed = toml::parse(std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    if (!parsed)
        return invalid(Text::tr("line %1 is no TOML: %2")
                           .arg(parsed.error().source().begin.line)
                           .arg(harmless(textOf(parsed.error().description()))));
    return std::move(parsed).table();
}

Result<QString> tomlText(const toml::node &node, const QString &name)
{
    const auto *text = node.as_string();
    if (!text)
        return invalid(Text::tr("line %1: '%2' is no text").arg(node.source().begin.line).arg(name));
    const auto value = textOf(text->get());
    if (value.isEmpty() || value.size() > longestText || harmless(value) != value)
        return invalid(Text::tr("line %1: '%2' is empty, too long or holds a control character")
                           .arg(node.source().begin.line)
                           .arg(name));
    return value;
}

Result<QStringList> tomlWords(const toml::node &node, const QString &name)
{
    QStringList words;
    const auto *list = node.as_array();
    if (!list) {
        const auto text = tomlText(node, name);
        if (!text)
            return text.error();
        return text->split(u' ', Qt::SkipEmptyParts);
    }
    for (const auto &element : *list) {
        const auto text = tomlText(element, name);
        if (!text)
            return text.error();
        words += text->split(u' ', Qt::SkipEmptyParts);
        if (words.size() > mostWords)
            return invalid(Text::tr("line %1: '%2' has more than %3 words")
                               .arg(node.source().begin.line)
                               .arg(name)
                               .arg(mostWords));
    }
    return words;
}

} // namespace Countersign::Cli
