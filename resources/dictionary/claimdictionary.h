// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/localizedtext.h>
#include <countersign/jose/tokendocument.h>

#include <QtCore/QHash>
#include <QtCore/QMultiHash>

namespace Countersign {

//! What a claim answers. In the order in which a person asks.
enum class ClaimCategory : quint8 { Who, ForWhom, ByWhom, What, How, When, Technical, Unknown };
inline constexpr int claimCategoryCount = 8;

enum class ClaimLevel : quint8 { Public, Personal, Internal, Secret };

//! One entry of resources/claims.json.
struct ClaimEntry
{
    QString name; //!< may end with '*'
    bool isHeader = false;
    ClaimCategory category = ClaimCategory::Unknown;
    ClaimLevel level = ClaimLevel::Public;
    bool isTime = false;
    bool isList = false;
    QString provider; //!< empty: anybody's
    QString reference; //!< where it is specified
    LocalizedText meaning;
    LocalizedText advice;
    QHash<QString, LocalizedText> values;
};

//! What is known of names in headers and claims. Offline.
class ClaimDictionary
{
public:
    //! The dictionary that the program carries.
    static const ClaimDictionary &builtIn();

    //! The entry for a name in a token of \p provider (may be empty); a provider's own entry goes first, and another
    //! provider's never fits. Null when it is not known.
    const ClaimEntry *find(QStringView name, bool isHeader, QStringView provider) const;
    const QList<ClaimEntry> &entries() const { return m_entries; }

private:
    QList<ClaimEntry> m_entries;
    QMultiHash<QString, qsizetype> m_places;
};

//! Whose token this seems to be: "entra", "google", "keycloak", "okta", "auth0", "gitlab", "github", "kubernetes",
//! "cognito" or nothing. By the issuer and claims that only one has; a guess.
QString tokenProvider(const Jose::JsonObject &claims);

} // namespace Countersign
