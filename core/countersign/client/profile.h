// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/cache/tokencache.h>
#include <countersign/flows/clientconfiguration.h>
#include <countersign/flows/parameters.h>
#include <countersign/jose/tokenpolicy.h>

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace Countersign {

//! One provider and one registration there, as a person set it up. Holds no secret.
struct COUNTERSIGN_EXPORT Profile
{
    enum class Kind : quint8 {
        Oidc, //!< `issuer` is the issuer identifier
        Entra, //!< `issuer` is the authority: host and tenant
    };
    enum class Way : quint8 { Automatic, Browser, Embedded, Device };

    QString id; //!< letters, digits, '-', '_', '.'; never changes
    QString name; //!< for people; empty: the id
    Kind kind = Kind::Oidc;
    QString issuer;
    QString clientId;
    ScopeSet scopes; //!< asked for unless a call says otherwise
    QStringList resources; //!< RFC 8707
    QString audience; //!< sent as `audience`, as Auth0 wants it
    QString redirectUri; //!< empty: http://127.0.0.1, any port
    Way way = Way::Automatic;
    QStringList prompts;
    QString loginHint; //!< personal data
    QString domainHint;
    QString acrValues;
    QStringList capabilities;
    QList<ExtraParameter> extra;
    bool isOpenId = true;
    bool wantsRefreshToken = true;
    //! How the secret of the registration is sent, if there is one. The secret itself is in the token cache: see
    //! TokenCache::setClientSecret().
    Protocol::ClientSecretUse clientSecretUse = Protocol::ClientSecretUse::Automatic;
    //! The application acts for itself: its tokens are its own, and nobody signs in. Spec: RFC 6749 §4.4.
    bool isService = false;
    QString certificateFile; //!< PEM or PKCS#12 with the key that proves a service in place of a secret
    QString federatedTokenFile; //!< the file with the assertion that proves a service, renewed by its platform
    bool requiresPushedRequests = false; //!< RFC 9126, where the provider's metadata do not say so
    QString caFile;
    //! What is held against the tokens when they are checked; sign-ins do not change by it.
    Jose::TokenPolicy expectations;
    QString color; //!< "#rrggbb" or empty
    QString note;
    //! Members of the file that this version does not know: written back as they were.
    QJsonObject unknown;

    QString displayName() const { return name.isEmpty() ? id : name; }
    [[nodiscard]] Result<Authority> authority() const;
    //! Whose secret it is, if it has one. Errors: those of authority().
    [[nodiscard]] Result<ClientRegistration> registration() const;
    //! Errors: InvalidArgument naming the member and what is wrong with it.
    [[nodiscard]] Result<ClientConfiguration> configuration() const;
    //! What a sign-in with this profile asks for.
    InteractiveParameters interactiveParameters() const;
    DeviceCodeParameters deviceCodeParameters() const;

    [[nodiscard]] static Result<Profile> fromJson(const QJsonObject &json);
    QJsonObject toJson() const;

    friend bool operator==(const Profile &, const Profile &) = default;
};

//! In snake_case, as the file and scripts spell it.
COUNTERSIGN_EXPORT QString identifier(Profile::Kind kind);
COUNTERSIGN_EXPORT QString identifier(Profile::Way way);

//! The person's profiles in one JSON file, shared by the desktop and the command line.
//!
//! Written whole, atomically, readable by the person alone; members this version does not know survive.
class COUNTERSIGN_EXPORT ProfileStore
{
public:
    //! GenericConfigLocation/countersign/profiles.json, or what COUNTERSIGN_PROFILES names.
    static QString defaultPath();

    explicit ProfileStore(QString path = defaultPath());

    const QString &path() const { return m_path; }
    //! Reads the file; a missing one is empty. Call again to see what others wrote.
    //!
    //! Errors: InvalidArgument naming line or member; StorageUnavailable when it cannot be read. The profiles stay as
    //!         they were.
    [[nodiscard]] Result<void> load();

    const QList<Profile> &profiles() const { return m_profiles; }
    //! By id, otherwise by name ignoring case.
    const Profile *find(const QString &idOrName) const;
    //! The others that go to the same client of the same provider: they have its secret in common.
    QStringList sharingRegistration(const Profile &profile) const;
    //! The one to use when nobody says which: the marked one, otherwise the only one.
    const Profile *defaultProfile() const;

    // Each reads the file anew, changes it and writes it: what another program added meanwhile stays.
    [[nodiscard]] Result<void> put(const Profile &profile); //!< adds, or replaces that of the same id
    [[nodiscard]] Result<void> remove(const QString &id);
    [[nodiscard]] Result<void> setDefault(const QString &id);
    //! An id that no profile has, made of \p name.
    QString freeId(const QString &name) const;

private:
    [[nodiscard]] Result<void> write();

    QString m_path;
    QList<Profile> m_profiles;
    QString m_default;
    QJsonObject m_unknown;
};

} // namespace Countersign
