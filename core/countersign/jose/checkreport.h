// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/countersign_export.h>

#include <QtCore/QList>
#include <QtCore/QString>

namespace Countersign::Jose {

enum class CheckOutcome : quint8 {
    Passed,
    Failed,
    Warning, //!< worth a look; the token is not refused for it
    NotPossible, //!< something needed for the comparison is not known: the rule can neither pass nor fail
    NotApplicable, //!< the rule does not concern this token
};

//! The outcome in snake_case, for example "not_possible".
COUNTERSIGN_EXPORT QString identifier(CheckOutcome outcome);

//! One rule, held against one token.
struct Check
{
    QString id; //!< stable, in snake_case, for example "issuer", "at_hash"
    CheckOutcome outcome = CheckOutcome::NotApplicable;
    QString expected; //!< what the rule wanted; a hash or a length where the value is secret
    QString actual; //!< what the token says
    QString reason; //!< English, one sentence; empty when passed without remark
    QString reference; //!< where the rule stands, for example "OIDC Core 3.1.3.7 step 2"
    ErrorCause cause = ErrorCause::Unspecified; //!< of a failure
    bool isMandatory = true; //!< a mandatory rule that is not possible prevents verification

    friend bool operator==(const Check &, const Check &) = default;
};

//! Every rule of a validation in its order.
class COUNTERSIGN_EXPORT CheckReport
{
public:
    void append(Check check) { m_checks.append(std::move(check)); }
    const QList<Check> &checks() const { return m_checks; }
    const Check *find(QStringView id) const;
    bool hasFailures() const { return count(CheckOutcome::Failed) > 0; }
    qsizetype count(CheckOutcome outcome) const;

    //! The failure that matters most: signature and key, then who and for whom, then time, then policy. If nothing
    //! failed, a mandatory rule that was not possible. Null if nothing stands in the way.
    const Check *worst() const;
    //! worst() as an error. Success if nothing stands in the way.
    [[nodiscard]] Result<void> toResult() const;

    friend bool operator==(const CheckReport &, const CheckReport &) = default;

private:
    QList<Check> m_checks;
};

//! \p check as an error: SecurityCheckFailed with its cause and comparison, InvalidResponse for a malformed token,
//! InvalidArgument when the rules do not say what to compare with.
COUNTERSIGN_EXPORT Error errorFor(const Check &check);

} // namespace Countersign::Jose
