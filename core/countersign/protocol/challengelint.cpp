// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/clouds.h>
#include <countersign/protocol/challenge.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Demand = ChallengeMeaning::Demand;
using Kind = ChallengeProblem::Kind;
using Severity = ClaimsFinding::Severity;

Severity severityOf(Kind kind)
{
    switch (kind) {
    case Kind::BadWhiteSpace:
    case Kind::NotAscii: return Severity::Note;
    case Kind::DuplicateParameter: return Severity::Warning;
    // Readers that guess what was meant are not all readers.
    case Kind::MissingValue:
    case Kind::NeedsQuotes:
    case Kind::MissingComma:
    case Kind::MissingScheme:
    case Kind::UnterminatedQuote:
    case Kind::UnescapedQuotes:
    case Kind::BrokenQuotes:
    case Kind::ControlCharacter:
    case Kind::UnexpectedCharacter:
    case Kind::TooLong:
    case Kind::TooMany: return Severity::Error;
    }
    Q_UNREACHABLE();
    return Severity::Error;
}

QString sentenceFor(const ChallengeProblem &problem)
{
    if (problem.kind == ChallengeProblem::Kind::TooMany)
        return u"Only the first %1 challenges and parameters were read; nobody needs so many."_s.arg(
            ChallengeList::maximumParts);
    if (problem.kind == ChallengeProblem::Kind::TooLong)
        return u"Only the first %1 bytes were read; no client takes a longer field."_s.arg(ChallengeList::maximumSize);
    if (problem.kind == ChallengeProblem::Kind::DuplicateParameter)
        return u"RFC 9110 §11.2 wants each parameter once; the first one counts."_s;
    if (problem.kind == ChallengeProblem::Kind::BadWhiteSpace)
        return u"RFC 9110 §5.6.3 lets readers take white space at offset %1, and nobody send it."_s.arg(problem.offset);
    if (problem.kind == ChallengeProblem::Kind::NotAscii)
        return u"What is not ASCII, at offset %1, is read differently by different clients."_s.arg(problem.offset);
    return u"The field breaks the grammar of RFC 9110 §11.3 at offset %1."_s.arg(problem.offset);
}

class Linter
{
public:
    explicit Linter(const ChallengeDocument &document) : m_document(document) { }

    QList<ClaimsFinding> run()
    {
        for (const auto &problem : m_document.problems)
            add(severityOf(problem.kind), identifier(problem.kind), sentenceFor(problem), problem.detail);
        for (const auto &challenge : m_document.challenges)
            check(meaningOf(challenge));
        for (const auto &found : m_document.claims)
            m_findings += lint(found.claims);
        return std::move(m_findings);
    }

private:
    void add(Severity severity, const QString &id, const QString &message, const QString &where = {})
    {
        m_findings.append({id, severity, message, where});
    }

    void check(const ChallengeMeaning &meaning)
    {
        switch (meaning.demand) {
        case Demand::Claims: checkClaims(meaning); break;
        case Demand::StepUp: checkStepUp(meaning); break;
        case Demand::Scope:
            if (meaning.scopes.isEmpty())
                add(Severity::Warning, u"scope_missing"_s, u"insufficient_scope does not say which scope is wanted."_s,
                    u"scope"_s);
            expectStatus(403, u"RFC 6750 §3.1 answers insufficient_scope with 403."_s);
            break;
        case Demand::Nonce:
            if (m_document.form == ChallengeDocument::Form::Response && m_document.dpopNonce.isEmpty()
                && meaning.nonce.isEmpty())
                add(Severity::Error, u"nonce_missing"_s, u"A nonce is demanded, but no DPoP-Nonce field gives one."_s);
            expectStatus(401, u"A nonce is demanded with 401."_s);
            break;
        case Demand::FreshToken:
        case Demand::Proof:
        case Demand::Token: expectStatus(401, u"A challenge for a token comes with 401."_s); break;
        case Demand::Correction: expectStatus(400, u"RFC 6750 §3.1 answers invalid_request with 400."_s); break;
        case Demand::Unknown:
            if (!meaning.error.isEmpty())
                add(Severity::Note, u"unknown_error"_s, u"No specification defines this error."_s, meaning.error);
            break;
        }
        checkAddresses(meaning);
    }

    void expectStatus(int expected, const QString &why)
    {
        if (m_document.status != 0 && m_document.status != expected)
            add(Severity::Warning, u"status"_s, why, QString::number(m_document.status));
    }

    void checkClaims(const ChallengeMeaning &meaning)
    {
        expectStatus(401, u"Clients look for a claims challenge in a 401 only."_s);
        if (!meaning.unreadableClaims.isEmpty())
            add(Severity::Error, u"claims_unreadable"_s, u"The claims are neither JSON nor base64 of JSON."_s,
                u"claims"_s);
        else if (!meaning.claims)
            add(Severity::Error, u"claims_missing"_s, u"insufficient_claims without claims asks for nothing."_s,
                u"claims"_s);
        else if (meaning.claims->coding == ClaimsCoding::Json)
            add(Severity::Warning, u"claims_not_base64"_s,
                u"JSON in a quoted value needs every quote escaped; clients expect base64."_s, u"claims"_s);
        if (meaning.error != "insufficient_claims"_L1)
            add(Severity::Warning, u"error_not_insufficient_claims"_s,
                u"Clients look for error=\"insufficient_claims\"."_s, u"error"_s);
        if (meaning.scheme.compare("Bearer"_L1, Qt::CaseInsensitive) != 0
            && meaning.scheme.compare("PoP"_L1, Qt::CaseInsensitive) != 0)
            add(Severity::Warning, u"scheme"_s, u"A claims challenge is a Bearer or PoP challenge."_s, meaning.scheme);
    }

    void checkStepUp(const ChallengeMeaning &meaning)
    {
        expectStatus(401, u"RFC 9470 §3 answers insufficient_user_authentication with 401."_s);
        if (meaning.acrValues.isEmpty() && !meaning.maxAge)
            add(Severity::Warning, u"step_up_empty"_s,
                u"Neither acr_values nor max_age says what authentication would do."_s);
    }

    void checkAddresses(const ChallengeMeaning &meaning)
    {
        if (!meaning.resourceMetadata.isEmpty()
            && QUrl(meaning.resourceMetadata, QUrl::StrictMode).scheme() != "https"_L1)
            add(Severity::Warning, u"resource_metadata"_s, u"RFC 9728 §5.1 wants an https address."_s,
                u"resource_metadata"_s);
        if (meaning.authorizationUri.isEmpty())
            return;
        const QUrl url(meaning.authorizationUri, QUrl::StrictMode);
        if (!url.isValid() || url.scheme() != "https"_L1)
            return add(Severity::Warning, u"authorization_uri"_s, u"The address is no https address."_s,
                       u"authorization_uri"_s);
        if (meaning.tenant.isEmpty()) {
            if (!meaning.realm.isEmpty() && cloudOf(url.host()))
                add(Severity::Note, u"realm_with_common"_s,
                    u"The realm must be empty when authentication goes through the common endpoint."_s, u"realm"_s);
            return;
        }
        const bool differ = meaning.tenant.compare(meaning.realm, Qt::CaseInsensitive) != 0;
        if (isGuid(meaning.realm) && isGuid(meaning.tenant) && differ)
            add(Severity::Error, u"tenant_mismatch"_s, u"The realm names another tenant than authorization_uri."_s,
                u"authorization_uri"_s);
    }

    const ChallengeDocument &m_document;
    QList<ClaimsFinding> m_findings;
};

} // namespace

QList<ClaimsFinding> lint(const ChallengeDocument &document)
{
    return Linter(document).run();
}

} // namespace Countersign::Protocol
