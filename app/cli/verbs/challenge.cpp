// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "challenge.h"

#include "challengewords.h"
#include "checkoutput.h"

#include "../text.h"
#include "../tokenrequest.h"
#include "../verbs.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using namespace Protocol;

//! A verb that reads one challenge.
class ChallengeReader : public Verb
{
public:
    using Verb::Verb;

    void addOptions(OptionSet &options) override { addChallengeInput(options, m_input); }

    ExitCode run(Context &context) final
    {
        const auto document = readChallengeInput(context, m_input);
        if (!document)
            return context.fail(document.error());
        return show(context, *document);
    }

protected:
    virtual ExitCode show(Context &context, const ChallengeDocument &document) = 0;
    const QString &input() const { return m_input; }

private:
    QString m_input;
};

class ParseVerb final : public ChallengeReader
{
public:
    ParseVerb() : ChallengeReader(u"parse"_s, Text::tr("Take a challenge apart")) { }

private:
    ExitCode show(Context &context, const ChallengeDocument &document) override
    {
        if (context.global().isJson())
            return context.writeJson(challengeJson(document));
        QString text;
        if (document.status != 0)
            text += u"status: %1\n"_s.arg(document.status);
        for (const auto &challenge : document.challenges) {
            text += harmless(challenge.scheme) + u'\n';
            if (!challenge.token68.isEmpty())
                text += u"  "_s + harmless(challenge.token68) + u'\n';
            for (const auto &parameter : challenge.parameters)
                text += u"  %1: %2\n"_s.arg(harmless(parameter.name), harmless(parameter.value));
        }
        for (const auto &found : document.claims)
            text += u"claims (%1, %2): %3\n"_s.arg(harmless(found.source), identifier(found.claims.coding),
                                                   harmless(QString::fromUtf8(found.claims.json)));
        for (const auto &problem : document.problems)
            text += u"problem: %1 at %2 %3\n"_s.arg(identifier(problem.kind)).arg(problem.offset).arg(problem.detail);
        context.write(text.toUtf8());
        return ExitCode::Done;
    }
};

class ExplainVerb final : public ChallengeReader
{
public:
    ExplainVerb() : ChallengeReader(u"explain"_s, Text::tr("Say in words what the API wants")) { }

private:
    ExitCode show(Context &context, const ChallengeDocument &document) override
    {
        if (context.global().isJson())
            return context.writeJson(challengeJson(document));
        context.write(challengeExplanation(document).toUtf8());
        return ExitCode::Done;
    }
};

class LintVerb final : public ChallengeReader
{
public:
    LintVerb() : ChallengeReader(u"lint"_s, Text::tr("Find what is wrong with a challenge (exit 44)")) { }

    QStringList formats() const override { return {u"text"_s, u"json"_s, u"junit"_s, u"sarif"_s, u"tap"_s, u"none"_s}; }

private:
    static Jose::Check checkOf(const ClaimsFinding &finding)
    {
        Jose::Check check{.id = finding.id, .reason = finding.message, .reference = finding.where};
        switch (finding.severity) {
        case ClaimsFinding::Severity::Note: check.outcome = Jose::CheckOutcome::NotApplicable; break;
        case ClaimsFinding::Severity::Warning: check.outcome = Jose::CheckOutcome::Warning; break;
        case ClaimsFinding::Severity::Error:
            check.outcome = Jose::CheckOutcome::Failed;
            check.cause = ErrorCause::PolicyFailed;
            break;
        }
        return check;
    }

    ExitCode show(Context &context, const ChallengeDocument &document) override
    {
        Jose::CheckReport report;
        const auto findings = lint(document);
        for (const auto &finding : findings)
            report.append(checkOf(finding));
        const QList<Fix> fixes{
            {Text::tr("See what can be read of it"), u"countersign challenge parse "_s + givenAgain(input()), {}}};
        return reportChecks(context,
                            {.schema = u"countersign.findings/1"_s,
                             .title = u"challenge lint"_s,
                             .subject = identifier(document.form),
                             .report = std::move(report),
                             .fixes = fixes});
    }
};

class ChallengeVerb final : public VerbGroup
{
public:
    ChallengeVerb() : VerbGroup(u"challenge"_s, Text::tr("Read, explain, check and answer what an API demands"))
    {
        addChild(std::make_unique<ParseVerb>());
        addChild(std::make_unique<ExplainVerb>());
        addChild(std::make_unique<LintVerb>());
        addChild(makeChallengeBuildVerb());
        addChild(makeChallengeSatisfyVerb());
    }

    QString description() const override
    {
        return Text::tr("A challenge is read from whatever it stands in: a WWW-Authenticate header, a whole response\n"
                        "as curl -i prints it, an error body, a HAR entry, claims as JSON or base64.");
    }
    QStringList examples() const override
    {
        return {u"curl -si https://api.example/orders | countersign challenge explain -"_s,
                u"countersign challenge lint @response.txt -o junit"_s, u"countersign challenge build --acrs c1"_s};
    }
};

} // namespace

void addChallengeInput(OptionSet &options, QString &target)
{
    options.text("CHALLENGE", target,
                 Text::tr("A header, response, error body or claims; @FILE, or - for standard input"));
}

std::unique_ptr<Verb> makeChallengeVerb()
{
    return std::make_unique<ChallengeVerb>();
}

} // namespace Countersign::Cli
