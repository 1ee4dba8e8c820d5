// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/clientinfo.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/json.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

Result<ClientInfo> parseClientInfo(QStringView text)
{
    QByteArray encoded = text.toUtf8();
    while (encoded.endsWith('='))
        encoded.chop(1);
    auto bytes = Jose::decodeBase64Url(encoded);
    if (!bytes)
        return Error{ErrorCode::InvalidResponse, u"client_info is no base64url"_s};
    const auto document = Jose::JsonObject::parse(std::move(*bytes));
    if (!document)
        return Error{ErrorCode::InvalidResponse, u"client_info is no JSON object"_s};
    ClientInfo info{document->string("uid").value_or(QString()), document->string("utid").value_or(QString())};
    if (info.uid.isEmpty() || info.utid.isEmpty())
        return Error{ErrorCode::InvalidResponse, u"client_info has no uid and utid"_s};
    return info;
}

} // namespace Countersign::Protocol
