// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/http/throttlingtransport.h>

#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>
#include <countersign/crypto/digest.h>
#include <countersign/http/peek.h>

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace Countersign {

namespace {

using Reason = ThrottledAnswer::Reason;

//! The two keys under which an answer to a request may be kept. Digests: a form holds secrets.
struct Keys
{
    QByteArray similar; //!< address, client, scope, grant
    QByteArray same; //!< address, the whole form, and whether a key was proved
};

Keys keysOf(const HttpRequest &request)
{
    const auto form = request.body.reveal();
    const QByteArray address = QByteArray(request.method == HttpRequest::Method::Get ? "GET " : "POST ")
        + request.url.toEncoded(QUrl::RemoveFragment);
    QByteArrayView grant;
    for (const char *const name : {"refresh_token", "code", "username", "token"}) {
        grant = rawParameter(form, name);
        if (!grant.isEmpty())
            break;
    }
    const QByteArray similar = address + '\n' + rawParameter(form, "client_id") + '\n' + rawParameter(form, "scope")
        + '\n' + digest(HashAlgorithm::Sha256, grant).toHex();
    // A proof is new each time; that there is one may be what the last refusal asked for.
    const QByteArray proof = request.headers.contains("DPoP") ? QByteArray("\nproof") : QByteArray();
    const QByteArray same = address + '\n' + digest(HashAlgorithm::Sha256, form).toHex() + proof;
    return {digest(HashAlgorithm::Sha256, similar), digest(HashAlgorithm::Sha256, same)};
}

//! What is repeated by somebody else on purpose.
bool isExempt(const HttpRequest &request)
{
    if (request.purpose == HttpPurpose::Resource)
        return true;
    return request.purpose == HttpPurpose::Token
        && rawParameter(request.body.reveal(), "grant_type").endsWith("device_code");
}

//! The same answer with what is left of the pause.
HttpResponse replayed(const HttpResponse &kept, seconds left)
{
    HttpResponse response = kept;
    response.headers = {};
    for (const auto &[name, value] : kept.headers.fields()) {
        if (name.compare("Retry-After", Qt::CaseInsensitive) != 0)
            response.headers.add(name, value);
    }
    if (!response.isSuccess())
        response.headers.add("Retry-After", QByteArray::number(qint64{left.count()}));
    return response;
}

} // namespace

class ThrottlingTransport::Memory
{
public:
    struct Item
    {
        ThrottledAnswer answer;
        HttpResponse response;
    };

    Memory(const Clock &clock, ThrottleRules rules) : m_clock(clock), m_rules(rules) { }

    QDateTime now() const { return m_clock.now(); }
    bool isEnabled() const { return m_rules.isEnabled; }

    const Item *find(const Keys &keys)
    {
        purge();
        for (const auto &key : {keys.similar, keys.same}) {
            if (const auto at = m_items.constFind(key); at != m_items.constEnd())
                return &*at;
        }
        return nullptr;
    }

    void learn(const Keys &keys, HttpPurpose purpose, HttpRequest::Method method, const QUrl &url,
               const HttpResponse &response)
    {
        const auto reason = reasonFor(purpose, method, response);
        if (!reason)
            return;
        const auto at = now();
        const ThrottledAnswer answer{.number = ++m_count,
                                     .reason = *reason,
                                     .purpose = purpose,
                                     .url = redacted(url),
                                     .status = response.status,
                                     .oauthError = oauthErrorIn(response.body),
                                     .since = at,
                                     .until = at.addSecs(pauseFor(*reason, response, at).count())};
        if (answer.until <= at)
            return;
        makeRoom();
        m_items.insert(*reason == Reason::Busy ? keys.similar : keys.same, {answer, response});
        qCInfo(lcHttp) << answer.url << "is spared for" << at.secsTo(answer.until) << "s:" << identifier(*reason);
    }

    QList<ThrottledAnswer> answers()
    {
        purge();
        QList<ThrottledAnswer> all;
        for (const auto &item : std::as_const(m_items))
            all.append(item.answer);
        std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.until < b.until; });
        return all;
    }

    bool clear(quint64 number)
    {
        return m_items.removeIf([number](const auto &item) { return item->answer.number == number; }) > 0;
    }
    void clear() { m_items.clear(); }

private:
    std::optional<Reason> reasonFor(HttpPurpose purpose, HttpRequest::Method method, const HttpResponse &response) const
    {
        if (response.isSuccess()) {
            const bool isKept = purpose == HttpPurpose::InstanceDiscovery || purpose == HttpPurpose::Federation;
            return isKept && method == HttpRequest::Method::Get ? std::optional(Reason::Kept) : std::nullopt;
        }
        // MSAL throttles its POSTs and, for managed identity, its GETs: a document may be asked for again at once.
        if (method == HttpRequest::Method::Get && purpose != HttpPurpose::ManagedIdentity)
            return {};
        if (response.status == 429 || response.status >= 500 || !response.headers.value("Retry-After").isEmpty())
            return Reason::Busy;
        // RFC 9449 §8: the same request again, with the nonce.
        if (oauthErrorIn(response.body) == "use_dpop_nonce"_L1)
            return {};
        return response.status == 400 ? std::optional(Reason::Refused) : std::nullopt;
    }

    seconds pauseFor(Reason reason, const HttpResponse &response, const QDateTime &at) const
    {
        switch (reason) {
        case Reason::Busy:
            return std::clamp(response.retryAfter(at).value_or(m_rules.busyPause), seconds(0), m_rules.maximumPause);
        case Reason::Refused: return m_rules.refusedPause;
        case Reason::Kept: return m_rules.keptAnswer;
        }
        Q_UNREACHABLE();
        return {};
    }

    //! What is over, and what comes from the future: then the clock was turned back.
    void purge()
    {
        const auto at = now();
        m_items.removeIf([&at](const auto &item) { return item->answer.until <= at || item->answer.since > at; });
    }

    void makeRoom()
    {
        purge();
        while (!m_items.isEmpty() && m_items.size() >= m_rules.capacity) {
            const auto soonest = std::min_element(m_items.begin(), m_items.end(), [](const Item &a, const Item &b) {
                return a.answer.until < b.answer.until;
            });
            m_items.erase(soonest);
        }
    }

    const Clock &m_clock;
    ThrottleRules m_rules;
    QHash<QByteArray, Item> m_items;
    quint64 m_count = 0;
};

namespace {

//! Delivers an answer from memory on the next turn of the event loop, and tells \p observer, if there is one, of it.
class ReplayedExchange final : public QObject, public HttpExchange
{
public:
    ReplayedExchange(ExchangeObserver *observer, ExchangeRecord record, HttpResponse response,
                     HttpTransport::Handler handler)
    {
        QMetaObject::invokeMethod(
            this,
            [this, observer, record = std::move(record), response = std::move(response), handler = std::move(handler)] {
                // Copied first: observer and handler may destroy this exchange, and this closure with it.
                const QPointer<ReplayedExchange> self(this);
                const auto called = handler;
                const Result<HttpResponse> result(response);
                if (observer)
                    tell(*observer, ExchangeRecord(record));
                if (self)
                    called(result);
            },
            Qt::QueuedConnection);
    }

private:
    static void tell(ExchangeObserver &observer, const ExchangeRecord &record)
    {
        observer.exchangeStarted(record);
        observer.exchangeFinished(record);
    }
};

ExchangeRecord recordOf(quint64 number, const HttpRequest &request, const ThrottledAnswer &answer,
                        const HttpResponse &response, const QDateTime &now)
{
    // Apart from the numbers of the transport below.
    constexpr quint64 firstNumber = quint64{1} << 40U;
    return {
        .number = firstNumber + number,
        .purpose = request.purpose,
        .method = request.method,
        .url = answer.url,
        .parameters = parameterNames(request.body.reveal()),
        .startedAt = now,
        .receivedBytes = response.body.size(),
        .status = answer.status,
        .contentType = QString::fromLatin1(response.contentType()),
        .oauthError = answer.oauthError,
        .correlationId = request.correlationId,
        .note = u"answer replayed, %1 s left"_s.arg(now.secsTo(answer.until)),
    };
}

} // namespace

QString identifier(Reason reason)
{
    switch (reason) {
    case Reason::Busy: return u"busy"_s;
    case Reason::Refused: return u"refused"_s;
    case Reason::Kept: return u"kept"_s;
    }
    Q_UNREACHABLE();
    return {};
}

ThrottlingTransport::ThrottlingTransport(HttpTransport &next, const Clock &clock, ThrottleRules rules,
                                         ExchangeObserver *observer)
    : m_next(next), m_observer(observer), m_memory(std::make_shared<Memory>(clock, rules))
{
}

ThrottlingTransport::~ThrottlingTransport() = default;

std::unique_ptr<HttpExchange> ThrottlingTransport::send(HttpRequest request, Handler handler)
{
    if (!m_memory->isEnabled() || isExempt(request))
        return m_next.send(std::move(request), std::move(handler));
    const auto keys = keysOf(request);
    if (const auto *const known = m_memory->find(keys)) {
        const auto now = m_memory->now();
        return std::make_unique<ReplayedExchange>(
            m_observer, recordOf(++m_replays, request, known->answer, known->response, now),
            replayed(known->response, seconds(now.secsTo(known->answer.until))), std::move(handler));
    }
    const auto purpose = request.purpose;
    const auto method = request.method;
    const auto url = request.url;
    return m_next.send(std::move(request),
                       [memory = m_memory, keys, purpose, method, url,
                        handler = std::move(handler)](const Result<HttpResponse> &outcome) {
                           if (outcome)
                               memory->learn(keys, purpose, method, url, *outcome);
                           handler(outcome);
                       });
}

QList<ThrottledAnswer> ThrottlingTransport::answers() const
{
    return m_memory->answers();
}

bool ThrottlingTransport::clear(quint64 number)
{
    return m_memory->clear(number);
}

void ThrottlingTransport::clear()
{
    m_memory->clear();
}

} // namespace Countersign
