// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/gatedpage.h>

#include <authview/passkeywatch.h>
#include <authview/signinprofile.h>

#include <QtWebEngineCore/QWebEngineCertificateError>
#include <QtWebEngineCore/QWebEngineFullScreenRequest>
#include <QtWebEngineCore/QWebEngineLoadingInfo>
#include <QtWebEngineCore/QWebEngineQuotaRequest>
#include <QtWebEngineCore/QWebEngineRegisterProtocolHandlerRequest>

namespace Countersign {

GatedPage::GatedPage(GateRules rules, SignInProfile *profile, QObject *parent)
    : QWebEnginePage(profile, parent), m_rules(std::move(rules)), m_profile(profile)
{
    refuseEverything();
    // The last resort for redirects that the navigation hook does not report: a scheme that is not a valid one for
    // Chromium is aborted, and only this signal names it.
    connect(this, &QWebEnginePage::loadingChanged, this, [this](const QWebEngineLoadingInfo &info) {
        if (info.status() == QWebEngineLoadingInfo::LoadStoppedStatus
            && m_rules.navigation(info.url(), true) == GateRules::Verdict::Stop)
            Q_EMIT answered(info.url());
    });
}

void GatedPage::refuseEverything()
{
    connect(this, &QWebEnginePage::certificateError, this, [this](QWebEngineCertificateError error) {
        m_profile->noteCertificates(error);
        if (m_profile->vouchesFor(error))
            return error.acceptCertificate();
        error.rejectCertificate();
        Q_EMIT refused(Refusal::Certificate, error.url());
    });
    connect(this, &QWebEnginePage::featurePermissionRequested, this, [this](const QUrl &origin, Feature feature) {
        setFeaturePermission(origin, feature, PermissionDeniedByUser);
        Q_EMIT refused(Refusal::Permission, origin);
    });
    connect(this, &QWebEnginePage::fullScreenRequested, this,
            [](QWebEngineFullScreenRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::quotaRequested, this, [](QWebEngineQuotaRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::registerProtocolHandlerRequested, this,
            [](QWebEngineRegisterProtocolHandlerRequest request) { request.reject(); });
}

bool GatedPage::acceptNavigationRequest(const QUrl &url, NavigationType, bool isMainFrame)
{
    switch (m_rules.navigation(url, isMainFrame)) {
    case GateRules::Verdict::Load:
        if (isMainFrame)
            Q_EMIT visited(url);
        return true;
    case GateRules::Verdict::Stop: Q_EMIT answered(url); return false;
    case GateRules::Verdict::Refuse:
        if (isMainFrame)
            Q_EMIT refused(Refusal::Address, url);
        return false;
    }
    Q_UNREACHABLE();
}

QWebEnginePage *GatedPage::createWindow(WebWindowType)
{
    auto *const page = new GatedPage(m_rules, m_profile, parent());
    Q_EMIT opened(page);
    return page;
}

void GatedPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString &message, int, const QString &)
{
    if (message == passkeySign)
        Q_EMIT passkeyWanted();
    // Pages write addresses with codes in them to their console, and Qt would write them to ours.
}

QStringList GatedPage::chooseFiles(FileSelectionMode, const QStringList &, const QStringList &)
{
    return {}; // no sign-in needs a file of the person's
}

} // namespace Countersign
