// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/jsonlayout.h"

#include "text/foreigntext.h"

#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct LayoutWords
{
    Q_DECLARE_TR_FUNCTIONS(JsonLayout)
};

constexpr int maximumDepth = 64;

QString scalar(QByteArrayView raw)
{
    return harmless(QString::fromUtf8(raw), 100'000);
}

void write(QString &out, const Jose::JsonValue &value, int depth)
{
    const QString margin(2 * (depth + 1), u' ');
    const auto close = [&out, depth](QChar bracket) { out += u'\n' + QString(2 * depth, u' ') + bracket; };
    const auto object = value.object();
    const auto list = value.array();
    if (depth >= maximumDepth || (!object && !list) || (object && object->isEmpty()) || (list && list->isEmpty())) {
        out += scalar(value.raw());
        return;
    }
    bool isFirst = true;
    out += object ? u'{' : u'[';
    const auto next = [&out, &margin, &isFirst] {
        out += (isFirst ? u"\n"_s : u",\n"_s) + margin;
        isFirst = false;
    };
    if (object) {
        for (const auto member : *object) {
            next();
            out += u'"' + harmless(member.nameString()) + u"\": "_s;
            write(out, member.value, depth + 1);
        }
        return close(u'}');
    }
    for (const auto item : *list) {
        next();
        write(out, item, depth + 1);
    }
    close(u']');
}

//! Line breaks stand as they are; everything else that misleads is made visible.
QString originalText(const QByteArray &bytes)
{
    QStringList lines;
    const auto parts = QString::fromUtf8(bytes).split(u'\n');
    for (const auto &line : parts)
        lines.append(harmless(line, 1'000'000));
    return lines.join(u'\n');
}

QString title(const Jose::TokenPart &part)
{
    if (part.name == "header"_L1)
        return LayoutWords::tr("Header");
    return part.name == "payload"_L1 ? LayoutWords::tr("Payload") : part.name;
}

} // namespace

QString indentedJson(const Jose::JsonValue &value)
{
    QString out;
    write(out, value, 0);
    return out;
}

QString jsonText(const Jose::TokenDocument &document, JsonLayout layout)
{
    QStringList sections;
    for (const auto &part : document.parts()) {
        const bool isText = !part.json.isUndefined() || part.name == "payload"_L1 || part.name == "header"_L1;
        if (!isText || part.bytes.isEmpty())
            continue;
        const bool isIndented = layout == JsonLayout::Indented && !part.json.isUndefined();
        sections.append(u"// %1\n"_s.arg(title(part))
                        + (isIndented ? indentedJson(part.json) : originalText(part.bytes)));
    }
    return sections.join(u"\n\n"_s);
}

} // namespace Countersign::Desktop
