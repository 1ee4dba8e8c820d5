// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "checkoutput.h"

#include "../commandline.h"
#include "../provider.h"
#include "../silenttoken.h"
#include "../text.h"
#include "../verbs.h"
#include "../verifypolicy.h"
#include "../words.h"

#include <countersign/client/profile.h>
#include <countersign/jose/jwtvalidator.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenextraction.h>
#include <countersign/protocol/idtokenrules.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::CheckOutcome;
using Jose::JwtRules;
using Jose::JwtUse;

//! What the provider's documents contribute to a verification.
struct Provider
{
    Jose::JwkSet keys;
    Jose::IssuerRule issuer;
    std::optional<Jose::Algorithms> algorithms; //!< as announced; none: not known
};

bool isAddress(const QString &text)
{
    return text.startsWith("https://"_L1) || text.startsWith("http://"_L1);
}

JwtUse guessUse(const Jose::TokenDocument &token)
{
    switch (token.kind()) {
    case Jose::TokenKind::AccessToken:
    case Jose::TokenKind::EntraAccessTokenV1:
    case Jose::TokenKind::EntraAccessTokenV2: return JwtUse::AccessToken;
    case Jose::TokenKind::LogoutToken: return JwtUse::LogoutToken;
    case Jose::TokenKind::AuthorizationResponse: return JwtUse::AuthorizationResponse;
    default: return JwtUse::IdToken;
    }
}

class VerifyVerb final : public Verb
{
public:
    VerifyVerb() : Verb(u"verify"_s, Text::tr("Hold a token against every rule, with reasons")) { }

    QStringList formats() const override { return {u"text"_s, u"json"_s, u"junit"_s, u"sarif"_s, u"tap"_s, u"none"_s}; }
    QString description() const override
    {
        return Text::tr("The keys come from --jwks, or from the provider that --issuer, --entra, --authority or the\n"
                        "profile name. The network is used only for keys, only when --jwks is a URL or missing, and\n"
                        "never with --offline. Exit: 40 no token, 41 signature or key, 43 issuer, audience, nonce or\n"
                        "hash, 42 time, 44 policy; with several failures the first in this order.\n"
                        "A policy is TOML: type, issuer, audience, client_id, scope, role, acr, leeway, and a table\n"
                        "[claims] with what each has to be (a list: all of these). It names no keys.");
    }
    QStringList examples() const override
    {
        return {
            u"countersign verify @id.jwt --issuer https://op.example --client-id app"_s,
            u"countersign verify @at.jwt --jwks keys.json --issuer https://op.example --audience api --scope read"_s,
            u"countersign verify - --profile work --at 2026-01-31T12:00:00Z -o junit"_s,
            u"countersign verify @at.jwt --jwks keys.json --policy expected.toml -o tap"_s};
    }

    void addOptions(OptionSet &options) override
    {
        options.text("TOKEN", m_input, Text::tr("A token, @FILE, or - for standard input; or none, with --account"));
        options.choice("--type", m_type, {u"auto"_s, u"id"_s, u"access"_s, u"logout"_s, u"jarm"_s},
                       Text::tr("What the token is used as; guessed by default"));
        options.file("--policy", m_policyFile,
                     Text::tr("File of expectations (TOML) that count besides the other options"));
        options.text("--audience", m_audience, Text::tr("Audience to expect; the client id by default"));
        options.words("--scope", m_scopes, Text::tr("Scope that must be granted; repeatable"));
        options.texts("--role", m_roles, Text::tr("Role that must be there; repeatable"));
        options.words("--acr", m_acr, Text::tr("Authentication context, one of which must be there; repeatable"));
        options.text("--nonce", m_nonce, Text::tr("Nonce that the request carried"));
        options.file("--jwks", m_jwks, Text::tr("Keys to verify with: a file (JWK, JWK set, PEM) or a URL"));
        options.text("--at", m_at, Text::tr("Verify as of this time: RFC 3339 or seconds since 1970"));
        options.duration("--leeway", m_leeway, Text::tr("Tolerated clock difference, 120s by default, 5m at most"));
    }

    ExitCode run(Context &context) override
    {
        // Before the token, which may come from a person: a policy that is none would let everything pass.
        if (const auto read = readPolicy(context); !read)
            return context.fail(read.error());
        const auto token = readToken(context);
        if (!token && exitCodeOf(token.error()) == ExitCode::NotAToken)
            return context.fail(token.error(), ExitCode::NotAToken,
                                fixesForGivenToken(ExitCode::NotAToken, given(context)));
        if (!token)
            return context.fail(token.error());
        const auto use = chosenUse(*token);
        const auto at = chosenTime(context);
        if (!at)
            return context.fail(at.error());
        if (m_leeway && *m_leeway > JwtRules::maximumClockSkew)
            return context.fail(wrongUsage(Text::tr("--leeway is more than the 5 minutes that are tolerable.")));
        if (auto read = readProfile(context); !read)
            return context.fail(read.error());
        if (m_profile)
            expectLike(m_profile->expectations, use == JwtUse::AccessToken);
        const auto provider = findProvider(context);
        if (!provider && provider.error().cause() == ErrorCause::KeyNotFound)
            context.suggest({{Text::tr("--jwks names a file that holds a JWK, a JWK set or PEM. A provider's keys come "
                                       "from"),
                              u"countersign issuer keys URL -o json > keys.json"_s,
                              {}}});
        if (!provider)
            return context.fail(provider.error());
        auto expected = rules(context, use, *provider);
        // Nobody asked for RFC 9068: Entra's access tokens, known by their claims, are older than it.
        expected.isProfileRequired = m_type == "access"_L1 || token->type() == "at+jwt";
        const Jose::JwtValidator validator(std::move(expected));
        auto report = validator.examine(*token, provider->keys, *at).report;
        addPolicies(report, token->claims(), context.global().clientId);
        CheckList list{.schema = u"countersign.verify/1"_s,
                       .title = u"verify"_s,
                       .subject = identifier(use),
                       .report = std::move(report),
                       .at = *at,
                       .given = given(context)};
        if (const auto missing = missingFlags(list.report); !m_jwks.isEmpty() && !missing.isEmpty())
            list.fixes.append({Text::tr("Say what it is to be compared with, or name a profile"),
                               context.commandLine().again({}, missing),
                               {}});
        if (provider->keys.keys().isEmpty() && m_jwks.isEmpty())
            list.fixes.append(
                {Text::tr("Name the provider, whose keys are fetched then unless --offline is on, or a file "
                          "of keys: --profile NAME, --issuer URL or --jwks FILE"),
                 u"countersign verify "_s + list.given + u" --issuer URL --client-id ID"_s,
                 {}});
        return reportChecks(context, std::move(list));
    }

private:
    //! The words that say the same token to another verb.
    QString given(const Context &context) const
    {
        const auto &account = context.global().account;
        return m_input.isEmpty() && !account.isEmpty() ? u"--account "_s + shellQuoted(account) : givenAgain(m_input);
    }

    //! What would have been compared, if it had been said.
    static QString missingFlags(const Jose::CheckReport &report)
    {
        const std::pair<QString, QString> flags[] = {{u"issuer"_s, u" --issuer URL"_s},
                                                     {u"audience"_s, u" --client-id ID"_s}};
        QString missing;
        for (const auto &[id, flag] : flags) {
            const auto *const check = report.find(id);
            if (check && check->outcome == CheckOutcome::NotPossible)
                missing += flag;
        }
        return report.hasFailures() ? QString() : missing;
    }

    //! The policy counts besides the options: what both say has to hold as both say it.
    Result<void> readPolicy(const Context &context)
    {
        if (m_policyFile.isEmpty())
            return {};
        const auto content = context.readFile(m_policyFile.startsWith(u'@') ? m_policyFile.mid(1) : m_policyFile);
        if (!content)
            return content.error();
        auto policy = parseVerifyPolicy(content->reveal());
        if (!policy)
            return wrongUsage(Text::tr("--policy: %1").arg(policy.error().message()));
        m_policy = *std::move(policy);
        if (m_type.isEmpty() || m_type == "auto"_L1)
            m_type = m_policy.type;
        if (m_audience.isEmpty())
            m_audience = m_policy.audience;
        m_scopes += m_policy.scopes;
        m_roles += m_policy.roles;
        m_acr += m_policy.authenticationContexts;
        if (m_policy.leeway)
            m_leeway = std::min(m_leeway.value_or(*m_policy.leeway), *m_policy.leeway);
        return {};
    }

    //! What the profile expects counts besides options and policy, which may name another audience. What is said of an
    //! access token's audience, scopes and roles says nothing of others.
    void expectLike(const Jose::TokenPolicy &policy, bool isAccessToken)
    {
        if (isAccessToken) {
            if (m_audience.isEmpty())
                m_audience = policy.audience;
            m_scopes += policy.scopes;
            m_roles += policy.roles;
        }
        if (m_acr.isEmpty())
            m_acr = policy.authenticationContexts;
        if (!m_leeway)
            m_leeway = policy.leeway;
        if (!policy.issuer.isEmpty())
            m_ofProfile.append({u"iss"_s, policy.issuer});
        m_ofProfile += policy.claims;
    }

    Result<Jose::UnverifiedJwt> readToken(Context &context) const
    {
        const bool isOfAccount = m_input.isEmpty() && !context.global().account.isEmpty();
        const auto input = isOfAccount ? cachedToken(context, m_type != "access"_L1) : context.readInput(m_input);
        if (!input)
            return input.error();
        const auto found = Jose::extractTokens(input->reveal());
        if (found.size() > 1)
            return wrongUsage(Text::tr("There are %1 tokens in the input; verify takes one.").arg(found.size()));
        const auto text = found.isEmpty() ? input->reveal().trimmed().toByteArray() : found.first().token;
        return Jose::UnverifiedJwt::parse(text);
    }

    JwtUse chosenUse(const Jose::UnverifiedJwt &token) const
    {
        if (m_type == "id"_L1)
            return JwtUse::IdToken;
        if (m_type == "access"_L1)
            return JwtUse::AccessToken;
        if (m_type == "logout"_L1)
            return JwtUse::LogoutToken;
        if (m_type == "jarm"_L1)
            return JwtUse::AuthorizationResponse;
        return guessUse(Jose::TokenDocument::read(token.compact()));
    }

    Result<QDateTime> chosenTime(const Context &context) const
    {
        if (m_at.isEmpty())
            return context.now();
        bool isNumber = false;
        const auto seconds = m_at.toLongLong(&isNumber);
        const auto time =
            isNumber ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime::fromString(m_at, Qt::ISODate);
        if (!time.isValid())
            return wrongUsage(Text::tr("'%1' is no time. Write for example 2026-01-31T12:00:00Z.").arg(m_at));
        return time.toUTC();
    }

    Result<void> readProfile(Context &context)
    {
        // A token of an account is held against the account's provider.
        const bool isOfAccount = m_input.isEmpty() && !context.global().account.isEmpty();
        if (context.global().profile.isEmpty() && !isOfAccount)
            return {};
        ProfileStore store;
        if (auto loaded = store.load(); !loaded)
            return loaded.error();
        const auto chosen = chooseProfile(context, store);
        if (!chosen)
            return chosen.error();
        m_profile = chosen->profile;
        return {};
    }

    Result<std::optional<Authority>> authority(const Context &context) const
    {
        auto named = namedAuthority(context.global());
        if (!named || *named || !m_profile)
            return named;
        auto own = m_profile->authority();
        if (!own)
            return own.error();
        return std::optional(*std::move(own));
    }

    //! The network is touched here or nowhere.
    Result<Provider> findProvider(Context &context) const
    {
        const auto authority = this->authority(context);
        if (!authority)
            return authority.error();
        Provider provider;
        if (*authority && !(*authority)->isMicrosoft())
            provider.issuer = Jose::IssuerRule::exactly((*authority)->issuer());
        else if (!*authority && !m_policy.issuer.isEmpty())
            provider.issuer = Jose::IssuerRule::exactly(m_policy.issuer);
        if (!m_jwks.isEmpty()) {
            auto keys = isAddress(m_jwks) ? fetchedKeys(context, QUrl(m_jwks)) : keysOfFile(context);
            if (!keys)
                return keys.error();
            provider.keys = *std::move(keys);
            // The issuer of a Microsoft authority stands in its metadata only.
            if (!*authority || !(*authority)->isMicrosoft() || context.global().offline)
                return provider;
        }
        // That there are no keys then, the failed check says, and what helps stands beside it.
        if (!*authority || context.global().offline)
            return provider;
        context.hint(Text::tr("Fetching metadata and keys of %1").arg((*authority)->issuer()));
        const auto metadata = fetchMetadata(context, **authority);
        if (!metadata)
            return metadata.error();
        provider.issuer = Protocol::issuerRule(**authority, *metadata);
        provider.algorithms = Protocol::signingAlgorithms(metadata->idTokenSigningAlgorithms);
        if (!m_jwks.isEmpty())
            return provider;
        auto keys = fetchKeys(context, metadata->jwksUri);
        if (!keys)
            return keys.error();
        provider.keys = *std::move(keys);
        return provider;
    }

    static Result<Jose::JwkSet> fetchedKeys(Context &context, const QUrl &url)
    {
        context.hint(Text::tr("Fetching keys from %1").arg(url.host()));
        return fetchKeys(context, url);
    }

    Result<Jose::JwkSet> keysOfFile(const Context &context) const
    {
        const auto content = context.readFile(m_jwks.startsWith(u'@') ? m_jwks.mid(1) : m_jwks);
        if (!content)
            return content.error();
        auto keys = Jose::JwkSet::fromFile(content->reveal());
        // As with `jose verify --key`: there is no key to decide it.
        const auto refused = [](const QString &message) {
            return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, message};
        };
        if (!keys)
            return refused(Text::tr("'%1' holds no keys: %2").arg(m_jwks, keys.error().message()));
        if (keys->isEmpty() && !keys->skipped().isEmpty())
            return refused(
                Text::tr("'%1' holds no usable key: %2").arg(m_jwks, keys->skipped().first().reason.message()));
        return keys;
    }

    QString clientOf(const Context &context) const
    {
        if (!context.global().clientId.isEmpty())
            return context.global().clientId;
        return m_profile ? m_profile->clientId : m_policy.clientId;
    }

    JwtRules rules(const Context &context, JwtUse use, const Provider &provider) const
    {
        const auto client = clientOf(context);
        const auto audience = m_audience.isEmpty() ? client : m_audience;
        JwtRules rules = use == JwtUse::AccessToken ? JwtRules::forAccessToken(provider.issuer, audience)
            : use == JwtUse::LogoutToken            ? JwtRules::forLogoutToken(provider.issuer, audience)
            : use == JwtUse::AuthorizationResponse  ? JwtRules::forAuthorizationResponse(provider.issuer, audience)
                                                    : JwtRules::forIdToken(provider.issuer, audience, {});
        rules.allowed =
            provider.algorithms && use == JwtUse::IdToken ? *provider.algorithms : Jose::Algorithms::asymmetric();
        // A pasted token: which request it answers, and how long ago that was, is not known.
        rules.maximumTokenAge.reset();
        rules.nonceRule = m_nonce.isEmpty() ? Jose::NonceRule::NotKnown : Jose::NonceRule::AsSent;
        if (!m_nonce.isEmpty())
            rules.nonce = m_nonce;
        rules.authenticationContexts = m_acr;
        if (m_leeway)
            rules.clockSkew = *m_leeway;
        return rules;
    }

    void addPolicies(Jose::CheckReport &report, const Jose::JsonObject &claims, const QString &client) const
    {
        // Without an audience it stands for that.
        if (!client.isEmpty() && !m_audience.isEmpty())
            report.append(Jose::checkWords(u"client"_s, u"--client-id"_s, {client}, Jose::clientsIn(claims)));
        if (!m_scopes.isEmpty())
            report.append(Jose::checkScopes(m_scopes, claims));
        if (!m_roles.isEmpty())
            report.append(Jose::checkRoles(m_roles, claims));
        if (m_profile && !m_profile->expectations.clientId.isEmpty())
            report.append(Jose::checkWords(u"client"_s, u"profile"_s, {m_profile->expectations.clientId},
                                           Jose::clientsIn(claims)));
        for (const auto &claim : m_ofProfile)
            report.append(Jose::checkClaim(claim, claims, u"profile"_s));
        // These were expected already, unless an option or the profile named another one.
        if (!m_policy.clientId.isEmpty())
            report.append(Jose::checkWords(u"client"_s, u"--policy"_s, {m_policy.clientId}, Jose::clientsIn(claims)));
        if (!m_policy.issuer.isEmpty())
            report.append(Jose::checkClaim({u"iss"_s, m_policy.issuer}, claims, u"--policy"_s));
        if (!m_policy.audience.isEmpty())
            report.append(Jose::checkClaim({u"aud"_s, QStringList{m_policy.audience}}, claims, u"--policy"_s));
        if (!m_policy.type.isEmpty())
            report.append(Jose::checkWords(u"type"_s, u"--policy"_s, {m_policy.type}, {m_type}));
        for (const auto &claim : m_policy.claims)
            report.append(Jose::checkClaim(claim, claims, u"--policy"_s));
    }

    QString m_input;
    QString m_type;
    QString m_policyFile;
    VerifyPolicy m_policy;
    QString m_audience;
    QStringList m_scopes;
    QStringList m_roles;
    QStringList m_acr;
    QString m_nonce;
    QString m_jwks;
    QString m_at;
    std::optional<std::chrono::seconds> m_leeway;
    std::optional<Profile> m_profile;
    QList<Jose::ClaimExpectation> m_ofProfile;
};

} // namespace

std::unique_ptr<Verb> makeVerifyVerb()
{
    return std::make_unique<VerifyVerb>();
}

} // namespace Countersign::Cli
