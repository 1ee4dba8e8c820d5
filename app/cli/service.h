// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optionset.h"
#include "passphrase.h"
#include "silenttoken.h"

namespace Countersign::Cli {

//! How an application gets a token of its own: --service, and what it proves itself with.
class ServiceOptions
{
public:
    void addTo(OptionSet &options);

    //! Whether --service was said, or \p profile is an application's.
    bool isMeant(const Profile &profile) const { return m_isWanted || profile.isService; }
    //! \p profile as --service makes it: an application's, with the files that are named.
    void apply(Profile &profile) const;
    //! Errors: wrong usage for several proofs, or one without --service, and for what \p profile has no use for;
    //! NotSupported for --cert-store.
    [[nodiscard]] Result<void> check(Context &context, const Profile &profile) const;
    //! What is read of \p profile and the options, with the secret that they name. Nothing: the one that is kept.
    //!
    //! Errors: wrong usage for what cannot be read or opened.
    [[nodiscard]] Result<App::ClientProof> proof(Context &context, const Profile &profile) const;
    //! Keeps the client secret that proof() read, for \p profile; nothing where none was read.
    //!
    //! Errors: as App::keepClientSecret().
    [[nodiscard]] Result<void> keepSecret(Context &context, const Profile &profile) const;
    //! The flags that say it again, for hints; without a leading profile and without any secret.
    QString flags() const;

private:
    QStringList secretFlags() const;
    Result<void> checkUse(const Profile &profile) const;
    bool readsGlobalSecret(const Context &context) const;
    Result<std::shared_ptr<const Secret>> secret(Context &context) const;

    bool m_isWanted = false;
    SecretSource m_own{.option = QStringLiteral("--client-secret")};
    QString m_secretFile;
    QString m_keychainKey;
    QString m_certificate;
    bool m_sendsCertificate = false;
    QString m_federatedTokenFile;
    QString m_certificateStore;
    QString m_region;
    mutable std::shared_ptr<const Secret> m_secret; // as it was read: standard input gives it once
};

//! A token of the profile's application itself: from the cache, otherwise from the provider.
//!
//! Errors: NetworkUnavailable with --offline; those of ServiceOptions::proof() and
//!         ConfidentialClient::acquireTokenForClient().
[[nodiscard]] Result<ObtainedToken> obtainServiceToken(Session &session, const TokenWish &wish);

} // namespace Countersign::Cli
