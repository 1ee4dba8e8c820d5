// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwtvalidator.h>

#include <countersign/jose/jwtexaminer.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

//! A net below the rules: without a key that verified the signature there is no verified token, whatever they say.
Error unproven()
{
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::SignatureInvalid, u"no key verified the signature"_s};
}

} // namespace

JwtValidator::JwtValidator(JwtRules rules) : m_rules(std::move(rules))
{
}

Result<UnverifiedJwt> JwtValidator::open(QByteArrayView compact) const
{
    return m_rules.encryption ? UnverifiedJwt::decrypt(compact, *m_rules.encryption) : UnverifiedJwt::parse(compact);
}

Result<VerifiedJwt> JwtValidator::validate(const UnverifiedJwt &token, const JwkSet &keys, const QDateTime &at) const
{
    return decide(token, keys, at);
}

Result<VerifiedJwt> JwtValidator::validate(QByteArrayView compact, const JwkSet &keys, const QDateTime &at) const
{
    return decide(open(compact), keys, at);
}

Result<VerifiedJwt> JwtValidator::validate(const QByteArray &compact, const JwkSet &keys, const QDateTime &at) const
{
    return decide(m_rules.encryption ? open(compact) : UnverifiedJwt::parse(compact), keys, at);
}

Result<VerifiedJwt> JwtValidator::decide(Result<UnverifiedJwt> token, const JwkSet &keys, const QDateTime &at) const
{
    if (!token)
        return token.error();
    JwtExaminer examiner(m_rules, *token, keys, at, JwtExaminer::Depth::Silent);
    examiner.run();
    // Only who is refused is told why: finding the words means to look once more.
    if (examiner.isRefused() || !examiner.key())
        return examine(*token, keys, at).result;
    return VerifiedJwt(*std::move(token), *examiner.algorithm(), examiner.key()->keyId());
}

JwtValidation JwtValidator::examine(const UnverifiedJwt &token, const JwkSet &keys, const QDateTime &at) const
{
    JwtExaminer examiner(m_rules, token, keys, at, JwtExaminer::Depth::Full);
    examiner.run();
    if (const auto *check = examiner.report().worst())
        return {errorFor(*check), examiner.report()};
    if (!examiner.key())
        return {unproven(), examiner.report()};
    return {VerifiedJwt(token, *token.algorithm(), examiner.key()->keyId()), examiner.report()};
}

} // namespace Countersign::Jose
