// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "query.h"

#include "text.h"
#include "words.h"

#include <countersign/jose/json.h>

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

Result<Jose::JsonValue> member(const Jose::JsonValue &value, const QString &name)
{
    const auto object = value.object();
    const auto found = object ? object->value(name.toUtf8()) : Jose::JsonValue();
    if (!found.isUndefined())
        return found;
    const auto near = nearest(name, object ? object->names() : QStringList());
    return wrongUsage(Text::tr("The answer has no member '%1'.").arg(name)
                      + (near.isEmpty() ? QString() : u' ' + Text::tr("Did you mean '%1'?").arg(near)));
}

Result<Jose::JsonValue> element(const Jose::JsonValue &value, qsizetype index)
{
    const auto array = value.array();
    if (!array || index >= array->size())
        return wrongUsage(Text::tr("The answer has no element [%1] there.").arg(index));
    return array->at(index);
}

} // namespace

Result<Secret> query(QByteArrayView json, const QString &path)
{
    static const QRegularExpression step(u"\\G(?:\\[(\\d{1,9})\\]|\\.?([^.\\[\\]]+))"_s);
    auto parsed = Jose::JsonValue::parse(Secret::copyOf(json), answerLimits);
    if (!parsed)
        return parsed.error();
    Jose::JsonValue value = *parsed;
    qsizetype at = 0;
    while (at < path.size()) {
        const auto match = step.match(path, at);
        if (!match.hasMatch())
            return wrongUsage(Text::tr("'%1' is no path. Write for example a.b[0].").arg(path));
        auto next = match.hasCaptured(1) ? element(value, match.captured(1).toInt()) : member(value, match.captured(2));
        if (!next)
            return next.error();
        value = *next;
        at = match.capturedEnd();
    }
    if (auto secret = value.secret())
        return *std::move(secret);
    return Secret::copyOf(value.raw());
}

} // namespace Countersign::Cli
