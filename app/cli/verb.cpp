// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "verb.h"

#include "context.h"
#include "text.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

QStringList Verb::formats() const
{
    return {u"text"_s, u"json"_s, u"none"_s};
}

QStringList Verb::answerFormats() const
{
    auto list = formats();
    if (const auto json = list.indexOf(u"json"_s); json >= 0)
        list.insert(json + 1, u"jsonl"_s);
    return list;
}

ExitCode VerbGroup::run(Context &context)
{
    QStringList names;
    for (const auto &child : children()) {
        if (!child->isHidden())
            names.append(child->name());
    }
    return context.fail(wrongUsage(Text::tr("'%1' needs one more word: %2.").arg(name(), names.join(u", "_s))));
}

} // namespace Countersign::Cli
