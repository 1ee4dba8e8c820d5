// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/servertelemetry.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

//! Foreign text within a field whose parts are separated by ',' and '|'.
QByteArray part(const QString &text)
{
    constexpr qsizetype longest = 100;
    QByteArray out = text.left(longest).toLatin1();
    out.removeIf([](char c) { return c <= ' ' || c > '~' || c == ',' || c == '|'; });
    return out;
}

//! What a field's value may hold. Spec: RFC 9110 §5.5.
QByteArray fieldValue(const QString &text)
{
    QByteArray out = text.toUtf8();
    out.removeIf([](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
    return out;
}

QByteArray platform()
{
#if defined(Q_OS_WIN)
    return "win32";
#elif defined(Q_OS_MACOS)
    return "darwin";
#else
    return "linux";
#endif
}

} // namespace

void ServerTelemetry::failed(ApiId id, const QString &correlationId, const QString &error)
{
    const auto separated = [](const QByteArray &list) { return list.isEmpty() ? list : QByteArray(list + ','); };
    const QByteArray calls = separated(m_calls) + QByteArray::number(static_cast<int>(id)) + ',' + part(correlationId);
    const QByteArray errors = separated(m_errors) + part(error);
    if (calls.size() + errors.size() > longest)
        return;
    m_calls = calls;
    m_errors = errors;
}

void ServerTelemetry::succeeded()
{
    *this = {};
}

QByteArray ServerTelemetry::current(const ApiCall &call)
{
    return "4|" + QByteArray::number(static_cast<int>(call.id)) + ',' + QByteArray::number(call.refreshReason) + '|';
}

QByteArray ServerTelemetry::last() const
{
    return "4|" + QByteArray::number(m_hits) + '|' + m_calls + '|' + m_errors + '|';
}

HeaderFields clientFields(const ClientDescription &client)
{
    HeaderFields fields{
        {"client-request-id", part(client.correlationId)},
        {"x-client-sku", "Countersign"},
        {"x-client-ver", COUNTERSIGN_VERSION},
        {"x-client-os", platform()},
        {"x-ms-lib-capability", "retry-after, h429"},
    };
    if (!client.applicationName.isEmpty())
        fields.append({"x-app-name", fieldValue(client.applicationName)});
    if (!client.applicationVersion.isEmpty())
        fields.append({"x-app-ver", fieldValue(client.applicationVersion)});
    return fields;
}

QByteArray anchorMailbox(const HomeAccountId &account)
{
    const auto dot = account.value.indexOf(u'.');
    if (dot <= 0 || dot + 1 == account.value.size())
        return {};
    return fieldValue("Oid:"_L1 + account.value.left(dot) + u'@' + account.value.mid(dot + 1));
}

QByteArray anchorMailbox(const QString &username)
{
    return username.isEmpty() ? QByteArray() : fieldValue("upn:"_L1 + username);
}

} // namespace Countersign::Protocol
