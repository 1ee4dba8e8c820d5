// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/claimsrequest.h"

#include "text/foreigntext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ClaimsRequest)
};

QString memberOf(ClaimsPlace place)
{
    switch (place) {
    case ClaimsPlace::IdToken: return u"id_token"_s;
    case ClaimsPlace::UserInfo: return u"userinfo"_s;
    case ClaimsPlace::AccessToken: return u"access_token"_s;
    }
    Q_UNREACHABLE();
}

//! Spec: OIDC Core 5.5.1.
QString flawOfClaim(const QString &name, const QJsonValue &claim)
{
    if (claim.isNull())
        return {};
    if (!claim.isObject())
        return Words::tr("%1 has to be null or an object.").arg(isolated(name));
    const auto wish = claim.toObject();
    if (wish.contains("essential"_L1) && !wish.value("essential"_L1).isBool())
        return Words::tr("“essential” of %1 has to be true or false.").arg(isolated(name));
    if (wish.contains("values"_L1) && !wish.value("values"_L1).isArray())
        return Words::tr("“values” of %1 has to be a list.").arg(isolated(name));
    if (wish.contains("value"_L1) && wish.contains("values"_L1))
        return Words::tr("%1 has “value” and “values”: only one of them counts.").arg(isolated(name));
    return {};
}

QString flawOf(const QJsonObject &request)
{
    for (auto part = request.begin(); part != request.end(); ++part) {
        const bool isPlace =
            part.key() == "id_token"_L1 || part.key() == "userinfo"_L1 || part.key() == "access_token"_L1;
        if (!isPlace)
            continue; // others are to be ignored: OIDC Core 5.5
        if (!part->isObject())
            return Words::tr("%1 has to be an object.").arg(isolated(part.key()));
        const auto claims = part->toObject();
        for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
            if (const auto flaw = flawOfClaim(claim.key(), claim.value()); !flaw.isEmpty())
                return flaw;
        }
    }
    return {};
}

} // namespace

std::optional<QString> withClaim(const QString &json, const ClaimWish &wish)
{
    if (wish.name.isEmpty() || !claimsFlaw(json).isEmpty())
        return {};
    auto request = QJsonDocument::fromJson(json.toUtf8()).object();
    auto part = request.value(memberOf(wish.place)).toObject();
    QJsonObject asked;
    if (wish.isEssential)
        asked.insert("essential"_L1, true);
    // Microsoft reads a list there, also one of one: see mergeClaims().
    const bool isList = wish.values.size() > 1 || wish.name == "xms_cc"_L1;
    if (!isList && !wish.values.isEmpty())
        asked.insert("value"_L1, wish.values.constFirst());
    else if (isList)
        asked.insert("values"_L1, QJsonArray::fromStringList(wish.values));
    part.insert(wish.name, asked.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(asked));
    request.insert(memberOf(wish.place), part);
    return QString::fromUtf8(QJsonDocument(request).toJson()).trimmed();
}

QString claimsFlaw(const QString &json)
{
    const auto bytes = json.trimmed().toUtf8();
    if (bytes.isEmpty())
        return {};
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto line = bytes.first(std::min<qsizetype>(error.offset, bytes.size())).count('\n') + 1;
        return Words::tr("The claims request is no JSON yet: look at its line %1.").arg(line);
    }
    if (!document.isObject())
        return Words::tr("The claims request is not a JSON object yet.");
    const auto flaw = flawOf(document.object());
    return flaw.isEmpty() ? QString() : Words::tr("Claims request: %1").arg(flaw);
}

} // namespace Countersign::Desktop
