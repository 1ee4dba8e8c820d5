// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "credential.h"

#include "../kubernetescredential.h"
#include "../silenttoken.h"
#include "../text.h"
#include "../tokenanswer.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! The server application of every Azure Kubernetes Service with managed Entra integration.
constexpr auto aksServerId = "6dae42f8-4368-4678-94ff-3960e28e3630"_L1;
//! kubectl should ask again before the server sees an expired token.
constexpr std::chrono::seconds expiryMargin{60};

//! The flags of int128's and Azure's kubelogin, so that their user entries keep working.
struct KubeloginFlags
{
    void addTo(OptionSet options)
    {
        const auto help = Text::tr("As kubelogin spells it");
        options.text("--oidc-issuer-url", issuer, help);
        options.text("--oidc-client-id", clientId, help);
        options.texts("--oidc-extra-scope", extraScopes, help);
        options.flag("--oidc-use-access-token", usesAccessToken, help);
        options.text("--oidc-redirect-url", redirectUrl, help);
        options.text("--oidc-pkce-method", pkceMethod, help);
        options.choice("--grant-type", grantType, {u"auto"_s, u"authcode"_s, u"device-code"_s}, help);
        options.flag("--skip-open-browser", skipsBrowser, help);
        options.text("--browser-command", browserCommand, help);
        options.number("--authentication-timeout-sec", timeoutSeconds, help);
        options.text("--certificate-authority", certificateAuthority, help);
        options.choice("--token-cache-storage", cacheStorage, {u"keyring"_s, u"disk"_s, u"none"_s}, help);
        options.text("--token-cache-dir", cacheFolder, help);
        options.flag("--force-refresh", isForced, help);
        options.text("--tenant-id", tenantId, help);
        options.choice("-l,--login", login, {u"devicecode"_s, u"interactive"_s}, help);
        options.text("--replaces", replaces, help);
    }

    QString issuer;
    QString clientId;
    QStringList extraScopes;
    bool usesAccessToken = false;
    QString redirectUrl;
    QString pkceMethod;
    QString grantType;
    bool skipsBrowser = false;
    QString browserCommand;
    std::optional<qint64> timeoutSeconds;
    QString certificateAuthority;
    QString cacheStorage;
    QString cacheFolder;
    bool isForced = false;
    QString tenantId;
    QString login;
    QString replaces; //!< of `configure kubernetes`: the user that was there before, for `unconfigure`
};

class KubernetesCredentialVerb final : public Verb
{
public:
    KubernetesCredentialVerb() : Verb(u"kubernetes"_s, Text::tr("Be kubectl's exec plugin")) { }

    QString description() const override
    {
        return Text::tr(
            "Reads KUBERNETES_EXEC_INFO and writes an ExecCredential (v1 or v1beta1) with the ID token, or\n"
            "with the access token by --type access or --server-id, and for a service. The flags of kubelogin's "
            "get-token\n"
            "are understood, except those that would put a secret into the configuration.");
    }
    QStringList examples() const override
    {
        return {u"countersign configure kubernetes --context prod --profile work"_s,
                u"countersign credential kubernetes --issuer https://op.example --client-id kubernetes"_s,
                u"countersign credential kubernetes --entra contoso.com --client-id ID --server-id aks"_s};
    }

    void addOptions(OptionSet &options) override
    {
        options.choice("--type", m_type, {u"id"_s, u"access"_s}, Text::tr("id (default) or access"));
        options.text("--server-id", m_serverId,
                     Text::tr("Entra application of the API server, or 'aks': an access token for it"));
        options.choice("--api-version", m_apiVersion, execApiVersions(),
                       Text::tr("Version to answer in when kubectl does not say"));
        options.flag("-f,--force", m_isForced, Text::tr("Fetch a new token even if the cached one is good"));
        m_request.addTo(options);
        m_signIn.addWays(options);
        m_kubelogin.addTo(options.hidden());
        options.hidden().choice("ACTION", m_action, {u"get-token"_s}, Text::tr("As kubelogin spells it"));
    }

    ExitCode run(Context &context) override
    {
        const auto info = readInfo();
        if (!info)
            return context.fail(info.error());
        adoptKubelogin(context);
        // Without standard input kubectl is in a script, where nobody answers.
        const bool isAsked = !m_signIn.ways.isEmpty();
        if (!info->isInteractive && qEnvironmentVariableIsSet("KUBERNETES_EXEC_INFO") && !isAsked)
            context.adjust().noInteraction = true;
        auto opened = Session::open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        // An ID token is about a person, and a service is none.
        if (m_type.isEmpty() && session.profile().isService)
            m_type = u"access"_s;
        context.setFlags(session.chosen().flags(), m_request.flags(), m_request.challengeFlags());
        auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        if (!m_kubelogin.extraScopes.isEmpty()) {
            request->scopes = ScopeSet({u"openid"_s}).united(ScopeSet(m_kubelogin.extraScopes));
            context.setFlags(session.chosen().flags(), u" --scope "_s + shellQuoted(request->scopes.toString()));
        }
        TokenWish wish{.request = *request,
                       .minimumLifetime = expiryMargin,
                       .isForced = m_isForced || m_kubelogin.isForced,
                       .isIdToken = m_type != "access"_L1,
                       .signIn = &m_signIn};
        auto token = obtainToken(session, wish);
        if (!token)
            return context.fail(token.error());
        return write(context, *info,
                     {.result = std::move(token->result), .source = token->source, .isIdToken = wish.isIdToken});
    }

private:
    Result<ExecInfo> readInfo() const
    {
        const auto text = qgetenv("KUBERNETES_EXEC_INFO");
        if (!text.isEmpty())
            return parseExecInfo(text);
        return ExecInfo{.apiVersion = m_apiVersion.isEmpty() ? execApiVersions().first() : m_apiVersion,
                        .isInteractive = true};
    }

    void adoptKubelogin(Context &context)
    {
        auto &global = context.adjust();
        const auto adopt = [](QString &target, const QString &value) {
            if (!value.isEmpty())
                target = value;
        };
        adopt(global.issuer, m_kubelogin.issuer);
        adopt(global.clientId, m_kubelogin.clientId);
        adopt(global.caFile, m_kubelogin.certificateAuthority);
        adopt(global.tenant, m_kubelogin.tenantId);
        adopt(m_signIn.redirectUri, m_kubelogin.redirectUrl);
        adopt(m_signIn.browser, m_kubelogin.browserCommand);
        m_signIn.noOpen = m_signIn.noOpen || m_kubelogin.skipsBrowser;
        if (m_kubelogin.grantType == "device-code"_L1 || m_kubelogin.login == "devicecode"_L1)
            m_signIn.ways = QStringList{u"device"_s};
        if (m_kubelogin.grantType == "authcode"_L1 || m_kubelogin.login == "interactive"_L1)
            m_signIn.ways = QStringList{u"browser"_s};
        if (m_kubelogin.cacheStorage == "none"_L1)
            global.store = u"memory"_s;
        if (m_kubelogin.usesAccessToken || !m_serverId.isEmpty())
            m_type = u"access"_s;
        if (!m_serverId.isEmpty())
            m_request.scopes =
                QStringList{(m_serverId == "aks"_L1 ? QString(aksServerId) : m_serverId) + u"/.default"_s};
    }

    static ExitCode write(Context &context, const ExecInfo &info, const TokenAnswer &answer)
    {
        const auto token = tokenOf(answer);
        if (token.isEmpty())
            return context.fail(
                Error{ErrorCode::InteractionRequired,
                      Text::tr("The provider gave no ID token for this account; --type access hands out the other.")});
        if (context.outIsTerminal()) {
            context.hint(Text::tr("This is for kubectl; a terminal does not get the token. "
                                  "'countersign token --show' writes one."));
            return ExitCode::Done;
        }
        std::optional<QDateTime> expiresAt;
        if (expiryOf(answer).isValid())
            expiresAt = expiryOf(answer).addSecs(-expiryMargin.count());
        // The answer is JSON whatever --output says; it is failures that people read as text.
        return context.writeJson(encodeExecCredential(info.apiVersion, token, expiresAt).reveal());
    }

    QString m_type;
    QString m_serverId;
    QString m_apiVersion;
    QString m_action;
    bool m_isForced = false;
    TokenRequestOptions m_request;
    SignInOptions m_signIn;
    KubeloginFlags m_kubelogin;
};

} // namespace

std::unique_ptr<Verb> makeKubernetesCredentialVerb()
{
    return std::make_unique<KubernetesCredentialVerb>();
}

} // namespace Countersign::Cli
