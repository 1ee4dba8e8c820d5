// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../accountlist.h"
#include "../provider.h"
#include "../signin.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/base/redaction.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/protocol/discovery.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

struct Finding
{
    enum class Outcome : quint8 { Ok, Warning, Failure };
    QString id;
    Outcome outcome = Outcome::Ok;
    QString text;
    QString fix; //!< a command, or empty
    ExitCode exitCode = ExitCode::Done;
};

QString identifier(Finding::Outcome outcome)
{
    switch (outcome) {
    case Finding::Outcome::Ok: return u"ok"_s;
    case Finding::Outcome::Warning: return u"warning"_s;
    case Finding::Outcome::Failure: return u"failure"_s;
    }
    Q_UNREACHABLE();
}

//! Looks at everything a sign-in needs, one thing after the other.
class Examination
{
public:
    explicit Examination(Context &context) : m_context(context) { }

    QList<Finding> run()
    {
        if (!loadFiles())
            return m_findings;
        const auto services = m_context.services();
        if (!services) {
            fail(u"services"_s, services.error(), {});
            return m_findings;
        }
        examineStore(**services);
        examineSurroundings(**services);
        if (m_context.global().offline)
            add(u"network"_s, Finding::Outcome::Ok, Text::tr("not looked at: --offline"));
        else
            examineProviders();
        return m_findings;
    }

private:
    void add(const QString &id, Finding::Outcome outcome, const QString &text, const QString &fix = {})
    {
        m_findings.append({id, outcome, text, fix, ExitCode::Done});
    }
    void fail(const QString &id, const Error &error, const QString &fix)
    {
        m_findings.append({id, Finding::Outcome::Failure, redacted(error.message()), fix, exitCodeOf(error)});
    }

    bool loadFiles()
    {
        App::UserSettings settings;
        App::AccountBook book;
        const std::tuple<QString, QString, Result<void>> files[] = {
            {u"settings"_s, settings.path(), settings.load()},
            {u"profiles"_s, m_profiles.path(), m_profiles.load()},
            {u"account_names"_s, App::AccountBook::defaultPath(), book.load()}};
        bool isGood = true;
        for (const auto &[id, path, loaded] : files) {
            if (loaded)
                add(id, Finding::Outcome::Ok, path);
            else
                fail(id, loaded.error(), {});
            isGood = isGood && loaded;
        }
        return isGood;
    }

    void examineStore(App::ServiceSet &services)
    {
        const auto name = services.store().name();
        auto state = openStore(m_context, services);
        if (state) {
            state = m_context.awaitAnswer<void>([&services](auto handler) {
                auto listener = std::make_unique<QObject>();
                services.cache().probe(listener.get(), handler);
                return listener;
            });
        }
        if (!state) {
            const bool isMissing = state.error().cause() == ErrorCause::StoreMissing;
            return fail(u"store"_s, state.error(),
                        isMissing ? u"countersign config set store file:"_s : u"countersign store status"_s);
        }
        add(u"store"_s, Finding::Outcome::Ok, Text::tr("%1 can be read and written").arg(name));
        if (const auto warning = services.cache().lastWarning(); !warning.isEmpty())
            add(u"store_mended"_s, Finding::Outcome::Warning, warning);
    }

    void examineSurroundings(App::ServiceSet &services)
    {
        const auto here = Surroundings::detect();
        add(u"display"_s, Finding::Outcome::Ok,
            here.isRemote         ? Text::tr("a session over SSH: codes for another device by default")
                : here.hasDisplay ? Text::tr("there is one: the browser by default")
                                  : Text::tr("there is none: codes for another device by default"));
        const auto browsers = SystemLauncher::candidates();
        if (browsers.isEmpty())
            add(u"browser"_s, Finding::Outcome::Warning, Text::tr("no program to open a page with is known here"),
                u"countersign config set browser PROGRAM"_s);
        else
            add(u"browser"_s, Finding::Outcome::Ok, browsers.first().join(u' '));
        const auto view = services.embedded().availability();
        if (view)
            add(u"webview"_s, Finding::Outcome::Ok, WebViewAgent::findProgram());
        else
            add(u"webview"_s, Finding::Outcome::Warning, view.error().message());
    }

    void examineProviders()
    {
        QList<Profile> profiles = m_profiles.profiles();
        if (namesProfile(m_context.global())) {
            const auto chosen = chooseProfile(m_context.global(), m_profiles);
            if (!chosen)
                return fail(u"provider"_s, chosen.error(), {});
            profiles = {chosen->profile};
        }
        QStringList seen;
        for (const auto &profile : std::as_const(profiles)) {
            const auto authority = profile.authority();
            if (!authority) {
                fail(u"provider"_s, authority.error(), u"countersign profile edit "_s + profile.id);
            } else if (!seen.contains(authority->issuer())) {
                seen.append(authority->issuer());
                examineProvider(profile, *authority);
            }
        }
    }

    void examineProvider(const Profile &profile, const Authority &authority)
    {
        const auto response = fetch(m_context, HttpPurpose::Discovery, Protocol::discoveryUrl(authority));
        const QString test = u"countersign profile test "_s + profile.id;
        if (!response)
            return fail(u"provider"_s, response.error(), test);
        const Protocol::HttpAnswer answer{response->status, response->headers.fields(), response->body};
        const auto metadata = Protocol::parseMetadata(authority, answer, m_context.now());
        if (!metadata)
            return fail(u"provider"_s, metadata.error(), test);
        add(u"provider"_s, Finding::Outcome::Ok, Text::tr("%1 answers").arg(metadata->issuer));
        examineClock(response->serverDate, metadata->issuer);
    }

    void examineClock(const QDateTime &theirs, const QString &issuer)
    {
        constexpr qint64 tolerance = 300; // what ID token validation forgives at most. Units: seconds.
        if (!theirs.isValid())
            return;
        const auto offset = m_context.now().secsTo(theirs);
        if (qAbs(offset) > tolerance)
            m_findings.append({u"clock"_s,
                               Finding::Outcome::Failure,
                               Text::tr("this clock is %1 s away from that of %2").arg(-offset).arg(issuer),
                               {},
                               ExitCode::ClockWrong});
        else
            add(u"clock"_s, Finding::Outcome::Ok, Text::tr("%1 s away from that of %2").arg(-offset).arg(issuer));
    }

    Context &m_context;
    ProfileStore m_profiles;
    QList<Finding> m_findings;
};

class DoctorVerb final : public Verb
{
public:
    DoctorVerb() : Verb(u"doctor"_s, Text::tr("Find out what keeps sign-ins from working here")) { }
    QString description() const override
    {
        return Text::tr("Looks at the files of Countersign, the store, the browser, the embedded window, every "
                        "profile's provider\nand the clock. Exits with the code of the first failure; warnings do not "
                        "count.");
    }
    QStringList examples() const override
    {
        return {u"countersign doctor"_s, u"countersign doctor --offline -o json"_s};
    }

    ExitCode run(Context &context) override
    {
        const auto findings = Examination(context).run();
        auto outcome = ExitCode::Done;
        for (const auto &finding : findings) {
            if (outcome == ExitCode::Done)
                outcome = finding.exitCode;
        }
        const auto written = context.global().isJson() ? writeJson(context, findings) : writeText(context, findings);
        return written == ExitCode::Done ? outcome : written;
    }

private:
    static ExitCode writeText(Context &context, const QList<Finding> &findings)
    {
        Table table;
        for (const auto &finding : findings)
            table.addRow({identifier(finding.outcome), finding.id,
                          finding.text + (finding.fix.isEmpty() ? QString() : u"  -> "_s + finding.fix)});
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }

    static ExitCode writeJson(Context &context, const QList<Finding> &findings)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.doctor/1"_s).name("checks").beginArray();
        for (const auto &finding : findings) {
            json.beginObject().string("id", finding.id).string("outcome", identifier(finding.outcome));
            json.string("text", finding.text);
            if (!finding.fix.isEmpty())
                json.string("command", finding.fix);
            if (finding.exitCode != ExitCode::Done)
                json.integer("exit", static_cast<int>(finding.exitCode));
            json.endObject();
        }
        json.endArray().endObject();
        return context.writeJson(json.view());
    }
};

} // namespace

std::unique_ptr<Verb> makeDoctorVerb()
{
    return std::make_unique<DoctorVerb>();
}

} // namespace Countersign::Cli
