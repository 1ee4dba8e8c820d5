// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/authorizationdetails.h>

#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

//! The types in order, or nothing when it is no array of typed objects.
std::optional<QStringList> typesIn(const Jose::JsonValue &details)
{
    const auto array = details.array();
    if (!array)
        return {};
    QStringList types;
    for (const auto detail : *array) {
        const auto object = detail.object();
        const auto type = object ? object->string("type") : std::nullopt;
        if (!type || type->isEmpty())
            return {};
        types.append(*type);
    }
    return types;
}

} // namespace

Result<void> checkAuthorizationDetails(QStringView json, const QStringList &supported)
{
    const auto details = Jose::JsonValue::parse(json.toUtf8(), {.maximumSize = 64 * 1024});
    const auto types = details ? typesIn(*details) : std::nullopt;
    if (!types || types->isEmpty())
        return Error{ErrorCode::InvalidArgument,
                     u"authorization_details must be a JSON array of objects with a type each"_s};
    for (const auto &type : *types) {
        if (!supported.isEmpty() && !supported.contains(type))
            return Error{ErrorCode::NotSupported,
                         u"the provider knows no authorization details of type '%1'"_s.arg(type.left(200))};
    }
    return {};
}

Result<QByteArray> grantedAuthorizationDetails(const Jose::JsonObject &response)
{
    const auto details = response.value(Parameter::authorizationDetails);
    if (details.isUndefined() || details.isNull())
        return QByteArray();
    if (!typesIn(details))
        return Error{ErrorCode::InvalidResponse,
                     u"'authorization_details' in the token response is no array of objects with a type each"_s};
    return details.raw().toByteArray();
}

} // namespace Countersign::Protocol
