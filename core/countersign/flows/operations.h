// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/operation.h>
#include <countersign/cache/silentdecision.h>
#include <countersign/flows/authenticationresult.h>
#include <countersign/flows/parameters.h>

namespace Countersign {

//! An operation that ends with a token.
class COUNTERSIGN_EXPORT TokenOperation : public OperationOf<AuthenticationResult>
{
    Q_OBJECT
public:
    //! Why the cache was or was not enough. Empty for a sign-in.
    const DecisionTrace &decisionTrace() const { return m_trace; }
    //! Origin and path of the pages the person went through, as far as the user agent knows.
    const QStringList &navigations() const { return m_navigations; }
    //! Every request of this operation carries it.
    const QUuid &correlationId() const { return m_correlationId; }
    //! Every check that was made of the ID token, also when the operation failed because of them.
    const Jose::CheckReport &checks() const { return m_checks; }

protected:
    explicit TokenOperation(QObject *parent) : OperationOf(parent) { }

    DecisionTrace m_trace;
    QStringList m_navigations;
    QUuid m_correlationId;
    Jose::CheckReport m_checks;
};

//! A sign-in on another device.
class COUNTERSIGN_EXPORT DeviceCodeOperation : public TokenOperation
{
    Q_OBJECT
Q_SIGNALS:
    //! Once: show it now.
    void codeReady(const Countersign::DeviceCode &code);
    //! The provider wants to be asked less often, from now on every \p interval. Spec: RFC 8628 §3.5.
    void slowedDown(std::chrono::seconds interval);

protected:
    using TokenOperation::TokenOperation;
};

//! One part of a sign-out and how it went.
struct SignOutStep
{
    enum class Kind : quint8 { Revocation, EndSession, LocalRemoval };
    enum class Outcome : quint8 { Done, NotSupported, NotWanted, Failed };
    Kind kind = Kind::LocalRemoval;
    Outcome outcome = Outcome::Done;
    std::optional<Error> error; //!< of Failed
};

//! Every part of a sign-out, in the order it was tried. The local removal is always among them, and the sign-out as a
//! whole fails only when that fails.
struct SignOutReport
{
    QList<SignOutStep> steps;

    const SignOutStep *find(SignOutStep::Kind kind) const
    {
        for (const auto &step : steps) {
            if (step.kind == kind)
                return &step;
        }
        return nullptr;
    }
};

//! In snake_case, for example "local_removal" and "not_supported".
COUNTERSIGN_EXPORT QString identifier(SignOutStep::Kind kind);
COUNTERSIGN_EXPORT QString identifier(SignOutStep::Outcome outcome);

//! How long a sign-out without a way back waits for a browser to take its page: long enough to hear that there is none.
//! What becomes of the page nobody can know.
inline constexpr std::chrono::seconds signOutHandOver{3};

//! A sign-out.
class COUNTERSIGN_EXPORT SignOutOperation : public OperationOf<SignOutReport>
{
    Q_OBJECT
public:
    //! The parts that came to an end so far. A sign-out that is cancelled has done these all the same.
    const SignOutReport &reportSoFar() const { return m_report; }

protected:
    explicit SignOutOperation(QObject *parent) : OperationOf(parent) { }

    SignOutReport m_report;
};

using AccountsOperation = OperationOf<QList<Account>>;
//! Ends with how many there were.
using CountOperation = OperationOf<int>;
using AuthorizationCodeFlowOperation = OperationOf<AuthorizationCodeFlow>;

//! What the provider says of the person, for the access token at hand. Spec: OpenID Connect Core §5.3.
struct UserInfo
{
    QString subject;
    QByteArray json; //!< an object; personal data
    bool isSigned = false;
};
//! What the provider says of a token. Spec: RFC 7662 §2.2.
struct Introspection
{
    bool isActive = false;
    QByteArray json; //!< an object; personal data. Empty unless the token is active: nothing else of it means anything
    bool isSigned = false; //!< by the provider, and verified. Spec: RFC 9701
};
using IntrospectionOperation = OperationOf<Introspection>;
using UserInfoOperation = OperationOf<UserInfo>;
using ResourceMetadataOperation = OperationOf<ResourceMetadata>;

} // namespace Countersign
