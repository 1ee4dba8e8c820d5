// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "bench.h"
#include "cacheclient.h"
#include "coldcache.h"
#include "verbs.h"

#include <countersign/cache/tokencache.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>

#include <simdjson.h>

#include <cstring>
#include <random>

using namespace Qt::StringLiterals;

namespace Countersign::Bench {

namespace {

constexpr double milliseconds = 1e3;
constexpr double microseconds = 1e6;
constexpr qsizetype storePadding = 64; // what stores leave behind the text
constexpr Calls wholeFile{.minimum = 5, .maximum = 500};

//! One figure of the cache verb.
class CacheBench
{
public:
    CacheBench(QString path, CacheClient &client) : m_path(std::move(path)), m_client(client)
    {
        m_count = client.client().knownAccounts().size();
    }

    void emitFigure(const char *bench, const char *unit, std::vector<double> samples) const
    {
        print({.bench = bench, .unit = unit, .count = m_count}, std::move(samples));
    }

    //! \p operation is called with 0, 1, 2 …
    template <typename Operation>
    void time(const char *bench, double factor, Operation operation, const Calls &calls = {}) const
    {
        qsizetype call = 0;
        while (call < calls.minimum) // a warm-up
            operation(call++);
        auto samples = timings([&operation, &call] { operation(call++); }, calls);
        emitFigure(bench, factor == microseconds ? "us" : "ms", scaled(std::move(samples), factor));
    }

    //! Two jobs by turns, so that a slow spell of the machine hits both, and how many times as long the first takes.
    struct Job
    {
        const char *bench;
        std::function<void()> run;
        std::function<void()> prepare = {}; //!< before each, not measured
    };
    void compare(const char *ratio, const Job &first, const Job &second) const;

    void coldStart(const ColdStarts &cold) const;
    Result<void> lookups() const;
    void operations(const QList<SilentParameters> &hits) const;
    void decoding() const;
    Result<void> document() const;
    Result<void> change() const;

private:
    //! Which tokens are asked for: the whole of a cached target, a part of one, and what nobody was granted.
    struct Requests
    {
        QList<SilentParameters> exact;
        QList<SilentParameters> subset;
        QList<SilentParameters> misses;
    };
    Requests requests() const;
    Result<QByteArray> read() const;

private:
    QString m_path;
    CacheClient &m_client;
    qint64 m_count = 0;
};

QStringList targetsOf(const TokenCache &cache)
{
    QSet<QString> seen;
    for (const auto &token : cache.accessTokens())
        seen.insert(token.scopes().toString());
    QStringList targets(seen.begin(), seen.end());
    targets.sort();
    return targets;
}

void CacheBench::compare(const char *ratio, const Job &first, const Job &second) const
{
    std::vector<double> ones;
    std::vector<double> others;
    std::vector<double> ratios;
    const Calls once{.budget = {}, .minimum = 1};
    const auto start = std::chrono::steady_clock::now();
    for (int turn = 0; turn <= wholeFile.maximum; ++turn) {
        if (turn > wholeFile.minimum && std::chrono::steady_clock::now() - start > 2 * wholeFile.budget)
            break;
        const double one = timings(first.run, once, first.prepare).front();
        const double other = timings(second.run, once, second.prepare).front();
        if (turn == 0)
            continue; // a warm-up
        ones.push_back(one * milliseconds);
        others.push_back(other * milliseconds);
        ratios.push_back(one / other);
    }
    emitFigure(first.bench, "ms", std::move(ones));
    emitFigure(second.bench, "ms", std::move(others));
    emitFigure(ratio, "x", std::move(ratios));
}

void CacheBench::coldStart(const ColdStarts &cold) const
{
    emitFigure("rss_start", "MiB", cold.atStart);
    emitFigure("rss_loaded", "MiB", cold.loaded);
    emitFigure("rss_peak", "MiB", cold.peak);
    emitFigure("cold_rss_peak", "MiB", cold.peak);
    emitFigure("cold_start", "ms", cold.wall);
    emitFigure("cold_in_process", "ms", cold.inProcess);
}

CacheBench::Requests CacheBench::requests() const
{
    constexpr qsizetype picks = 499;
    const auto all = m_client.client().knownAccounts();
    const auto targets = targetsOf(m_client.client().cache().snapshot());
    QStringList several;
    std::copy_if(targets.begin(), targets.end(), std::back_inserter(several),
                 [](const QString &target) { return target.contains(u' ') && target.contains("://"_L1); });
    Requests made;
    std::mt19937 random(7);
    for (qsizetype i = 0; i < picks && !all.isEmpty() && !targets.isEmpty(); ++i) {
        const auto &account = all.at(std::uniform_int_distribution<qsizetype>(0, all.size() - 1)(random)).id;
        made.exact.append({.scopes = ScopeSet::parse(targets.at(i % targets.size())), .account = account});
        made.misses.append({.scopes = {u"https://nobody.example/asked"_s}, .account = account});
        if (several.isEmpty())
            continue;
        const auto scopes = several.at(i % several.size()).split(u' ');
        const auto wanted =
            std::find_if(scopes.begin(), scopes.end(), [](const QString &scope) { return scope.contains("://"_L1); });
        made.subset.append({.scopes = {*wanted}, .account = account});
    }
    return made;
}

Result<void> CacheBench::lookups() const
{
    const auto asked = requests();
    if (asked.exact.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the file holds no account with tokens"_s};
    const auto &client = m_client.client();
    qsizetype wrong = 0;
    const auto ask = [&client, &wrong](const QList<SilentParameters> &list, bool isThere) {
        return [&client, &wrong, &list, isThere](qsizetype call) {
            const auto token = client.cachedToken(list.at(call % list.size()));
            wrong += token.has_value() != isThere;
        };
    };
    time("silent_exact", microseconds, ask(asked.exact, true));
    if (!asked.subset.isEmpty())
        time("silent_subset", microseconds, ask(asked.subset, true));
    time("miss", microseconds, ask(asked.misses, false));
    if (wrong > 0)
        return Error{ErrorCode::InvalidArgument, u"not every token was found: are they expired?"_s};
    time("get_accounts", milliseconds, [&client](qsizetype) { keep(client.knownAccounts()); }, {.maximum = 2000});
    operations(asked.exact);
    return {};
}

//! Operations that follow each other in one event loop, as a program has it.
void CacheBench::operations(const QList<SilentParameters> &hits) const
{
    constexpr int chain = 200;
    constexpr int rounds = 60;
    std::vector<double> samples;
    qsizetype call = 0;
    for (int round = 0; round < rounds; ++round) {
        QEventLoop loop;
        int left = chain;
        std::function<void()> next = [this, &hits, &call, &left, &next, &loop] {
            auto *operation = m_client.client().acquireTokenSilently(hits.at(call++ % hits.size()));
            operation->whenFinished(&loop, [&left, &next, &loop](const Result<AuthenticationResult> &result) {
                if (--left == 0 || !result)
                    loop.quit();
                else
                    next();
            });
        };
        next();
        const auto took = timings([&loop] { loop.exec(); }, {.budget = {}, .minimum = 1});
        samples.push_back(took.front() / chain);
    }
    samples.erase(samples.begin());
    emitFigure("silent_operation", "us", scaled(std::move(samples), microseconds));
}

void CacheBench::decoding() const
{
    constexpr std::size_t most = 1000;
    std::vector<Secret> tokens;
    for (const auto &token : m_client.client().cache().snapshot().idTokens()) {
        tokens.push_back(token.secret());
        if (tokens.size() == most)
            break;
    }
    if (tokens.empty())
        return;
    time("decode_jwt", microseconds, [&tokens](qsizetype call) {
        keep(Jose::UnverifiedJwt::parse(tokens[static_cast<std::size_t>(call) % tokens.size()].reveal()));
    });
}

Result<QByteArray> CacheBench::read() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::StorageUnavailable, u"cannot read "_s + m_path};
    return file.readAll();
}

//! The text as a whole, beside what the processor can do with as many bytes.
Result<void> CacheBench::document() const
{
    const auto content = read();
    if (!content)
        return content.error();
    const QByteArray &text = *content;
    const simdjson::padded_string padded(text.constData(), static_cast<std::size_t>(text.size()));
    simdjson::dom::parser parser;
    // As a store hands it over: the text becomes the cache's own.
    Secret handed;
    const auto hand = [&text, &handed] {
        handed = Secret::ofSize(text.size() + storePadding);
        auto *const to = reinterpret_cast<char *>(handed.writable().data());
        std::memset(std::copy(text.begin(), text.end(), to), ' ', static_cast<std::size_t>(storePadding));
    };
    compare("load_over_simdjson",
            {"deserialize", [&handed] { keep(TokenCache::deserialize(std::move(handed))); }, hand},
            {"simdjson_parse", [&parser, &padded] { keep(parser.parse(padded).error()); }});

    auto cache = TokenCache::deserialize(QByteArrayView(text));
    if (!cache)
        return cache.error();
    time(
        "serialize", milliseconds, [&cache](qsizetype) { keep(cache->serialize()); }, wholeFile);

    QTemporaryDir folder;
    QFile sink(folder.filePath(u"sink"_s));
    if (!sink.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Error{ErrorCode::StorageUnavailable, u"cannot write "_s + sink.fileName()};
    const auto write = [&sink](QByteArrayView bytes) {
        sink.seek(0);
        sink.write(bytes.data(), bytes.size());
    };
    compare("save_over_copy", {"save", [&cache, &write] { write(cache->document().reveal()); }},
            {"copy_and_write", [&text, &write] {
                 const auto copy = std::make_unique<char[]>(static_cast<std::size_t>(text.size()));
                 std::memcpy(copy.get(), text.constData(), static_cast<std::size_t>(text.size()));
                 write({copy.get(), text.size()});
             }});
    return {};
}

//! One account's change: stored, and the whole made ready to be saved.
Result<void> CacheBench::change() const
{
    const auto text = read();
    if (!text)
        return text.error();
    const auto loaded = TokenCache::deserialize(QByteArrayView(*text));
    if (!loaded)
        return loaded.error();
    const auto tokens = loaded->accessTokens();
    const auto grantLike = [](const AccessTokenEntry &token, qsizetype call) {
        TokenGrant grant;
        grant.clientId = token.clientId();
        grant.environment = token.environment();
        grant.realm = token.realm();
        grant.homeAccountId = token.homeAccountId();
        grant.requestedScopes = grant.grantedScopes = token.scopes();
        grant.accessToken = Secret(QByteArray(1800, static_cast<char>('a' + call % 26)));
        grant.createAccount = false;
        return grant;
    };
    std::vector<TokenGrant> grants;
    for (qsizetype i = 0; i < 100; ++i)
        grants.push_back(grantLike(tokens[static_cast<std::size_t>(i * 7919) % tokens.size()], i));
    const auto now = QDateTime::currentDateTimeUtc();
    std::optional<TokenCache> changed;
    time(
        "merge", milliseconds,
        [&](qsizetype call) {
            changed = *loaded;
            changed->merge(grants[static_cast<std::size_t>(call) % grants.size()], now);
        },
        wholeFile);
    time(
        "change_document", milliseconds, [&](qsizetype) { keep(changed->document()); }, wholeFile);
    return {};
}

} // namespace

Result<void> benchCache(const QStringList &arguments)
{
    const QString path = arguments.value(0);
    if (path.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"name a cache in the unified schema"_s};
    const QStringList parts = arguments.mid(1);
    const auto isWanted = [&parts](QLatin1StringView part) { return parts.isEmpty() || parts.contains(part); };
    // Files are copied, started processes read them: all of it before this process is large.
    Result<ColdStarts> cold = isWanted("cold"_L1) ? coldStarts(path) : Result<ColdStarts>(ColdStarts());
    if (!cold)
        return cold.error();
    const PrivateCopy copy(path);
    auto client = CacheClient::open(copy.path());
    if (!client)
        return client.error();
    CacheBench bench(path, **client);
    bench.coldStart(*cold);
    if (isWanted("lookups"_L1)) {
        if (const auto done = bench.lookups(); !done)
            return done;
    }
    if (isWanted("decoding"_L1))
        bench.decoding();
    client->reset();
    if (isWanted("document"_L1)) {
        if (const auto done = bench.document(); !done)
            return done;
    }
    return isWanted("change"_L1) ? bench.change() : Result<void>();
}

} // namespace Countersign::Bench
