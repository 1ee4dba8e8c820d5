// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "changeoutput.h"

#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

ExitCode tellChange(Context &context, const Change &change, const QString &words)
{
    if (!context.global().isJson()) {
        context.hint(words);
        for (const auto &[code, message] : change.warnings)
            context.hint(message);
        return ExitCode::Done;
    }
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.change/1"_s).string("what", change.what);
    json.string("name", change.name).string("action", change.action);
    if (change.value)
        json.string("value", *change.value);
    if (!change.warnings.isEmpty()) {
        json.name("warnings").beginArray();
        for (const auto &[code, message] : change.warnings)
            json.beginObject().string("code", code).string("message", message).endObject();
        json.endArray();
    }
    json.endObject();
    return context.writeJson(json.view());
}

ExitCode tellChange(Context &context, const Result<void> &result, const Change &change, const QString &words)
{
    return result ? tellChange(context, change, words) : context.fail(result.error());
}

} // namespace Countersign::Cli
