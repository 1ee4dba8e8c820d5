// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/authenticationresult.h>
#include <countersign/flows/clientconfiguration.h>
#include <countersign/flows/operations.h>
#include <countersign/flows/parameters.h>

#include <memory>
#include <optional>

namespace Countersign {

class FlowContext;

//! An application that can keep a secret: gets tokens of its own, without any person.
//!
//! It proves itself by one of ClientConfiguration's assertionSource, assertionKey and clientSecret, or by the client
//! secret that the token cache keeps for its registration. Every method that waits returns an Operation owned by the
//! client; see Operation for when it starts, ends and goes away. Equal requests in flight are one, also with those of
//! other processes that use the same store.
//!
//! Thread: the one it was made on, which needs an event loop.
class COUNTERSIGN_EXPORT ConfidentialClient final : public QObject
{
    Q_OBJECT
public:
    //! Touches neither network nor store. The services' agent is not used. Rules of throttling that were left as they
    //! are become shorter: five seconds for a provider that is busy.
    //!
    //! Errors: InvalidArgument naming what is wrong with \p configuration, for example an Entra authority that names no
    //!         tenant.
    [[nodiscard]] static Result<std::unique_ptr<ConfidentialClient>> create(ClientConfiguration configuration,
                                                                            Services services);
    ~ConfidentialClient() override;

    const ClientConfiguration &configuration() const;

    //! A token of the application itself: from the cache by the rules of a silent request, otherwise from the provider.
    //! Of one that is good but aging when the provider cannot give a new one, the failure is in the result's warning.
    //!
    //! Errors: InvalidArgument with cause ClientSecretMissing when there is nothing to prove the client with;
    //!         ServerRejected when the provider does not take it; those of network and store.
    //! Spec:   RFC 6749 §4.4, contract C32.
    [[nodiscard]] TokenOperation *acquireTokenForClient(ClientTokenParameters parameters);
    //! A hit by the same rules, at once; never waits, never sends. Nothing before the store was opened once.
    std::optional<AuthenticationResult> cachedToken(const ClientTokenParameters &parameters) const;
    //! Why the cache would be enough for this request or not, row by row, as it stands now.
    DecisionTrace explain(const ClientTokenParameters &parameters) const;
    //! Takes the application's own tokens at its authority away; tokens of people stay. Ends with how many there were.
    //!
    //! Errors: those of the store.
    //! Spec:   contract C21.
    [[nodiscard]] CountOperation *removeTokensForClient();

    PersistentTokenCache &cache() const;

private:
    ConfidentialClient(ClientConfiguration configuration, Services services);

    std::unique_ptr<FlowContext> m_context;
};

} // namespace Countersign
