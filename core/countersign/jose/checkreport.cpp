// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/checkreport.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

//! Smaller is worse.
int rank(const Check &check)
{
    switch (check.cause) {
    case ErrorCause::TokenMalformed: return 0;
    case ErrorCause::SignatureInvalid:
    case ErrorCause::KeyNotFound: return 1;
    case ErrorCause::IssuerMismatch:
    case ErrorCause::AudienceMismatch:
    case ErrorCause::WrongAccount:
    case ErrorCause::NonceMismatch:
    case ErrorCause::HashMismatch: return 2;
    case ErrorCause::TokenTime: return 3;
    default: return 4; // policy, and whatever a check may name one day
    }
}

} // namespace

QString identifier(CheckOutcome outcome)
{
    switch (outcome) {
    case CheckOutcome::Passed: return u"passed"_s;
    case CheckOutcome::Failed: return u"failed"_s;
    case CheckOutcome::Warning: return u"warning"_s;
    case CheckOutcome::NotPossible: return u"not_possible"_s;
    case CheckOutcome::NotApplicable: return u"not_applicable"_s;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return {};
}

const Check *CheckReport::find(QStringView id) const
{
    const auto found =
        std::find_if(m_checks.begin(), m_checks.end(), [id](const Check &check) { return check.id == id; });
    return found == m_checks.end() ? nullptr : &*found;
}

qsizetype CheckReport::count(CheckOutcome outcome) const
{
    return std::count_if(m_checks.begin(), m_checks.end(),
                         [outcome](const Check &check) { return check.outcome == outcome; });
}

const Check *CheckReport::worst() const
{
    const Check *worst = nullptr;
    for (const auto &check : m_checks) {
        if (check.outcome == CheckOutcome::Failed && (!worst || rank(check) < rank(*worst)))
            worst = &check;
    }
    if (worst)
        return worst;
    const auto open = std::find_if(m_checks.begin(), m_checks.end(), [](const Check &check) {
        return check.outcome == CheckOutcome::NotPossible && check.isMandatory;
    });
    return open == m_checks.end() ? nullptr : &*open;
}

Result<void> CheckReport::toResult() const
{
    const auto *check = worst();
    return check ? Result<void>(errorFor(*check)) : Result<void>();
}

Error errorFor(const Check &check)
{
    auto code = ErrorCode::SecurityCheckFailed;
    if (check.outcome == CheckOutcome::NotPossible && check.cause == ErrorCause::Unspecified)
        code = ErrorCode::InvalidArgument;
    else if (check.cause == ErrorCause::TokenMalformed)
        code = ErrorCode::InvalidResponse;
    return Error(code, check.cause, u"%1: %2"_s.arg(check.id, check.reason))
        .withComparison(check.expected, check.actual);
}

} // namespace Countersign::Jose
