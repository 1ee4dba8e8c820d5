// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>
#include <countersign/http/networktransport.h>
#include <countersign/http/peek.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QMutex>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QAuthenticator>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkCookie>
#include <QtNetwork/QNetworkCookieJar>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkProxyFactory>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslError>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! Remembers nothing. The request attributes already say so; this is what holds when one of them is forgotten.
class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

bool isLoopback(const QUrl &url)
{
    const auto host = url.host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

Result<void> checkTarget(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return Error{ErrorCode::InvalidArgument, u"The address of the request is not valid."_s};
    if (!url.userInfo().isEmpty())
        return Error{ErrorCode::InvalidArgument, u"The address of the request names a user."_s};
    if (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url)))
        return {};
    return Error{ErrorCode::InvalidArgument,
                 u"Only https is spoken, and http with this computer: %1."_s.arg(redacted(url))};
}

Error errorFor(QNetworkReply::NetworkError code, const QString &text, const QUrl &url)
{
    const auto target = redacted(url);
    const auto failed = [&](ErrorCode c, ErrorCause cause, const QString &what) {
        // The address last: a colon behind ".../token" would make the next word look like one to whoever redacts.
        return Error{c, cause, u"%2: %1 (%3)"_s.arg(target, what, redacted(text))};
    };
    switch (code) {
    case QNetworkReply::HostNotFoundError:
        return failed(ErrorCode::NetworkUnavailable, ErrorCause::NameNotResolved, u"the name cannot be resolved"_s);
    case QNetworkReply::ConnectionRefusedError:
        return failed(ErrorCode::NetworkUnavailable, ErrorCause::ConnectionRefused, u"nobody answers there"_s);
    case QNetworkReply::SslHandshakeFailedError: // a certificate that is not trusted was told before
        return failed(ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, u"no TLS connection came about"_s);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return failed(ErrorCode::NetworkUnavailable, ErrorCause::ProxyFailed, u"the proxy does not let us through"_s);
    case QNetworkReply::TimeoutError:
        return failed(ErrorCode::TimedOut, ErrorCause::Unspecified, u"no answer in time"_s);
    default: return failed(ErrorCode::NetworkUnavailable, ErrorCause::ConnectionLost, u"the connection was lost"_s);
    }
}

QString proxyCredential(const QUrl &url)
{
    return url.password(QUrl::FullyDecoded);
}

Result<QNetworkProxy> customProxy(const QUrl &url)
{
    const auto scheme = url.scheme();
    if (url.host().isEmpty() || (scheme != "http"_L1 && scheme != "socks5"_L1))
        return Error{ErrorCode::InvalidArgument, ErrorCause::ProxyFailed,
                     u"A proxy is written http://host:port or socks5://host:port."_s};
    const auto type = scheme == "http"_L1 ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy;
    const auto port = static_cast<quint16>(url.port(type == QNetworkProxy::HttpProxy ? 8080 : 1080));
    return QNetworkProxy(type, url.host(), port, url.userName(QUrl::FullyDecoded), proxyCredential(url));
}

//! To take a certificate apart costs OpenSSL 3.0 half a handshake, and the clients of a program name the same file:
//! what was read last is kept.
QList<QSslCertificate> certificatesIn(const QByteArray &pem)
{
    static QMutex mutex;
    static QByteArray known;
    static QList<QSslCertificate> certificates;
    const QMutexLocker locker(&mutex);
    if (pem != known) {
        certificates = QSslCertificate::fromData(pem, QSsl::Pem);
        known = pem;
    }
    return certificates;
}

} // namespace

//! What the exchanges share. They keep it alive: an exchange may outlive its transport.
class NetworkTransport::Private
{
public:
    NetworkSettings settings;
    ExchangeObserver *observer = nullptr;
    QSslConfiguration tls;
    std::unique_ptr<QNetworkAccessManager> manager;
    QObject mailbox; // what the observer is still to hear
    quint64 count = 0;
    bool isGone = false; // the transport, and with it whoever observes

    //! From the event loop: whoever observes may take away what stands in the middle of a call here.
    void tellSoon(void (ExchangeObserver::*what)(const ExchangeRecord &), const ExchangeRecord &record)
    {
        if (!observer || isGone)
            return;
        QMetaObject::invokeMethod(
            &mailbox, [observer = observer, what, record] { (observer->*what)(record); }, Qt::QueuedConnection);
    }
};

namespace {

//! A body that can be read once. When a connection breaks before an answer came, Qt sends a request again, several
//! times: a refresh token that is seen twice looks stolen to the provider (RFC 9110 §9.2.2, RFC 9700 §4.14.2).
class OneTimeBody final : public QIODevice
{
public:
    OneTimeBody(Secret body, QObject *parent) : QIODevice(parent), m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_body.size() - m_position; }
    bool atEnd() const override { return bytesAvailable() == 0; }
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maximum) override
    {
        const auto part = m_body.reveal().sliced(m_position).first(std::min<qint64>(maximum, bytesAvailable()));
        std::copy(part.begin(), part.end(), data);
        m_position += part.size();
        return part.isEmpty() ? -1 : part.size();
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    Secret m_body;
    qsizetype m_position = 0;
};

class NetworkExchange final : public QObject, public HttpExchange
{
public:
    NetworkExchange(std::shared_ptr<NetworkTransport::Private> shared, HttpRequest request,
                    HttpTransport::Handler handler)
        : m_shared(std::move(shared)), m_request(std::move(request)), m_handler(std::move(handler))
    {
        m_record.number = ++m_shared->count;
        m_record.purpose = m_request.purpose;
        m_record.method = m_request.method;
        m_record.url = redacted(m_request.url);
        m_record.startedAt = QDateTime::currentDateTimeUtc();
        m_record.sentBytes = m_request.body.size();
        m_record.correlationId = m_request.correlationId;
        if (m_request.headers.value("Content-Type").startsWith("application/x-www-form-urlencoded"))
            m_record.parameters = parameterNames(m_request.body.reveal());
        m_clock.start();
        m_shared->tellSoon(&ExchangeObserver::exchangeStarted, m_record);
        begin();
    }

    ~NetworkExchange() override
    {
        release();
        if (m_isReported)
            return;
        complete(Error{ErrorCode::Cancelled, u"The request was aborted."_s});
        m_shared->tellSoon(&ExchangeObserver::exchangeFinished, m_record);
    }

private:
    void begin()
    {
        if (const auto target = checkTarget(m_request.url); !target) {
            // Never from within send(): the caller has not got its exchange yet.
            QMetaObject::invokeMethod(
                this, [this, error = target.error()] { finish(error); }, Qt::QueuedConnection);
            return;
        }
        startTimer(m_total, m_request.timeout);
        startTimer(m_connect, std::min(m_shared->settings.connectTimeout, m_request.timeout));
        m_reply = m_request.method == HttpRequest::Method::Get ? m_shared->manager->get(networkRequest()) : post();
        m_reply->setReadBufferSize(bodyLimit(m_request.purpose) + 1);
        watch();
    }

    QNetworkReply *post()
    {
        auto request = networkRequest();
        request.setHeader(QNetworkRequest::ContentLengthHeader, QVariant::fromValue<qint64>(m_request.body.size()));
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        // What Qt copies on the way to the socket cannot be wiped: SECURITY.md says so.
        auto *const body = new OneTimeBody(std::move(m_request.body), m_shared->manager.get());
        auto *const reply = m_shared->manager->post(request, body);
        body->setParent(reply);
        return reply;
    }

    QNetworkRequest networkRequest() const
    {
        QNetworkRequest request(m_request.url);
        request.setSslConfiguration(m_shared->tls);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
        request.setDecompressedSafetyCheckThreshold(bodyLimit(m_request.purpose));
        request.setTransferTimeout(0); // an idle timer, which a drip of bytes resets; the total one here is not
        request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Countersign/" COUNTERSIGN_VERSION));
        for (const auto &[name, value] : m_request.headers.fields())
            request.setRawHeader(name, value);
        return request;
    }

    void watch()
    {
        QObject::connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { m_connect.stop(); });
        QObject::connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64) {
            if (sent > 0)
                m_connect.stop();
        });
        QObject::connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] { m_isConnecting = true; });
        QObject::connect(m_reply, &QNetworkReply::encrypted, this, [this] {
            m_isConnecting = false;
            m_connect.stop();
        });
        QObject::connect(m_reply, &QNetworkReply::readyRead, this, [this] { read(); });
        QObject::connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
            // Not ignored by anybody: the handshake fails right after this. Kept for the message.
            if (!errors.isEmpty())
                m_tlsProblem = errors.first().errorString();
        });
        QObject::connect(m_reply, &QNetworkReply::finished, this, [this] { conclude(); });
    }

    void startTimer(QTimer &timer, std::chrono::milliseconds after)
    {
        timer.setSingleShot(true);
        QObject::connect(&timer, &QTimer::timeout, this, [this, after] {
            finish(Error{ErrorCode::TimedOut,
                         u"%1 did not answer within %2 s."_s.arg(m_record.url)
                             .arg(std::chrono::duration<double>(after).count())});
        });
        timer.start(after);
    }

    void read()
    {
        m_connect.stop();
        m_body += m_reply->readAll();
        if (m_body.size() > bodyLimit(m_request.purpose))
            finish(tooLarge());
    }

    Error tooLarge() const
    {
        return {ErrorCode::InvalidResponse, ErrorCause::ResponseTooLarge,
                u"The answer of %1 is larger than %2 bytes."_s.arg(m_record.url).arg(bodyLimit(m_request.purpose))};
    }

    void conclude()
    {
        const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        m_body += m_reply->readAll();
        m_record.status = status;
        if (m_body.size() > bodyLimit(m_request.purpose))
            return finish(tooLarge());
        // Qt's bound on what a compressed answer may grow to.
        if (m_reply->error() == QNetworkReply::UnknownContentError && status >= 200 && status < 300)
            return finish(tooLarge());
        if (!m_tlsProblem.isEmpty())
            return finish(Error{ErrorCode::SecurityCheckFailed, ErrorCause::TlsFailed,
                                u"%1: the TLS certificate is not trusted (%2)"_s.arg(m_record.url, m_tlsProblem)});
        if (status == 0 || isBroken(m_reply->error()))
            return finish(errorFor(problem(), m_reply->errorString(), m_request.url));
        const bool isUnchanged = status == 304 && m_request.headers.contains("If-None-Match"); // RFC 9110 §15.4.5
        const bool isAnswer = m_request.purpose == HttpPurpose::Authorization;
        if (status >= 300 && status < 400 && !isUnchanged && !isAnswer)
            return finish(redirected(status));
        finish(response(status));
    }

    //! Qt 6.4 reports a proxy that refuses the connection as if the provider had, or as something unknown, and a server
    //! that hangs up instead of speaking TLS as if it had hung up on the request.
    QNetworkReply::NetworkError problem() const
    {
        const auto error = m_reply->error();
        const bool isInHandshake = m_isConnecting && m_request.url.scheme() == "https"_L1;
        if (isInHandshake && error == QNetworkReply::RemoteHostClosedError)
            return QNetworkReply::SslHandshakeFailedError;
        const bool isProxied = m_shared->settings.proxy == NetworkSettings::Proxy::Custom;
        const bool isVague =
            error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::UnknownNetworkError;
        return isProxied && isVague ? QNetworkReply::ProxyConnectionRefusedError : error;
    }

    //! Whether the answer is not whole, as opposed to one that says no.
    static bool isBroken(QNetworkReply::NetworkError error)
    {
        return error == QNetworkReply::RemoteHostClosedError || error == QNetworkReply::TimeoutError
            || error == QNetworkReply::ProtocolFailure || error == QNetworkReply::UnknownNetworkError
            || error == QNetworkReply::ProxyAuthenticationRequiredError;
    }

    Error redirected(int status) const
    {
        const auto target = m_reply->header(QNetworkRequest::LocationHeader).toUrl();
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::Redirected,
                     u"%1 answered with a redirect to %2; redirects are never followed."_s.arg(
                         m_record.url, redacted(m_request.url.resolved(target)))}
            .withHttpStatus(status);
    }

    HttpResponse response(int status)
    {
        HttpResponse response;
        response.status = status;
        const auto fields = m_reply->rawHeaderPairs();
        for (const auto &[name, value] : fields) {
            // Qt joins repeated fields with ", " (Set-Cookie with a line break, which nobody reads here).
            response.headers.add(name, value);
        }
        response.body = std::move(m_body);
        response.serverDate = parseHttpDate(response.headers.value("Date"));
        m_record.contentType = QString::fromLatin1(response.contentType());
        if (!response.isSuccess())
            m_record.oauthError = oauthErrorIn(response.body);
        return response;
    }

    void finish(Result<HttpResponse> result)
    {
        m_record.receivedBytes = result ? result->body.size() : m_body.size();
        release();
        complete(result ? std::optional<Error>() : result.error());
        m_isReported = true;
        // Moved out first: observer and handler may destroy this exchange.
        const auto handler = std::move(m_handler);
        const QPointer<NetworkExchange> self(this);
        if (m_shared->observer && !m_shared->isGone)
            m_shared->observer->exchangeFinished(ExchangeRecord(m_record));
        if (self && handler)
            handler(result);
    }

    void complete(std::optional<Error> error)
    {
        m_record.duration = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
        m_record.error = std::move(error);
        qCInfo(lcHttp) << identifier(m_record.purpose) << m_record.url << m_record.status
                       << m_record.duration.count() / 1000 << "ms";
    }

    void release()
    {
        m_total.stop();
        m_connect.stop();
        if (!m_reply)
            return; // its manager died first and took it along
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }

    std::shared_ptr<NetworkTransport::Private> m_shared;
    HttpRequest m_request;
    HttpTransport::Handler m_handler;
    QPointer<QNetworkReply> m_reply;
    QTimer m_total;
    QTimer m_connect;
    QElapsedTimer m_clock;
    QByteArray m_body;
    QString m_tlsProblem;
    ExchangeRecord m_record;
    bool m_isConnecting = false; // a connection of its own, which is not encrypted yet
    bool m_isReported = false;
};

// The system's own bundle has a tenth of it.
constexpr qint64 maximumAuthorities = 4 * 1024 * 1024;

} // namespace

Result<std::unique_ptr<NetworkTransport>> NetworkTransport::create(NetworkSettings settings, ExchangeObserver *observer)
{
    auto d = std::make_shared<Private>();
    d->tls = QSslConfiguration::defaultConfiguration();
    if (!settings.caFile.isEmpty()) {
        QFile file(settings.caFile);
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::InvalidArgument, ErrorCause::TlsFailed,
                         u"The file of certificate authorities cannot be read: %1."_s.arg(file.errorString())};
        // Bounded: a device file has no end.
        const auto pem = file.read(maximumAuthorities + 1);
        if (pem.size() > maximumAuthorities)
            return Error{ErrorCode::InvalidArgument, ErrorCause::TlsFailed,
                         u"The file of certificate authorities is larger than %1 MiB."_s.arg(maximumAuthorities >> 20)};
        const auto certificates = certificatesIn(pem);
        if (certificates.isEmpty())
            return Error{ErrorCode::InvalidArgument, ErrorCause::TlsFailed,
                         u"The file of certificate authorities holds no PEM certificate."_s};
        d->tls.addCaCertificates(certificates);
    }
    d->manager = std::make_unique<QNetworkAccessManager>();
    d->manager->setCookieJar(new NoCookies(d->manager.get()));
    d->manager->setAutoDeleteReplies(false);
    switch (settings.proxy) {
    case NetworkSettings::Proxy::System: QNetworkProxyFactory::setUseSystemConfiguration(true); break;
    case NetworkSettings::Proxy::None: d->manager->setProxy(QNetworkProxy::NoProxy); break;
    case NetworkSettings::Proxy::Custom: {
        const auto proxy = customProxy(settings.proxyUrl);
        if (!proxy)
            return proxy.error();
        d->manager->setProxy(*proxy);
        break;
    }
    }
    d->settings = std::move(settings);
    d->observer = observer;
    return std::unique_ptr<NetworkTransport>(new NetworkTransport(std::move(d)));
}

NetworkTransport::NetworkTransport(std::shared_ptr<Private> shared) : d(std::move(shared))
{
}

NetworkTransport::~NetworkTransport()
{
    // A program that ends with a cancellation wants it in its trace, too.
    QCoreApplication::sendPostedEvents(&d->mailbox, QEvent::MetaCall);
    d->isGone = true;
    d->manager.reset();
}

std::unique_ptr<HttpExchange> NetworkTransport::send(HttpRequest request, Handler handler)
{
    return std::make_unique<NetworkExchange>(d, std::move(request), std::move(handler));
}

} // namespace Countersign
