// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/examination.h>

#include <common/accountbook.h>
#include <common/machinepolicy.h>
#include <common/providervisit.h>
#include <common/surroundings.h>
#include <common/usersettings.h>
#include <common/viewcheck.h>

#include <countersign/useragent/installedbrowser.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>
#include <QtNetwork/QHostInfo>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

using Jose::CheckOutcome;

constexpr std::chrono::seconds loopbackDeadline{3};
constexpr std::chrono::seconds nameDeadline{10};

Error loopbackError(const QString &why)
{
    return {ErrorCode::NotSupported, ErrorCause::PortUnavailable, u"No answer over the loopback: "_s + why};
}

//! Nobody else may read or write what says where to sign in. On Windows the profile folder's rights see to that.
Finding permissionsOf(const QString &path)
{
    Finding finding{.id = u"permissions"_s, .subject = path};
    const QFileInfo file(path);
#ifdef Q_OS_UNIX
    const auto others = QFile::WriteGroup | QFile::WriteOther | QFile::ReadOther;
    if (!file.exists())
        finding.outcome = CheckOutcome::NotApplicable;
    else if ((file.permissions() & others) != QFile::Permissions())
        finding.outcome = CheckOutcome::Warning;
    if (file.exists())
        finding.detail = QString::number(int(file.permissions()) & 0x0777, 16);
#else
    finding.outcome = file.exists() ? CheckOutcome::Passed : CheckOutcome::NotApplicable;
#endif
    return finding;
}

Finding coreDumps()
{
    Finding finding{.id = u"core_dumps"_s};
#ifdef Q_OS_UNIX
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    // A core file would hold every token of the process.
    finding.outcome = limit.rlim_cur == 0 ? CheckOutcome::Passed : CheckOutcome::Warning;
#else
    finding.outcome = CheckOutcome::NotApplicable;
#endif
    return finding;
}

//! All the system's certificate authorities, taken apart to be counted, leave megabytes that glibc keeps for a thread
//! that has nothing more to do.
void giveBackMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

QList<Finding> networkSettings(const QString &caFile)
{
    QStringList proxies;
    const auto found =
        QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(QUrl(u"https://login.microsoftonline.com/"_s)));
    for (const auto &proxy : found) {
        if (proxy.type() != QNetworkProxy::NoProxy && proxy.type() != QNetworkProxy::DefaultProxy)
            proxies.append(proxy.hostName() + u':' + QString::number(proxy.port()));
    }
    Finding proxy{.id = u"proxy"_s, .detail = proxies.join(u", "_s)};
    if (proxies.isEmpty())
        proxy.outcome = CheckOutcome::NotApplicable;
    const auto count = QSslConfiguration::systemCaCertificates().size();
    Finding authorities{.id = u"certificates"_s, .detail = QString::number(count)};
    if (count == 0)
        authorities.outcome = CheckOutcome::Failed;
    QList<Finding> findings{proxy, authorities};
    if (!caFile.isEmpty()) {
        const auto own = QSslCertificate::fromPath(caFile);
        findings.append({.id = u"certificates"_s,
                         .subject = caFile,
                         .outcome = own.isEmpty() ? CheckOutcome::Failed : CheckOutcome::Passed,
                         .detail = QString::number(own.size())});
    }
    return findings;
}

} // namespace

Examination::Examination(ServiceSet &services, Options options, QObject *parent)
    : QObject(parent), m_services(services), m_options(std::move(options)), m_profiles(m_options.profilePath)
{
    m_steps = {[this] { examineFiles(); },
               [this] { examineStore(); },
               [this] { examineLoopback(u"loopback_v4"_s, u"127.0.0.1"_s); },
               [this] { examineLoopback(u"loopback_v6"_s, u"::1"_s); },
               [this] { examinePrograms(); },
               [this] { examineView(); },
               [this] { examineNetworkSettings(); }};
    QMetaObject::invokeMethod(this, &Examination::next, Qt::QueuedConnection);
}

Examination::~Examination() = default;

void Examination::cancel()
{
    conclude();
}

void Examination::conclude()
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_steps.clear();
    if (m_listener)
        m_listener.release()->deleteLater(); // it may be what is calling
    Q_EMIT finished();
}

void Examination::report(Finding finding)
{
    if (!m_isOver)
        Q_EMIT found(finding);
}

void Examination::next()
{
    if (m_isOver)
        return;
    if (m_listener)
        m_listener.release()->deleteLater();
    if (m_steps.isEmpty())
        return conclude();
    m_listener = std::make_unique<QObject>();
    m_steps.takeFirst()();
}

void Examination::askElsewhere(std::function<QList<Finding>()> look)
{
    auto answer = std::make_shared<QList<Finding>>();
    auto *bridge = new QObject; // lives here, is only ever told to go from the other thread
    connect(bridge, &QObject::destroyed, m_listener.get(), [this, answer] {
        for (const auto &finding : std::as_const(*answer))
            report(finding);
        next();
    });
    QThreadPool::globalInstance()->start([bridge, answer, look = std::move(look)] {
        *answer = look();
        giveBackMemory();
        bridge->deleteLater();
    });
}

void Examination::examineFiles()
{
    report(policyInForce(m_options.policy));
    UserSettings settings(UserSettings::defaultPath(), m_options.policy);
    AccountBook book;
    const std::pair<QString, Result<void>> files[] = {{settings.path(), settings.load()},
                                                      {m_profiles.path(), m_profiles.load()},
                                                      {AccountBook::defaultPath(), book.load()}};
    for (const auto &[path, loaded] : files) {
        Finding finding{.id = u"files"_s, .subject = path};
        if (!loaded) {
            finding.outcome = CheckOutcome::Failed;
            finding.error = loaded.error();
        } else if (!QFileInfo::exists(path)) {
            finding.outcome = CheckOutcome::NotApplicable;
        }
        report(finding);
    }
    report(permissionsOf(m_profiles.path()));
    report(coreDumps());
    if (m_options.asksProviders) {
        QStringList seen;
        const auto wanted = m_options.onlyProfile ? QList<Profile>{*m_options.onlyProfile} : m_profiles.profiles();
        for (const auto &profile : wanted) {
            if (seen.contains(profile.issuer))
                continue;
            seen.append(profile.issuer);
            m_steps.append([this, profile] { examineName(profile); });
            m_steps.append([this, profile] { examineProvider(profile); });
        }
    }
    next();
}

void Examination::examineStore()
{
    const auto name = m_services.store().name();
    Q_EMIT started(u"store"_s, name);
    const auto take = [this, name](const QString &id, const Result<void> &result) {
        Finding finding{.id = id, .subject = name};
        if (!result) {
            finding.outcome = CheckOutcome::Failed;
            finding.error = result.error();
        }
        report(finding);
        return result.hasValue();
    };
    m_services.cache().open(m_listener.get(), [this, take, name](const Result<void> &opened) {
        if (!take(u"store"_s, opened))
            return next();
        if (const auto mended = m_services.cache().lastWarning(); !mended.isEmpty())
            report({.id = u"store"_s, .outcome = CheckOutcome::Warning, .detail = mended});
        Q_EMIT started(u"store_round_trip"_s, name);
        m_services.cache().probe(m_listener.get(), [this, take](const Result<void> &probed) {
            take(u"store_round_trip"_s, probed);
            next();
        });
    });
}

void Examination::examineLoopback(const QString &id, const QString &address)
{
    auto *server = new QTcpServer(m_listener.get());
    const auto fail = [this, id](const QString &why) {
        // Without IPv6 there is still the other one.
        const bool isSecond = id == "loopback_v6"_L1;
        report({.id = id,
                .outcome = isSecond ? CheckOutcome::Warning : CheckOutcome::Failed,
                .error = loopbackError(why)});
        next();
    };
    if (!server->listen(QHostAddress(address)))
        return fail(server->errorString());
    Q_EMIT started(id, {});
    auto *socket = new QTcpSocket(m_listener.get());
    socket->setProxy(QNetworkProxy::NoProxy);
    const auto port = server->serverPort();
    // The sign-in's answer takes the same way: from a program of this computer to a port of ours.
    connect(server, &QTcpServer::newConnection, m_listener.get(), [this, id, port] {
        report({.id = id, .detail = QString::number(port)});
        next();
    });
    connect(socket, &QAbstractSocket::errorOccurred, m_listener.get(), [fail, socket] { fail(socket->errorString()); });
    QTimer::singleShot(loopbackDeadline, m_listener.get(), [fail] { fail(u"timed out"_s); });
    socket->connectToHost(QHostAddress(address), port);
}

void Examination::examinePrograms()
{
    const bool isRemote = qEnvironmentVariableIsSet("SSH_CONNECTION");
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
#else
    const bool hasDisplay = !isRemote;
#endif
    report({.id = u"display"_s,
            .outcome = hasDisplay ? CheckOutcome::Passed : CheckOutcome::Warning,
            .detail = isRemote ? u"SSH"_s : QString()});
    // A program that opens addresses is not enough: it opens them with a browser.
    const auto browser = installedBrowser(m_services.browserCommand());
    report({.id = u"browser"_s,
            .outcome = browser.isEmpty() ? CheckOutcome::Warning : CheckOutcome::Passed,
            .detail = browser});
    const auto path = qEnvironmentVariable("PATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    report(programsInPath(path, QCoreApplication::applicationDirPath()));
    next();
}

void Examination::examineView()
{
    const auto take = [this](const Result<void> &shown, CheckOutcome otherwise) {
        Finding view{.id = u"webview"_s, .detail = WebViewAgent::findProgram()};
        if (!shown) {
            view.outcome = otherwise;
            view.error = shown.error();
        }
        report(view);
        report(schemesOf(m_profiles.profiles(), shown.hasValue()));
        next();
    };
    if (const auto available = m_services.embedded().availability(); !available)
        return take(available, CheckOutcome::Warning);
    Q_EMIT started(u"webview"_s, {});
    // That it is there is not enough: it has to show something.
    checkView(WebViewAgent::findProgram(), m_listener.get(),
              [take](const Result<void> &shown) { take(shown, CheckOutcome::Failed); });
}

void Examination::examineNetworkSettings()
{
    Q_EMIT started(u"proxy"_s, {});
    askElsewhere([caFile = m_options.caFile] { return networkSettings(caFile); });
}

void Examination::examineName(const Profile &profile)
{
    const auto host = QUrl(profile.issuer).host();
    // An address needs no name to be resolved, and a name of this computer nobody's help.
    if (host.isEmpty() || !QHostAddress(host).isNull() || host == "localhost"_L1)
        return next();
    Q_EMIT started(u"name_resolution"_s, host);
    const auto take = [this, host](const QHostInfo &info) {
        Finding finding{.id = u"name_resolution"_s, .subject = host};
        QStringList addresses;
        for (const auto &address : info.addresses())
            addresses.append(address.toString());
        finding.detail = addresses.join(u", "_s);
        if (info.error() != QHostInfo::NoError) {
            finding.outcome = CheckOutcome::Failed;
            finding.error = Error{ErrorCode::NetworkUnavailable, ErrorCause::NameNotResolved, info.errorString()};
        }
        report(finding);
        next();
    };
    QHostInfo::lookupHost(host, m_listener.get(), take);
    QTimer::singleShot(nameDeadline, m_listener.get(), [take] {
        QHostInfo late;
        late.setError(QHostInfo::UnknownError);
        late.setErrorString(u"timed out"_s);
        take(late);
    });
}

void Examination::examineProvider(const Profile &profile)
{
    // Several profiles may go to one host.
    const QString subject = profile.displayName() + u", "_s + QUrl(profile.issuer).authority();
    const auto http = m_services.transportFor(profile);
    if (!http) {
        report({.id = u"provider"_s, .subject = subject, .outcome = CheckOutcome::Failed, .error = http.error()});
        return next();
    }
    Q_EMIT started(u"provider"_s, subject);
    auto *visit = new ProviderVisit({**http, m_services.clock(), m_services.random(), &m_services.cache()}, profile,
                                    ProviderVisit::Depth::Published, m_listener.get());
    connect(visit, &ProviderVisit::found, this, [this, subject](Finding finding) {
        finding.subject = subject;
        if (finding.id == "clock"_L1)
            report(std::move(finding));
    });
    connect(visit, &ProviderVisit::finished, this, [this, subject](const Result<Visited> &result) {
        Finding finding{.id = u"provider"_s, .subject = subject};
        if (result) {
            finding.detail = result->metadata.issuer;
        } else {
            finding.outcome = CheckOutcome::Failed;
            finding.error = result.error();
        }
        report(finding);
        next();
    });
}

} // namespace Countersign::App
