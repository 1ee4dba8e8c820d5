// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "context.h"

#include "commandline.h"
#include "input.h"
#include "passphrase.h"
#include "query.h"
#include "terminal.h"
#include "text.h"
#include "words.h"

#include <common/hartrace.h>
#include <common/interruption.h>
#include <common/outputfile.h>
#include <common/serviceset.h>
#include <common/usersettings.h>

#include <countersign/client/publicclient.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTimer>

#include <cerrno>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

bool writeTo(std::FILE *stream, QByteArrayView text)
{
    const auto size = static_cast<std::size_t>(text.size());
    // An empty text has no address.
    return (size == 0 || std::fwrite(text.data(), 1, size, stream) == size) && std::fflush(stream) == 0;
}

//! What stands in place of a file's name in a message: a document or a token in its place is not repeated.
QString fileLabel(const QString &path)
{
    if (path == "-"_L1)
        return Text::tr("standard input");
    const bool isDocument = path.startsWith(u'{') || path.startsWith(u'[') || path.startsWith("-----"_L1)
        || path.contains(u'\n') || path.size() > 1024;
    return isDocument ? Text::tr("<%1 characters>").arg(path.size()) : u'\'' + path + u'\'';
}

} // namespace

Context::Context(GlobalOptions global, const CommandLine &commandLine)
    : m_global(std::move(global)), m_commandLine(commandLine),
      m_deadline(m_global.timeout ? QDeadlineTimer(*m_global.timeout) : QDeadlineTimer(QDeadlineTimer::Forever))
{
    if (!m_global.traceFile.isEmpty())
        m_trace = std::make_unique<App::HarTrace>();
}

Context::~Context() = default;

bool Context::isTerminal(std::FILE *stream)
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stream)) != 0;
#else
    return ::isatty(::fileno(stream)) != 0;
#endif
}

bool Context::wantsColor()
{
    return qEnvironmentVariableIsEmpty("NO_COLOR") && qEnvironmentVariable("TERM") != "dumb"_L1;
}

void Context::write(QByteArrayView text)
{
    if (m_global.output == "none"_L1 || writeTo(stdout, text))
        return;
    m_isReaderGone = errno == EPIPE;
    m_hasLostOutput = true;
}

ExitCode Context::writeJson(QByteArrayView json, const char *list)
{
    if (m_global.output != "jsonl"_L1 || !list)
        return writeJsonLine(json);
    const auto answer = Jose::JsonObject::parse(Secret::copyOf(json), answerLimits);
    if (!answer)
        return fail(answer.error());
    for (const auto &element : answer->array(list).value_or(Jose::JsonArray())) {
        Jose::JsonWriter line;
        line.beginObject().string("schema", answer->string("schema").value_or(QString()));
        for (const auto &member : element.object().value_or(Jose::JsonObject()))
            line.raw(member.name, member.value.raw());
        line.endObject();
        if (const auto written = writeJsonLine(line.view()); written != ExitCode::Done)
            return written;
    }
    return ExitCode::Done;
}

ExitCode Context::writeJsonLine(QByteArrayView json)
{
    if (m_global.query.isEmpty()) {
        write(harmlessJson(json).reveal());
        write("\n");
        return ExitCode::Done;
    }
    const auto part = query(json, m_global.query);
    if (!part)
        return fail(part.error());
    // A script gets what there is; a person gets nothing that the terminal would obey.
    if (outIsTerminal())
        write(harmlessLines(QString::fromUtf8(part->reveal())).toUtf8());
    else
        write(part->reveal());
    write("\n");
    return ExitCode::Done;
}

void Context::hint(const QString &text)
{
    if (!m_global.quiet)
        writeTo(stderr, QString(harmlessLines(text) + u'\n').toUtf8());
}

ExitCode Context::fail(const Error &error)
{
    const auto exitCode = exitCodeOf(error);
    return fail(error, exitCode == ExitCode::Interrupted && m_isTerminated ? ExitCode::Terminated : exitCode);
}

FixContext Context::failed() const
{
    FixContext failed;
    for (const auto &verb : m_commandLine.verbs())
        failed.offered.append(verb->name());
    failed.provider = m_providerFlags;
    failed.flags = m_providerFlags + m_serviceFlags + m_tokenFlags;
    failed.service = m_serviceFlags;
    if (m_global.isAccountGiven && m_global.account != "ask"_L1)
        failed.flags += u" --account "_s + shellQuoted(m_global.account);
    failed.challenge = m_challengeFlags;
    failed.surroundings = m_global.surroundings;
    failed.verb = m_commandLine.verbPath();
    failed.again = [this](const QStringList &without, const QString &more) {
        return m_commandLine.again(without, more);
    };
    failed.store = m_wasPassphraseWanted ? TokenStore::Kind::SealedFile : storeKind();
    failed.isVariableNamed = !m_global.secretEnvironment.isEmpty();
    failed.isOffline = m_global.offline;
    failed.isOfflineTyped = m_global.isOfflineTyped;
    failed.isTimeoutTyped = m_global.timeout.has_value();
    return failed;
}

ExitCode Context::fail(const Error &error, ExitCode exitCode)
{
    return fail(error, exitCode, m_fixes.isEmpty() ? fixesFor(error, exitCode, failed()) : m_fixes);
}

ExitCode Context::fail(const Error &error, ExitCode exitCode, const QList<Fix> &usualFixes)
{
    auto fixes = usualFixes;
    if (exitCode == ExitCode::NotAToken && !m_nameOfFile.isEmpty())
        fixes.prepend({Text::tr("That is the name of a file; what it holds is given as"),
                       shellQuoted(QString(u'@' + m_nameOfFile)),
                       {}});
    const auto json = errorJson(error, exitCode, fixes, now());
    writeTo(stderr, m_global.isJson() ? json : errorText(error, fixes));
    if (!m_global.errorFile.isEmpty()) {
        if (const auto written = App::writeOutputFile(m_global.errorFile, json); !written)
            hint(Text::tr("The error could not be written to '%1': %2.")
                     .arg(m_global.errorFile, written.error().message()));
    }
    return exitCode;
}

Result<Secret> Context::readInput(const QString &word, qint64 limit) const
{
    if (word.isEmpty()) {
        // Only these look a token up.
        const auto verb = m_commandLine.verbPath().value(0);
        const bool takesAccount = verb == "inspect"_L1 || verb == "verify"_L1;
        return wrongUsage(Text::tr("There is no input: give it, @FILE, or - for standard input.")
                          + (takesAccount ? u' ' + Text::tr("--account NAME takes that account's token.") : QString()));
    }
    if (word == "-"_L1 || word.startsWith(u'@'))
        return readFile(word == "-"_L1 ? word : word.mid(1), limit);
    constexpr qsizetype longestName = 255;
    if (word.size() <= longestName && QFileInfo::exists(word))
        m_nameOfFile = word;
    return Secret(word.toUtf8());
}

Result<Secret> Context::readFile(const QString &path, qint64 limit) const
{
    if (path.isEmpty())
        return wrongUsage(Text::tr("The name of a file is missing; write @FILE."));
    QFile file(path);
    const auto unreadable = [&path](const QString &why) {
        return wrongUsage(Text::tr("%1 cannot be read: %2.").arg(fileLabel(path), why));
    };
    if (!openInput(file, path))
        return unreadable(whyClosed(file));
    auto bytes = readOpen(file, limit);
    if (!bytes)
        return isEndOfWaiting(bytes.error()) ? bytes.error() : unreadable(bytes.error().message());
    if (bytes->size() > limit)
        return wrongUsage(Text::tr("%1 is larger than the %2 bytes that are read.").arg(fileLabel(path)).arg(limit));
    return Secret(*std::move(bytes));
}

Result<QByteArray> Context::readOpen(QFile &file, qint64 limit) const
{
    return Cli::readInput(file, limit, m_deadline, m_isTerminated);
}

Result<App::UserSettings *> Context::settings()
{
    if (m_settings)
        return m_settings.get();
    auto settings = std::make_unique<App::UserSettings>();
    if (const auto loaded = settings->load(); !loaded)
        return loaded.error();
    m_settings = std::move(settings);
    return m_settings.get();
}

TokenStore::Kind Context::storeKind() const
{
    const auto ofSettings = m_settings ? m_settings->value(u"store"_s) : QString();
    const auto choice = App::StoreChoice::parse(m_global.store.isEmpty() ? ofSettings : m_global.store);
    return choice ? choice->kind : TokenStore::Kind::Keychain;
}

App::ServiceSettings Context::wantedServices() const
{
    App::ServiceSettings wanted;
    wanted.store = m_global.store;
    wanted.caFile = m_global.caFile;
    wanted.proxy = m_global.proxy;
    wanted.observer = m_trace.get();
    wanted.isOffline = m_global.offline;
    return wanted;
}

Result<void> Context::checkPolicy()
{
    const auto settings = this->settings();
    return settings ? (*settings)->checkPolicy(wantedServices()) : settings.error();
}

Result<std::unique_ptr<App::ServiceSet>> Context::servicesWith(const QString &store)
{
    const auto settings = this->settings();
    if (!settings)
        return settings.error();
    auto wanted = wantedServices();
    if (!store.isEmpty())
        wanted.store = store;
    if (const auto completed = (*settings)->complete(wanted); !completed)
        return completed.error();
    return makeServices(std::move(wanted));
}

Result<std::unique_ptr<App::ServiceSet>> Context::makeServices(App::ServiceSettings wanted)
{
    // As if --offline had been given: then the cache is asked, and its answer is final.
    m_global.offline = m_global.offline || wanted.isOffline;
    // A pipe of that name would be waited for, whatever --timeout says.
    if (const QFileInfo authorities(wanted.caFile); authorities.exists() && !authorities.isFile())
        return wrongUsage(Text::tr("%1 cannot be read: it is no file.").arg(fileLabel(wanted.caFile)));
    const auto choice = App::StoreChoice::parse(wanted.store);
    const bool isNew = choice && choice->kind == TokenStore::Kind::SealedFile && !choice->path.isEmpty()
        && !QFileInfo::exists(choice->path);
    wanted.passphrase = [this, isNew] {
        m_wasPassphraseWanted = true;
        return readPassphrase(*this, isNew);
    };
    // A keychain that waits for its password has a person to ask; without one there is nothing to wait for.
    if (m_global.noInteraction)
        wanted.cache.unlockDeadline = std::chrono::milliseconds(0);
    wanted.cache.refreshDeadline = m_global.lockPatience.value_or(wanted.cache.refreshDeadline);
    return App::ServiceSet::create(std::move(wanted));
}

Result<App::ServiceSet *> Context::services()
{
    if (m_services)
        return m_services.get();
    auto services = servicesWith({});
    if (!services)
        return services.error();
    m_services = *std::move(services);
    return m_services.get();
}

Result<HttpTransport *> Context::network()
{
    if (m_services)
        return &m_services->http();
    if (!m_network) {
        const auto settings = this->settings();
        if (!settings)
            return settings.error();
        auto wanted = wantedServices();
        if (const auto completed = (*settings)->complete(wanted); !completed)
            return completed.error();
        wanted.store = u"memory"_s; // nothing is kept: no policy has a word in it
        auto network = makeServices(std::move(wanted));
        if (!network)
            return network.error();
        m_network = *std::move(network);
    }
    return &m_network->http();
}

Result<void> Context::saveTrace() const
{
    return m_trace ? m_trace->save(m_global.traceFile) : Result<void>();
}

void Context::settle(const PublicClient &client)
{
    constexpr std::chrono::seconds saving{20}; // another process may have to finish its own first
    constexpr std::chrono::milliseconds interval{5};
    // The token, the keys it is checked by, and the person's details with their keys: each has that long.
    const auto longest = 4 * client.configuration().requestTimeout + saving;
    const auto isBusy = [&client] {
        const auto operations = client.findChildren<Operation *>(QString(), Qt::FindDirectChildrenOnly);
        return std::any_of(operations.begin(), operations.end(),
                           [](const Operation *operation) { return !operation->isFinished(); });
    };
    if (!isBusy())
        return;
    // With JSON the failure has the last line.
    if (!m_global.isJson())
        hint(Text::tr("Waiting for the provider's answer, so that the sign-in is not lost. Ctrl+C ends it at once and "
                      "may lose it."));
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&isBusy, &loop] {
        if (!isBusy())
            loop.quit();
    });
    look.start(interval);
    QTimer::singleShot(longest, &loop, &QEventLoop::quit);
    loop.exec();
}

Result<Secret> Context::ask(Terminal &terminal, const QString &question, bool isSecret)
{
    auto answer = terminal.ask(question, isSecret, m_deadline);
    m_isTerminated = terminal.isTerminated();
    return answer;
}

struct Context::Waiting::Private
{
    explicit Private(Context &theirs) : context(theirs) { }

    void stop(Error error)
    {
        stopped.emplace(std::move(error));
        loop.quit();
    }

    Context &context;
    QEventLoop loop;
    QTimer timer;
    App::Interruption interruption;
    std::optional<Error> stopped;
};

Context::Waiting::Waiting(Context &context) : d(std::make_unique<Private>(context))
{
    d->timer.setSingleShot(true);
    QObject::connect(&d->timer, &QTimer::timeout, &d->loop, [d = d.get()] {
        d->stop(Error{ErrorCode::TimedOut, Text::tr("The time given by --timeout is over.")});
    });
    QObject::connect(&d->interruption, &App::Interruption::requested, &d->loop,
                     [d = d.get()](App::Interruption::Kind kind) {
                         d->context.m_isTerminated = kind == App::Interruption::Kind::Terminated;
                         d->stop(Error{ErrorCode::Cancelled, Text::tr("Interrupted.")});
                     });
}

Context::Waiting::~Waiting() = default;

QEventLoop *Context::Waiting::loop()
{
    return &d->loop;
}

std::optional<Error> Context::Waiting::run()
{
    const auto &deadline = d->context.m_deadline;
    if (!deadline.isForever())
        d->timer.start(std::chrono::ceil<std::chrono::milliseconds>(deadline.remainingTimeAsDuration()));
    d->loop.exec();
    return std::exchange(d->stopped, std::nullopt);
}

QByteArrayView withoutLineEnd(QByteArrayView text)
{
    if (text.endsWith('\n'))
        text.chop(1);
    if (text.endsWith('\r'))
        text.chop(1);
    return text;
}

QByteArrayView firstLineOf(QByteArrayView text)
{
    const auto end = text.indexOf('\n');
    return withoutLineEnd(end < 0 ? text : text.first(end + 1));
}

} // namespace Countersign::Cli
