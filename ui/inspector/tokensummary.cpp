// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokensummary.h"

#include "text/checktext.h"
#include "text/foreigntext.h"
#include "text/timetext.h"
#include "text/wording.h"

#include <dictionary/claimdictionary.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct SummaryWords
{
    Q_DECLARE_TR_FUNCTIONS(TokenSummary)
};

//! What an opaque token is, by the name that the core has for it.
QString providerKindText(const QString &kind)
{
    static const QHash<QString, const char *> words{
        {u"access_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "access token")},
        {u"personal_access_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "personal access token")},
        {u"installation_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "token of an installed app")},
        {u"refresh_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "refresh token")},
        {u"authorization_code"_s, QT_TRANSLATE_NOOP("TokenSummary", "authorization code")},
        {u"client_secret"_s, QT_TRANSLATE_NOOP("TokenSummary", "client secret")},
        {u"api_key"_s, QT_TRANSLATE_NOOP("TokenSummary", "API key")},
        {u"api_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "API token")},
        {u"access_key_id"_s, QT_TRANSLATE_NOOP("TokenSummary", "identifier of an access key")},
        {u"deploy_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "deploy token")},
        {u"runner_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "runner token")},
        {u"job_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "job token")},
        {u"bot_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "token of a bot")},
        {u"user_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "token of a user")},
        {u"app_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "token of an app")},
        {u"service_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "service token")},
        {u"batch_token"_s, QT_TRANSLATE_NOOP("TokenSummary", "batch token")}};
    const auto *word = words.value(kind);
    return word ? SummaryWords::tr(word) : QString(kind).replace(u'_', u' ');
}

//! What can be done with it; %1 is the provider.
QString providerKindUse(const QString &kind)
{
    if (kind == "refresh_token"_L1)
        return SummaryWords::tr("The application that it was given to gets new access tokens of %1 with it, often for "
                                "months: guard it like a password.");
    if (kind == "authorization_code"_L1)
        return SummaryWords::tr("An application exchanges it for tokens at %1, once and within minutes.");
    if (kind == "client_secret"_L1)
        return SummaryWords::tr("An application proves with it to %1 that it is the one that was registered.");
    if (kind == "access_key_id"_L1)
        return SummaryWords::tr("It names a key of %1; without the secret key that belongs to it nothing can be done.");
    if (kind == "runner_token"_L1)
        return SummaryWords::tr("A runner gets its jobs from %1 with it.");
    return SummaryWords::tr("Whoever holds it can call %1 with it, until it ends or is revoked there.");
}

//! The words of one token. Each rule makes whole sentences, so that translations need not fit pieces together.
class Summarizer
{
public:
    Summarizer(const Jose::TokenDocument &document, const QDateTime &at, bool masked)
        : m_document(document), m_claims(document.claims()), m_provider(tokenProvider(m_claims)), m_at(at),
          m_isMasked(masked)
    {
    }

    TokenSummary run();

private:
    void describeWithoutClaims();
    void describePerson();
    void describeIssue();
    void describePermissions();
    void describeSignIn();
    void describeEnd();
    void collectBadges();

    void say(const QString &sentence) { m_sentences.append(sentence); }
    void badge(const QString &text, const QString &explanation, ColorRole role = ColorRole::Info)
    {
        m_badges.append({text, explanation, role});
    }
    //! A claim's text, in the dictionary's words where it knows the value.
    QString named(QByteArrayView claim) const;
    QString first(std::initializer_list<QByteArrayView> names) const;
    QStringList list(QByteArrayView claim) const;
    bool isApplication() const;

    const Jose::TokenDocument &m_document;
    const Jose::JsonObject m_claims;
    const QString m_provider;
    const QDateTime m_at;
    const bool m_isMasked;
    QStringList m_sentences;
    QList<TokenBadge> m_badges;
};

QString Summarizer::named(QByteArrayView claim) const
{
    const auto value = m_claims.string(claim).value_or(list(claim).value(0));
    const auto *entry = ClaimDictionary::builtIn().find(QString::fromUtf8(claim), false, m_provider);
    const auto known = entry ? entry->values.value(value).in(QLocale()) : QString();
    return value.isEmpty() ? QString() : known.isEmpty() ? isolated(value, 100) : known;
}

QString Summarizer::first(std::initializer_list<QByteArrayView> names) const
{
    for (const auto name : names) {
        if (const auto text = named(name); !text.isEmpty())
            return text;
    }
    return {};
}

QStringList Summarizer::list(QByteArrayView claim) const
{
    if (const auto several = m_claims.value(claim).stringList())
        return *several;
    return m_claims.string(claim).value_or(QString()).split(u' ', Qt::SkipEmptyParts);
}

bool Summarizer::isApplication() const
{
    const bool saysSo = m_claims.value("idtyp").isString("app") || m_claims.value("gty").isString("client-credentials");
    const bool isEntraApp = m_provider == "entra"_L1 && m_claims.contains("oid") && !m_claims.contains("scp")
        && m_claims.contains("appid") && !m_claims.contains("upn") && !m_claims.contains("name");
    return saysSo || isEntraApp;
}

void Summarizer::describeWithoutClaims()
{
    using Kind = Jose::TokenKind;
    switch (m_document.kind()) {
    case Kind::Empty: return say(SummaryWords::tr("There is nothing in it."));
    case Kind::Opaque:
        if (m_document.provider().isEmpty())
            return say(
                SummaryWords::tr("A text without structure. If it is a token, only its issuer can say what it means."));
        say(SummaryWords::tr(
                "By its form this is a secret of %1 (%2). Only %1 can say what it means and whether it is valid.")
                .arg(m_document.provider(), providerKindText(m_document.providerKind())));
        return say(providerKindUse(m_document.providerKind()).arg(m_document.provider()));
    case Kind::Jwe:
    case Kind::JweJson:
        return say(SummaryWords::tr("It is encrypted: only the holder of the recipient’s key can read it."));
    case Kind::SamlAssertion:
        return say(SummaryWords::tr("An assertion of SAML, which is XML and not looked into here."));
    case Kind::Paseto:
    case Kind::Macaroon: return say(SummaryWords::tr("It is recognised by its form and not looked into here."));
    case Kind::Json: return say(SummaryWords::tr("This is JSON, but no token."));
    default: return say(SummaryWords::tr("It carries no claims that could be read."));
    }
}

void Summarizer::describePerson()
{
    if (isApplication())
        return say(SummaryWords::tr("It is about an application, not a person."));
    if (m_isMasked)
        return;
    const auto person = first({"name", "preferred_username", "upn", "unique_name", "email", "username"});
    const auto subject = person.isEmpty() ? first({"sub"}) : person;
    if (!subject.isEmpty())
        say(SummaryWords::tr("It is about %1.").arg(subject));
}

void Summarizer::describeIssue()
{
    const auto issuer = named("iss");
    const auto audience = named("aud");
    const auto application = first({"app_displayname", "azp", "appid", "client_id", "cid"});
    if (!issuer.isEmpty() && !audience.isEmpty())
        say(SummaryWords::tr("%1 issued it for %2.").arg(issuer, audience));
    else if (!issuer.isEmpty())
        say(SummaryWords::tr("%1 issued it, for nobody in particular.").arg(issuer));
    else if (!audience.isEmpty())
        say(SummaryWords::tr("It is for %1; it does not say who issued it.").arg(audience));
    if (!application.isEmpty() && application != audience)
        say(SummaryWords::tr("The application %1 asked for it.").arg(application));
}

void Summarizer::describePermissions()
{
    auto scopes = list("scp");
    scopes += list("scope");
    const auto roles = list("roles");
    if (!scopes.isEmpty())
        say(SummaryWords::tr("It carries %n delegated permission(s): %1.", nullptr, int(scopes.size()))
                .arg(isolated(scopes.join(u", "_s))));
    if (!roles.isEmpty())
        say(SummaryWords::tr("It carries %n role(s): %1.", nullptr, int(roles.size()))
                .arg(isolated(roles.join(u", "_s))));
}

void Summarizer::describeSignIn()
{
    const auto seconds = m_claims.value("auth_time").flooredInteger();
    const auto time = seconds ? timeOfClaim(*seconds) : QDateTime();
    const bool isStrong = list("amr").contains(u"mfa"_s);
    if (time.isValid() && isStrong)
        say(SummaryWords::tr("The person signed in with several factors, %1.").arg(expiryText(time, m_at)));
    else if (time.isValid())
        say(SummaryWords::tr("The person signed in %1.").arg(expiryText(time, m_at)));
    else if (isStrong)
        say(SummaryWords::tr("The person signed in with several factors."));
}

void Summarizer::describeEnd()
{
    const auto seconds = m_claims.value("exp").flooredInteger();
    const auto end = seconds ? timeOfClaim(*seconds) : QDateTime();
    if (!end.isValid())
        return m_claims.contains("exp") ? say(SummaryWords::tr("When it ends cannot be read."))
                                        : say(SummaryWords::tr("It does not say when it ends."));
    say(end > m_at ? SummaryWords::tr("It ends %1.").arg(expiryText(end, m_at))
                   : SummaryWords::tr("It ended %1.").arg(expiryText(end, m_at)));
    if (end <= m_at)
        badge(SummaryWords::tr("Expired"), SummaryWords::tr("Its time is over."), ColorRole::Danger);
    const auto issued = m_claims.value("iat").flooredInteger();
    constexpr qint64 longLife = 20 * 3600;
    if (issued && *seconds - *issued > longLife && list("xms_cc").contains(u"cp1"_s))
        badge(
            SummaryWords::tr("Continuous access"),
            SummaryWords::tr("It lives long because it can be revoked early: the application understands challenges."));
}

void Summarizer::collectBadges()
{
    if (m_document.hasWarning(u"algorithm_none"))
        badge(SummaryWords::tr("Not signed"), SummaryWords::tr("Anybody may have written it."), ColorRole::Danger);
    const auto version = m_claims.string("ver");
    if (version && m_provider == "entra"_L1)
        badge(SummaryWords::tr("Version %1").arg(isolated(*version, 8)),
              SummaryWords::tr("Version of the token’s format."));
    if (isApplication())
        badge(SummaryWords::tr("Application"), SummaryWords::tr("No person takes part."));
    if (list("amr").contains(u"mfa"_s))
        badge(SummaryWords::tr("Several factors"),
              SummaryWords::tr("The person proved who they are in more than one way."), ColorRole::Success);
    if (m_claims.contains("cnf"))
        badge(SummaryWords::tr("Bound to a key"), SummaryWords::tr("Only the holder of the key can use it."),
              ColorRole::Success);
    if (m_claims.value("acct").raw() == "1")
        badge(SummaryWords::tr("Guest"), SummaryWords::tr("A guest in this tenant."));
    if (m_claims.value("tid").isString("9188040d-6c67-4c5b-b112-36a304b66dad"))
        badge(SummaryWords::tr("Personal account"), SummaryWords::tr("A personal Microsoft account."));
    if (m_claims.contains("hasgroups") || m_claims.contains("_claim_names"))
        badge(SummaryWords::tr("Groups left out"), SummaryWords::tr("There are more groups than fit into the token."),
              ColorRole::Warning);
    if (m_claims.value("cs_sandbox").boolean().value_or(false) || m_document.header().contains("cs_sandbox"))
        badge(SummaryWords::tr("Sandbox"), SummaryWords::tr("Made by the sandbox provider of this computer."));
}

TokenSummary Summarizer::run()
{
    if (m_claims.isEmpty()) {
        describeWithoutClaims();
    } else {
        describePerson();
        describeIssue();
        describePermissions();
        describeSignIn();
        describeEnd();
    }
    collectBadges();
    return {tokenKindText(m_document.kind()), m_sentences.join(u' '), m_badges};
}

} // namespace

TokenSummary summarize(const Jose::TokenDocument &document, const QDateTime &at, bool masked)
{
    return Summarizer(document, at, masked).run();
}

} // namespace Countersign::Desktop
