// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the form says of a sign-in before it starts.
#include "signin/claimsfield.h"
#include "signin/claimsrequest.h"
#include "signin/signinform.h"
#include "text/extratext.h"
#include "text/foreigntext.h"
#include "widgets/chipfield.h"

#include <QtCore/QLocale>
#include <QtCore/QSet>
#include <QtCore/QUrl>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! The resource that a scope of Entra belongs to; empty for the short ones of Graph.
QString resourceOf(const QString &scope)
{
    const auto slash = scope.lastIndexOf(u'/');
    return slash > 0 ? scope.first(slash) : QString();
}

//! The ports as an administrator of firewalls writes them.
QString portsText(const QList<quint16> &ports)
{
    QStringList texts;
    for (qsizetype i = 0; i < ports.size(); ++i) {
        const auto first = ports.at(i);
        while (i + 1 < ports.size() && ports.at(i + 1) == ports.at(i) + 1)
            ++i;
        texts.append(first == ports.at(i) ? QString::number(first) : u"%1–%2"_s.arg(first).arg(ports.at(i)));
    }
    return texts.join(u", "_s);
}

} // namespace

QString scopeRemark(const ScopeSet &scopes, const ProfileEntry &profile)
{
    if (scopes.isEmpty())
        return SignInForm::tr("No scope is asked for: the provider decides what the token is good for.");
    if (profile.isMicrosoft) {
        QSet<QString> resources;
        for (const auto &scope : scopes.sorted()) {
            if (const auto resource = resourceOf(scope); !resource.isEmpty())
                resources.insert(resource);
        }
        if (resources.size() > 1)
            return SignInForm::tr("Entra gives one token for one resource: ask for the scopes of %1 in turn.")
                .arg(QStringList(resources.cbegin(), resources.cend()).join(u", "_s));
        return {};
    }
    if (!scopes.contains(u"openid"_s))
        return SignInForm::tr("openid is not among the scopes: it is added, so that the person can be told apart.");
    return {};
}

QString wayBackText(const std::optional<RedirectPreference> &back)
{
    if (!back)
        return SignInForm::tr("this computer");
    if (back->kind == RedirectPreference::Kind::Exact)
        return isolated(back->uri.toDisplayString(), 300);
    const QString host = back->host.contains(u':') ? u'[' + back->host + u']' : back->host;
    if (back->ports.isEmpty())
        return SignInForm::tr("http://%1 at a free port").arg(host + back->path);
    if (back->ports.size() == 1)
        return u"http://%1:%2%3"_s.arg(host).arg(back->ports.first()).arg(back->path);
    return SignInForm::tr("http://%1 at a free one of the ports %2").arg(host + back->path, portsText(back->ports));
}

QString unknownScopeRemark(const ScopeSet &scopes, const ProfileEntry &profile, Session &session)
{
    const auto provider = session.knownProvider(profile.id);
    // Entra names no API's scopes at all, and nobody those that are addresses of an API.
    if (!provider || provider->scopes.isEmpty() || profile.isMicrosoft)
        return {};
    ScopeSet granted;
    const auto accounts = session.accounts();
    for (const auto &entry : accounts) {
        for (const auto &token : entry.tokens) {
            if (entry.profileId == profile.id)
                granted = granted.united(token.scopes);
        }
    }
    const auto neitherNamedNorGranted = scopes.without(ScopeSet(provider->scopes)).without(granted);
    QStringList unknown;
    for (const auto &scope : neitherNamedNorGranted.sorted()) {
        if (!scope.contains("://"_L1))
            unknown.append(scope);
    }
    if (unknown.isEmpty())
        return {};
    return SignInForm::tr(
               "The provider does not name %1 among its scopes: it may refuse the sign-in, or leave that out.")
        .arg(QLocale().createSeparatedList(unknown));
}

QString SignInForm::remark() const
{
    const auto known = profile();
    if (!known)
        return tr("There is no profile yet. A profile says which provider, and which application of yours there.");
    if (m_session.isOffline())
        return tr("Offline mode is on: nothing is sent. The settings switch it off.");
    const QUrl issuer(known->issuer);
    if (issuer.scheme() == "http"_L1 && !known->isSandbox)
        return tr("The issuer is not encrypted (http): everybody on the way could read the tokens.");
    if (issuer.path().size() > 1 && issuer.path().endsWith(u'/'))
        return tr("The issuer ends with a slash, which counts: most providers write theirs without one.");
    if (const auto flaw = claimsFlaw(m_claims->text()); !flaw.isEmpty())
        return flaw;
    if (const auto flaw = flawText(ExtraParameterText::parse(m_extra->toPlainText())); !flaw.isEmpty())
        return flaw;
    const auto way = SignInWay(m_way->currentData().toInt());
    for (const auto &state : m_session.ways(known->id)) {
        if (state.way == way && !state.isAvailable)
            return state.reason;
    }
    const ScopeSet scopes(m_scopes->words());
    const auto doubt = scopeRemark(scopes, *known);
    return doubt.isEmpty() ? unknownScopeRemark(scopes, *known, m_session) : doubt;
}

bool SignInForm::canStart() const
{
    const auto extra = ExtraParameterText::parse(m_extra->toPlainText());
    return profile() && !m_session.isOffline() && claimsFlaw(m_claims->text()).isEmpty()
        && extra.flaw == ExtraParameterText::Flaw::None;
}

QString SignInForm::forecast() const
{
    const auto known = profile();
    if (!known)
        return {};
    const auto host = QUrl(known->issuer).host();
    const auto kept = m_sessionOnly->isChecked() ? tr("memory, until the program ends") : m_session.store().name;
    switch (SignInWay(m_way->currentData().toInt())) {
    case SignInWay::Browser:
        return tr("Opens your usual browser at %1 and returns to %2; a code for another device is offered beside it. "
                  "The result is kept in %3.")
            .arg(host, wayBackText(m_session.wayBack(known->id)), kept);
    case SignInWay::DeviceCode:
        return tr("Asks %1 for a code to enter on another device. The result is kept in %2.").arg(host, kept);
    case SignInWay::Embedded:
        if (m_session.keepsEmbeddedSessions() && !m_sessionOnly->isChecked())
            return tr("Opens %1 in a window of its own that keeps the provider’s cookies; a code for another device is "
                      "offered beside it. The result is kept in %2.")
                .arg(host, kept);
        return tr("Opens %1 in a window of its own that remembers nothing; a code for another device is offered "
                  "beside it. The result is kept in %2.")
            .arg(host, kept);
    }
    Q_UNREACHABLE();
}

} // namespace Countersign::Desktop
