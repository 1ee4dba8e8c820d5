// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../filechange.h"
#include "../gitconfiguration.h"
#include "../session.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <common/examination.h>

#include <countersign/base/redaction.h>
#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using App::Finding;
using Jose::CheckOutcome;

//! As scripts read it. What was not there to be looked at is no trouble.
QString outcomeOf(const Finding &finding)
{
    switch (finding.outcome) {
    case CheckOutcome::Failed: return u"failure"_s;
    case CheckOutcome::Warning: return u"warning"_s;
    case CheckOutcome::Passed:
    case CheckOutcome::NotApplicable:
    case CheckOutcome::NotPossible: return u"ok"_s;
    }
    Q_UNREACHABLE();
}

//! What is right with what was looked at.
QString goodWords(const Finding &finding)
{
    const bool isThere = finding.outcome == CheckOutcome::Passed;
    const auto &id = finding.id;
    if (id == "files"_L1)
        return isThere ? finding.subject : Text::tr("%1: not there yet").arg(finding.subject);
    if (id == "policy"_L1)
        return isThere ? Text::tr("%1 is in force, for: %2")
                             .arg(finding.subject, finding.detail.isEmpty() ? u"-"_s : finding.detail)
                       : Text::tr("%1: there is none, so nothing is locked").arg(finding.subject);
    if (id == "permissions"_L1)
        return isThere ? Text::tr("%1 is for its owner only").arg(finding.subject)
                       : Text::tr("%1: not there yet, so nobody can read it").arg(finding.subject);
    if (id == "core_dumps"_L1)
        return Text::tr("a crash writes no memory to the disk");
    if (id == "store"_L1)
        return Text::tr("%1 can be opened").arg(finding.subject);
    if (id == "store_round_trip"_L1)
        return Text::tr("%1 can be read and written").arg(finding.subject);
    if (id.startsWith("loopback"_L1))
        return Text::tr("the answer of a browser arrives (port %1 was tried)").arg(finding.detail);
    if (id == "display"_L1)
        return finding.detail.isEmpty() ? Text::tr("there is one: the browser by default")
                                        : Text::tr("a session over SSH: codes for another device by default");
    if (id == "proxy"_L1)
        return isThere ? finding.detail : Text::tr("the system names none");
    if (id == "certificates"_L1)
        return Text::tr("%1 authorities are trusted").arg(finding.detail);
    if (id == "provider"_L1)
        return Text::tr("%1 answers").arg(finding.detail);
    if (id == "name_resolution"_L1)
        return Text::tr("%1 has the addresses %2").arg(finding.subject, finding.detail);
    if (id == "path"_L1)
        return isThere ? Text::tr("$PATH leads to these programs, in %1").arg(finding.detail)
                       : Text::tr("$PATH leads to no program of this name");
    if (id == "url_schemes"_L1)
        return isThere ? Text::tr("%1: seen by the embedded window").arg(finding.detail)
                       : Text::tr("no profile has a redirect address with a scheme of its own");
    if (id == "clock"_L1)
        return isThere ? Text::tr("%1 away from that of %2").arg(finding.detail, finding.subject)
                       : Text::tr("%1 does not say what its clock shows").arg(finding.subject);
    return finding.detail;
}

//! What is wrong with it.
QString badWords(const Finding &finding)
{
    const auto &id = finding.id;
    if (finding.error)
        return redacted(finding.error->message());
    if (id == "permissions"_L1)
        return Text::tr("others may read or write %1 (mode %2)").arg(finding.subject, finding.detail);
    if (id == "core_dumps"_L1)
        return Text::tr("a crash would write memory with tokens in it to the disk; 'ulimit -c 0' forbids it");
    if (id == "display"_L1)
        return Text::tr("there is none: codes for another device by default");
    if (id == "browser"_L1)
        return Text::tr("no program to open a page with is known here");
    if (id == "certificates"_L1)
        return finding.subject.isEmpty() ? Text::tr("the system trusts no authority at all")
                                         : Text::tr("there is no certificate in %1").arg(finding.subject);
    if (id == "path"_L1)
        return Text::tr("$PATH leads to other programs of the same name: %1").arg(finding.detail);
    if (id == "url_schemes"_L1)
        return Text::tr("%1: only the embedded window could see it, which does not work here").arg(finding.detail);
    if (id == "clock"_L1)
        return Text::tr("this clock is %1 away from that of %2").arg(finding.detail, finding.subject);
    return finding.detail;
}

//! Why this verb fails. The exit code is that of the error.
std::optional<Error> errorOf(const Finding &finding)
{
    if (finding.outcome != CheckOutcome::Failed)
        return std::nullopt;
    if (finding.error)
        return finding.error;
    if (finding.id == "clock"_L1)
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::ClockWrong, badWords(finding)};
    if (finding.id == "certificates"_L1)
        return Error{ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, badWords(finding)};
    return Error{ErrorCode::InvalidResponse, badWords(finding)};
}

//! A finding in the words of the command line.
struct Row
{
    QString outcome;
    QString id;
    QString text;
    QString command; //!< that helps, or empty
    std::optional<Error> error; //!< that this verb ends with if it is the first
};

//! The hosts that git gets tokens for from here.
QStringList hostsOfGit()
{
    QStringList hosts;
    for (const auto &path : globalGitConfigurations()) {
        if (const auto file = beginChange(path))
            hosts += gitHelperUrls(file->before);
    }
    return hosts;
}

//! What there is to say of git, where it is installed or was told to ask us.
std::optional<Row> rowOfGit()
{
    const auto git = installedGit();
    const auto hosts = hostsOfGit();
    if (git.isNull() && hosts.isEmpty())
        return std::nullopt;
    const auto use =
        hosts.isEmpty() ? Text::tr("No host is configured.") : Text::tr("Configured for %1.").arg(hosts.join(u", "_s));
    if (git.isNull())
        return Row{u"warning"_s, u"git"_s, QString(Text::tr("There is no git here.") + u' ' + use), {}, {}};
    if (const auto trouble = troubleWithGit(git); !trouble.isEmpty())
        return Row{hosts.isEmpty() ? u"ok"_s : u"warning"_s, u"git"_s, QString(trouble + u' ' + use), {}, {}};
    return Row{u"ok"_s,
               u"git"_s,
               QString(Text::tr("This git is %1 and sends tokens as Bearer.").arg(git.toString()) + u' ' + use),
               {},
               {}};
}

class DoctorVerb final : public Verb
{
public:
    DoctorVerb() : Verb(u"doctor"_s, Text::tr("Find out what keeps sign-ins from working here")) { }
    QString description() const override
    {
        return Text::tr(
            "Looks at the files of Countersign, the store, the loopback, the browser, the embedded window,\n"
            "every profile's provider, the clock, and whether this git can send tokens as Bearer. Exits with\n"
            "the code of the first failure; warnings do not count.");
    }
    QStringList examples() const override
    {
        return {u"countersign doctor"_s, u"countersign doctor --offline -o json"_s};
    }

    ExitCode run(Context &context) override
    {
        QList<Row> rows;
        if (const auto examined = examine(context, rows); !examined)
            return context.fail(examined.error());
        if (auto git = rowOfGit())
            rows.append(*std::move(git));
        if (context.global().offline)
            rows.append({u"ok"_s, u"network"_s, Text::tr("not looked at: --offline"), {}, {}});
        const auto written = context.global().isJson() ? writeJson(context, rows) : writeText(context, rows);
        if (written != ExitCode::Done)
            return written;
        const auto failed =
            std::find_if(rows.cbegin(), rows.cend(), [](const Row &row) { return row.error.has_value(); });
        return failed == rows.cend() ? ExitCode::Done : report(context, *failed);
    }

private:
    static bool isPolicy(const Error &error) { return error.cause() == ErrorCause::ForbiddenByPolicy; }

    Result<void> examine(Context &context, QList<Row> &rows)
    {
        // A broken file of settings or profiles is what this verb is for: it is a finding and no end.
        if (const auto loaded = m_profiles.load(); !loaded)
            rows.append(rowOf({.id = u"files"_s,
                               .subject = m_profiles.path(),
                               .outcome = CheckOutcome::Failed,
                               .error = loaded.error()}));
        const auto services = rows.isEmpty() ? context.services() : Result<App::ServiceSet *>(nullptr);
        if (!services)
            rows.append(rowOf({.id = isPolicy(services.error()) ? u"policy"_s : u"services"_s,
                               .outcome = CheckOutcome::Failed,
                               .error = services.error()}));
        if (!rows.isEmpty())
            return {};
        App::Examination::Options options{.asksProviders = !context.global().offline,
                                          .caFile = context.global().caFile};
        if (context.global().namesProvider()) {
            const auto chosen = chooseProfile(context, m_profiles);
            if (!chosen)
                return chosen.error();
            options.onlyProfile = chosen->profile;
        }
        return context.awaitAnswer<void>([&](auto handler) {
            auto examination = std::make_unique<App::Examination>(**services, options);
            QObject::connect(examination.get(), &App::Examination::found, examination.get(),
                             [this, &rows](const Finding &finding) { rows.append(rowOf(finding)); });
            QObject::connect(examination.get(), &App::Examination::finished, examination.get(),
                             [handler] { handler(Result<void>()); });
            return examination;
        });
    }

    Row rowOf(const Finding &finding) const
    {
        const auto outcome = outcomeOf(finding);
        return {outcome, finding.id, outcome == "ok"_L1 ? goodWords(finding) : badWords(finding), commandFor(finding),
                errorOf(finding)};
    }

    QString commandFor(const Finding &finding) const
    {
        if (outcomeOf(finding) == "ok"_L1)
            return {};
        if (finding.id == "browser"_L1)
            return u"countersign config set browser PROGRAM"_s;
        if (finding.id.startsWith("store"_L1) && finding.error)
            return finding.error->cause() == ErrorCause::StoreMissing ? u"countersign config set store file:"_s
                                                                      : u"countersign store status"_s;
        if (finding.id == "provider"_L1) {
            for (const auto &profile : m_profiles.profiles()) {
                if (QUrl(profile.issuer).host() == finding.subject)
                    return u"countersign profile test "_s + shellQuoted(profile.id);
            }
        }
        return {};
    }

    //! Not as other verbs do: this one has no use for the advice to ask the doctor.
    static ExitCode report(Context &context, const Row &row)
    {
        QList<Fix> fixes;
        if (!row.command.isEmpty())
            fixes.append({Text::tr("What helps"), row.command, {}});
        return context.fail(*row.error, exitCodeOf(*row.error), fixes);
    }

    static ExitCode writeText(Context &context, const QList<Row> &rows)
    {
        Table table;
        for (const auto &row : rows)
            table.addRow(
                {row.outcome, row.id, row.text + (row.command.isEmpty() ? QString() : u"  -> "_s + row.command)});
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }

    static ExitCode writeJson(Context &context, const QList<Row> &rows)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.doctor/1"_s).name("checks").beginArray();
        for (const auto &row : rows) {
            json.beginObject().string("id", row.id).string("outcome", row.outcome).string("text", row.text);
            if (!row.command.isEmpty())
                json.string("command", row.command);
            if (row.error)
                json.integer("exit", static_cast<int>(exitCodeOf(*row.error)));
            json.endObject();
        }
        json.endArray().endObject();
        return context.writeJson(json.view(), "checks");
    }

    ProfileStore m_profiles;
};

} // namespace

std::unique_ptr<Verb> makeDoctorVerb()
{
    return std::make_unique<DoctorVerb>();
}

} // namespace Countersign::Cli
