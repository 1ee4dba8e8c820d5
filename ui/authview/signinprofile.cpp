// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/signinprofile.h>

#include <authview/passkeywatch.h>
#include <authview/requestguard.h>

#include <QtCore/QLocale>
#include <QtNetwork/QSslConfiguration>
#include <QtWebEngineCore/QWebEngineCertificateError>
#include <QtWebEngineCore/QWebEngineDownloadRequest>
#include <QtWebEngineCore/QWebEngineScriptCollection>
#include <QtWebEngineCore/QWebEngineSettings>
#include <QtWebEngineCore/QWebEngineUrlRequestJob>
#include <QtWebEngineCore/QWebEngineUrlScheme>
#include <QtWebEngineCore/QWebEngineUrlSchemeHandler>

#include <initializer_list>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

bool hasOwnScheme(const QUrl &url)
{
    const QString scheme = url.scheme();
    for (const auto known : {"http"_L1, "https"_L1, "about"_L1, "data"_L1, "blob"_L1, "file"_L1, "ftp"_L1, "qrc"_L1,
                             "ws"_L1, "wss"_L1, "javascript"_L1, "filesystem"_L1, "chrome"_L1, "devtools"_L1}) {
        if (scheme == known)
            return false;
    }
    return !scheme.isEmpty();
}

// The gate stops before this is asked; without a handler Chromium never asks the gate.
class NothingBehindScheme final : public QWebEngineUrlSchemeHandler
{
public:
    using QWebEngineUrlSchemeHandler::QWebEngineUrlSchemeHandler;
    void requestStarted(QWebEngineUrlRequestJob *job) override { job->fail(QWebEngineUrlRequestJob::RequestDenied); }
};

void restrictPages(QWebEngineSettings &settings)
{
    using Settings = QWebEngineSettings;
    for (const auto off :
         {Settings::PluginsEnabled, Settings::PdfViewerEnabled, Settings::LocalContentCanAccessRemoteUrls,
          Settings::LocalContentCanAccessFileUrls, Settings::JavascriptCanAccessClipboard, Settings::JavascriptCanPaste,
          Settings::ScreenCaptureEnabled, Settings::FullScreenSupportEnabled, Settings::AllowRunningInsecureContent,
          Settings::AllowGeolocationOnInsecureOrigins, Settings::AllowWindowActivationFromJavaScript,
          Settings::HyperlinkAuditingEnabled, Settings::DnsPrefetchEnabled, Settings::NavigateOnDropEnabled})
        settings.setAttribute(off, false);
    settings.setAttribute(Settings::WebRTCPublicInterfacesOnly, true);
    settings.setAttribute(Settings::JavascriptCanOpenWindows, true);
    settings.setUnknownUrlSchemePolicy(Settings::DisallowUnknownUrlSchemes);
}

} // namespace

void registerRedirectScheme(const QUrl &redirectUri)
{
    if (!hasOwnScheme(redirectUri))
        return;
    QWebEngineUrlScheme scheme(redirectUri.scheme().toLatin1());
    // Path keeps the address as it was written: "app://auth", "app:/auth" and "urn:…" alike.
    scheme.setSyntax(QWebEngineUrlScheme::Syntax::Path);
    QWebEngineUrlScheme::registerScheme(scheme);
}

SignInProfile::SignInProfile(const GateRules &rules, QObject *parent) : QWebEngineProfile(parent)
{
    Q_ASSERT(isOffTheRecord());
    setPersistentCookiesPolicy(NoPersistentCookies);
    restrict(rules);
}

SignInProfile::SignInProfile(const GateRules &rules, const QString &folder, QObject *parent)
    : QWebEngineProfile(u"sign-in"_s, parent)
{
    setPersistentStoragePath(folder);
    setHttpCacheType(MemoryHttpCache);
    setPersistentCookiesPolicy(AllowPersistentCookies);
    restrict(rules);
}

void SignInProfile::restrict(const GateRules &rules)
{
    setSpellCheckEnabled(false);
    // The page in the language of the window around it.
    setHttpAcceptLanguage(QLocale().uiLanguages().join(u','));
    restrictPages(*settings());
    scripts()->insert(passkeyWatch());
    setUrlRequestInterceptor(new RequestGuard(rules, this));
    if (hasOwnScheme(rules.redirectUri()))
        installUrlSchemeHandler(rules.redirectUri().scheme().toLatin1(), new NothingBehindScheme(this));
    connect(this, &QWebEngineProfile::downloadRequested, this, [this](QWebEngineDownloadRequest *download) {
        download->cancel();
        Q_EMIT downloadRefused();
    });
}

void SignInProfile::trust(const QList<QSslCertificate> &authorities)
{
    // Chromium cannot be given any, so what it refuses is looked at again here. Qt takes the roots from the default
    // configuration, which nothing else in this process uses.
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(authorities);
    QSslConfiguration::setDefaultConfiguration(configuration);
    m_hasAuthorities = !authorities.isEmpty();
}

namespace {

QString serverOf(const QUrl &url)
{
    constexpr int usual = 443;
    return url.host() + u':' + QString::number(url.port(usual));
}

} // namespace

void SignInProfile::noteCertificates(const QWebEngineCertificateError &error)
{
    constexpr qsizetype most = 50; // hosts of one sign-in
    if (m_certificates.size() < most)
        m_certificates.insert(serverOf(error.url()), error.certificateChain());
}

QList<QSslCertificate> SignInProfile::certificatesOf(const QUrl &url) const
{
    return m_certificates.value(serverOf(url));
}

bool SignInProfile::vouchesFor(const QWebEngineCertificateError &error) const
{
    return m_hasAuthorities && error.isOverridable()
        && error.type() == QWebEngineCertificateError::CertificateAuthorityInvalid
        && QSslCertificate::verify(error.certificateChain(), error.url().host()).isEmpty();
}

} // namespace Countersign
