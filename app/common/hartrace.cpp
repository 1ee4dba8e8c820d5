// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/hartrace.h>

#include <common/outputfile.h>

#include <countersign/base/redaction.h>
#include <countersign/base/result.h>
#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

void writeContentType(Jose::JsonWriter &json, const QString &type)
{
    json.name("headers").beginArray();
    if (!type.isEmpty())
        json.beginObject().string("name", u"Content-Type"_s).string("value", type).endObject();
    json.endArray();
}

void writeRequest(Jose::JsonWriter &json, const ExchangeRecord &record)
{
    const bool isPost = record.method == HttpRequest::Method::Post;
    const auto type = isPost ? u"application/x-www-form-urlencoded"_s : QString();
    json.name("request").beginObject();
    json.string("method", isPost ? u"POST"_s : u"GET"_s).string("url", record.url).string("httpVersion", u"HTTP/1.1"_s);
    json.name("cookies").beginArray().endArray();
    writeContentType(json, type);
    json.name("queryString").beginArray().endArray();
    if (isPost) {
        json.name("postData").beginObject().string("mimeType", type).name("params").beginArray();
        for (const auto &name : record.parameters)
            json.beginObject().string("name", name).string("comment", u"value left out"_s).endObject();
        json.endArray().string("text", QString()).endObject();
    }
    json.integer("headersSize", -1).integer("bodySize", record.sentBytes).endObject();
}

void writeResponse(Jose::JsonWriter &json, const ExchangeRecord &record)
{
    json.name("response").beginObject();
    json.integer("status", record.status).string("statusText", QString()).string("httpVersion", u"HTTP/1.1"_s);
    json.name("cookies").beginArray().endArray();
    writeContentType(json, record.contentType);
    json.name("content").beginObject().integer("size", record.receivedBytes);
    json.string("mimeType", record.contentType).endObject();
    json.string("redirectURL", QString()).integer("headersSize", -1).integer("bodySize", record.receivedBytes);
    json.endObject();
}

//! Members of our own begin with an underscore, as HAR wants it.
void writeOwn(Jose::JsonWriter &json, const ExchangeRecord &record)
{
    json.string("_purpose", identifier(record.purpose));
    const std::pair<const char *, QString> texts[] = {
        {"_oauthError", record.oauthError}, {"_correlationId", record.correlationId}, {"_note", record.note}};
    for (const auto &[name, text] : texts) {
        if (!text.isEmpty())
            json.string(name, redacted(text));
    }
    if (record.error)
        json.string("_error", redacted(record.error->message()));
}

} // namespace

void HarTrace::exchangeFinished(const ExchangeRecord &record)
{
    m_records.append(record);
}

QByteArray HarTrace::toHar() const
{
    Jose::JsonWriter json;
    json.beginObject().name("log").beginObject().string("version", u"1.2"_s);
    json.name("creator").beginObject().string("name", u"Countersign"_s);
    json.string("version", QStringLiteral(COUNTERSIGN_VERSION)).endObject();
    json.name("entries").beginArray();
    for (const auto &record : m_records) {
        const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(record.duration).count();
        json.beginObject().string("startedDateTime", record.startedAt.toUTC().toString(Qt::ISODateWithMs));
        json.integer("time", duration);
        writeRequest(json, record);
        writeResponse(json, record);
        json.name("cache").beginObject().endObject();
        json.name("timings").beginObject().integer("send", 0).integer("wait", duration).integer("receive", 0);
        json.endObject();
        writeOwn(json, record);
        json.endObject();
    }
    json.endArray().endObject().endObject();
    return json.take() + '\n';
}

Result<void> HarTrace::save(const QString &path) const
{
    const auto written = writeOutputFile(path, toHar());
    if (written)
        return {};
    return Error{ErrorCode::StorageUnavailable,
                 u"The trace could not be written to '%1': %2."_s.arg(path, written.error().message())};
}

} // namespace Countersign::App
