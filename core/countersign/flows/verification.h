// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/flowcontext.h>
#include <countersign/jose/jwtvalidator.h>
#include <countersign/jose/unverifiedjwt.h>

#include <functional>
#include <memory>
#include <optional>

namespace Countersign {

//! Whether \p error means that the provider may have made the token with a key that is newer than those at hand.
bool isKeyMissing(const Jose::UnverifiedJwt &token, const Error &error);

//! That the provider encrypted \p what, and this client has no key to open it.
Error encryptedForNobody(const QString &what);

//! Holds one signed answer of a provider against its rules. The keys are fetched where none are at hand, and once more
//! when the answer's key is unknown. Spec: security rule B.99.
class Verification
{
public:
    struct Provider
    {
        Authority authority;
        Protocol::ProviderMetadata metadata;
        QString correlationId;
    };
    using Handler = std::function<void(const Result<Jose::VerifiedJwt> &)>;

    Verification(FlowContext &context, Provider provider, Jose::JwtRules rules, Secret token);
    ~Verification();

    //! \p handler is called once, at once or later; it may destroy this.
    void start(Handler handler);

private:
    Result<Jose::UnverifiedJwt> open() const;
    void fetchKeys();
    void validate(const Jose::JwkSet &keys);
    void finish(const Result<Jose::VerifiedJwt> &outcome);

    FlowContext &m_context;
    Provider m_provider;
    Jose::JwtValidator m_validator;
    Secret m_text;
    std::optional<Jose::UnverifiedJwt> m_token;
    Handler m_handler;
    bool m_hasRefetched = false;
    std::unique_ptr<ProviderCache::Ticket> m_keysTicket;
};

} // namespace Countersign
