// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace Countersign::Desktop {

//! Where a claim shall appear. OIDC Core 5.5 knows the first two; the third is Microsoft's.
enum class ClaimsPlace : quint8 { IdToken, UserInfo, AccessToken };

//! One claim of a claims request. Spec: OIDC Core 5.5.1.
struct ClaimWish
{
    ClaimsPlace place = ClaimsPlace::IdToken;
    QString name;
    QStringList values; //!< one of them is asked for, the first is liked best; empty: whatever it is
    bool isEssential = false; //!< the sign-in is of no use without it
};

//! The claims request \p json with \p wish in it, laid out for reading; what was asked of the same claim before is
//! replaced. No value when \p json has flaws. Empty text is a request for nothing.
std::optional<QString> withClaim(const QString &json, const ClaimWish &wish);
//! What is wrong with a claims request, in words; empty: nothing.
QString claimsFlaw(const QString &json);

} // namespace Countersign::Desktop
