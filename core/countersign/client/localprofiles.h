// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/operation.h>
#include <countersign/cache/tokencache.h>
#include <countersign/client/profileimport.h>

#include <atomic>
#include <memory>

namespace Countersign {

//! Where to look for what other programs on this computer know of sign-ins.
struct COUNTERSIGN_EXPORT LocalPlaces
{
    QString home;
    QString workingFolder; //!< and, unless it is the home folder or a root, two levels below it; empty: not looked into
    QHash<QString, QString> environment; //!< may hold secrets
    //! What reads kubeconfigs, which are YAML: a name for the search path, or a path; empty: there is none.
    QString kubectl = QStringLiteral("kubectl");

    [[nodiscard]] static LocalPlaces ofThisProcess();
};

//! Something on this computer that says how another program signs in.
struct LocalFinding
{
    enum class Kind : quint8 { Variables, ConfigurationFile, Cache, Kubeconfig, OidcAgentAccount };
    //! Why there is no profile in it to be taken.
    enum class Obstacle : quint8 {
        None,
        Encrypted, //!< only its own program can open it
        Unreadable,
        NotUnderstood,
        TooLarge,
        NeedsKubectl, //!< it is not there, or did not answer
        WithoutPerson, //!< it signs in as an application: nobody could do that here
    };
    Kind kind = Kind::Variables;
    QString place; //!< path of the file; empty for the environment
    QString name; //!< of the entry in it, where it has one
    Obstacle obstacle = Obstacle::None;
    std::optional<ImportedProfile> profile; //!< there unless there is an obstacle
    QStringList users; //!< names of the people who sign in with it; personal data

    friend bool operator==(const LocalFinding &, const LocalFinding &) = default;
};

//! The registrations whose tokens \p cache holds: client, authority, and who signed in. No token is looked at.
[[nodiscard]] COUNTERSIGN_EXPORT QList<LocalFinding> profilesInCache(const TokenCache &cache);
//! The users of a kubeconfig who sign in by int128's or Azure's kubelogin. \p json is what
//! `kubectl config view -o json` writes.
//!
//! Secrets: none is taken over; \p json may hold some and is wiped.
[[nodiscard]] COUNTERSIGN_EXPORT QList<LocalFinding> profilesInKubeconfig(Secret json);

using LocalOperation = OperationOf<QList<LocalFinding>>;

//! Looks into the environment, the configuration files of the working folder, other programs' token caches, the
//! kubeconfig and oidc-agent's accounts. Everything is read on another thread, at most so much of it, and nothing is
//! written; the network is not used.
//!
//! Each registration is there once, the surest source first. Empty when there is nothing.
//! Errors:  Cancelled; TimedOut.
//! Secrets: none is taken over.
class COUNTERSIGN_EXPORT LocalSearch final : public LocalOperation
{
    Q_OBJECT
public:
    explicit LocalSearch(LocalPlaces places, std::chrono::milliseconds patience = std::chrono::seconds(10),
                         QObject *parent = nullptr);

private:
    void start() override;
    void release() override;

    LocalPlaces m_places;
    std::chrono::milliseconds m_patience;
    std::shared_ptr<std::atomic<bool>> m_stop; //!< what the other thread obeys
};

} // namespace Countersign
