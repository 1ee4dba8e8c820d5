// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "service.h"

#include "commandline.h"
#include "text.h"
#include "tokenanswer.h"
#include "words.h"

#include <common/clientsecrets.h>

#include <countersign/client/assertionfile.h>
#include <countersign/model/region.h>
#include <countersign/protocol/scopes.h>
#include <countersign/storage/keychainsecret.h>

#include <QtCore/QDir>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QString absolute(const QString &path)
{
    return path.isEmpty() ? path : QDir::current().absoluteFilePath(path);
}

//! What the profile asks for on behalf of a person means nothing without one.
ScopeSet serviceScopes(const TokenRequest &request, const Profile &profile)
{
    if (request.scopes != profile.scopes)
        return request.scopes;
    return request.scopes.without(Protocol::reservedScopes()).without({u"email"_s});
}

ClientTokenParameters parametersFor(const TokenWish &wish, const Profile &profile)
{
    ClientTokenParameters parameters;
    parameters.scopes = serviceScopes(wish.request, profile);
    parameters.claimsChallenge = wish.request.claimsChallenge;
    parameters.resources = wish.request.resources;
    const auto &audience = wish.request.audience.isEmpty() ? profile.audience : wish.request.audience;
    if (!audience.isEmpty())
        parameters.extra.append({u"audience"_s, audience});
    parameters.isRefreshForced = wish.isForced;
    parameters.minimumLifetime = wish.minimumLifetime;
    return parameters;
}

//! Nobody signed in: what stands in the place of an account is the application.
AuthenticationResult named(AuthenticationResult result)
{
    result.account.localAccountId = {result.clientId.value};
    result.account.realm = {result.authority.realm()};
    result.account.authorityType = result.authority.authorityType();
    return result;
}

Result<void> openCache(Session &session)
{
    auto &cache = session.services().cache();
    return session.context().awaitAnswer<void>([&cache](auto handler) {
        auto listener = std::make_unique<QObject>();
        cache.open(listener.get(), handler);
        return listener;
    });
}

Result<void> checkWish(const TokenWish &wish, const ClientTokenParameters &parameters, const Profile &profile)
{
    if (wish.isIdToken)
        return wrongUsage(Text::tr("An ID token is about a person, and a service is none: leave --type id out."));
    if (wish.proof)
        return wrongUsage(Text::tr("A service's token is a bearer token: leave --dpop and --pop out."));
    if (!wish.request.acrValues.isEmpty() || wish.request.maxAge)
        return Error{ErrorCode::InteractionRequired, ErrorCause::ChallengeUnsatisfied,
                     Text::tr("The challenge asks a person to sign in again, and a service is none.")};
    const QStringList ofPeople{u"common"_s, u"organizations"_s, u"consumers"_s};
    if (const auto authority = profile.authority(); authority && ofPeople.contains(authority->tenant().value))
        return wrongUsage(Text::tr("'%1' stands for the tenant of whoever signs in, and nobody does: name the "
                                   "application's tenant.")
                              .arg(authority->tenant().value));
    if (parameters.scopes.isEmpty() && profile.kind == Profile::Kind::Entra)
        return wrongUsage(Text::tr("Microsoft wants to know which API the service's token is for: give --resource."));
    return {};
}

//! What helps an application, where what usually helps is for people.
void suggestFor(const Error &error, Session &session)
{
    auto &context = session.context();
    const auto &said = error.oauth().error;
    const auto store = context.storeKind();
    const bool isKept = store == TokenStore::Kind::Keychain || store == TokenStore::Kind::SealedFile;
    const bool isMissing = error.cause() == ErrorCause::ClientSecretMissing;
    if (isMissing && session.chosen().isSaved && isKept)
        context.suggest({{Text::tr("Keep the application's secret with the profile, typed or piped"),
                          u"countersign profile edit "_s + shellQuoted(session.profile().id)
                              + u" --client-secret-stdin"_s + context.global().surroundings,
                          {}}});
    else if (isMissing)
        context.suggest(
            {{Text::tr("Name a variable of the environment that holds the client secret; or give --secret-stdin, "
                       "--secret-file, --certificate or --federated-token-file"),
              context.commandLine().again({},
                                          store == TokenStore::Kind::SealedFile ? u" --client-secret-env APP_SECRET"_s
                                                                                : u" --secret-env APP_SECRET"_s),
              {}}});
    else if (said == "invalid_client"_L1)
        context.suggest({{Text::tr("Compare the client id and the secret or certificate with the registration at the "
                                   "provider: it may have expired, or belong to another client"),
                          {},
                          {}}});
    else if (said == "unauthorized_client"_L1)
        context.suggest({{Text::tr("Allow the application the grant 'client_credentials' in its registration at the "
                                   "provider"),
                          {},
                          {}}});
}

Result<Protocol::ClientAssertionKey> readCertificate(Context &context, const QString &path, const Secret &passphrase,
                                                     bool sendsCertificate)
{
    constexpr qint64 largestCertificateFile = 1024 * 1024;
    const auto file = context.readFile(path, largestCertificateFile);
    if (!file)
        return file.error();
    auto key = Protocol::readAssertionKey(file->reveal(), passphrase, sendsCertificate);
    if (key && sendsCertificate && key->certificates.isEmpty())
        return wrongUsage(Text::tr("%1 holds no certificate that --send-certificate could send.").arg(path));
    if (key)
        return key;
    if (key.error().cause() == ErrorCause::PassphraseWrong && passphrase.isEmpty())
        return wrongUsage(Text::tr("The key in %1 is locked: give its passphrase by --secret-stdin, --secret-fd, "
                                   "--secret-env, --secret-file or --secret-keychain.")
                              .arg(path));
    return wrongUsage(Text::tr("%1 cannot be used: %2").arg(path, key.error().message()));
}

} // namespace

void ServiceOptions::addTo(OptionSet &options)
{
    options.flag("--service", m_isWanted,
                 Text::tr("A token of the application itself, without any person (client credentials)"));
    options.file("--secret-file", m_secretFile,
                 Text::tr("With --service: the client secret, or the passphrase of --certificate, is the first line of "
                          "this file; --secret-stdin, --secret-fd and --secret-env do as well"));
    options.filledText("--secret-keychain", m_keychainKey,
                       Text::tr("The same from the item of this name in the keychain (service countersign-secret)"));
    options.file(
        "--certificate", m_certificate,
        Text::tr("With --service: PEM or PKCS#12 file with the private key, and its certificate where the provider "
                 "knows the application by that (Microsoft does), in place of a secret"));
    options.flag("--send-certificate", m_sendsCertificate,
                 Text::tr("Send the certificate along (x5c), where its issuer and subject are registered"));
    options.file("--federated-token-file", m_federatedTokenFile,
                 Text::tr("With --service: file with the token by which the platform vouches for the application"));
    options.filledText("--region", m_region, Text::tr("Region of Microsoft's service to ask, for example westeurope"));
    // As `profile add` has them.
    options.flag("--client-secret-stdin", m_own.isOnInput,
                 Text::tr("With --service and a sealed store, whose passphrase --secret-stdin gives: the client secret "
                          "from standard input"));
    options.file("--client-secret-file", m_own.file, Text::tr("The same from this file"));
    options.number("--client-secret-fd", m_own.descriptor, Text::tr("The same from this open file descriptor"));
    options.filledText("--client-secret-env", m_own.environment, Text::tr("The same from this environment variable"));
    options.filledText("--cert-store", m_certificateStore,
                       Text::tr("A certificate store of the system: not possible here, use --certificate"));
}

void ServiceOptions::apply(Profile &profile) const
{
    profile.isService = true;
    const bool hasSecret = !secretFlags().isEmpty();
    if (!m_certificate.isEmpty() || !m_federatedTokenFile.isEmpty() || hasSecret) {
        // A secret opens the certificate's key where there is one.
        if (!hasSecret || !m_federatedTokenFile.isEmpty() || !m_certificate.isEmpty())
            profile.certificateFile = absolute(m_certificate);
        profile.federatedTokenFile = absolute(m_federatedTokenFile);
    }
}

Result<void> ServiceOptions::check(Context &context, const Profile &profile) const
{
    if (!m_certificateStore.isEmpty())
        return Error{ErrorCode::NotSupported,
                     Text::tr("Keys in the system's certificate store cannot be used here: there is nothing on this "
                              "system that signs with them for this program. Export the certificate with its key to a "
                              "file and name that by --certificate.")};
    QStringList secrets = secretFlags();
    QStringList others;
    for (const auto &[name, isSaid] :
         {std::pair{u"--certificate"_s, !m_certificate.isEmpty()},
          std::pair{u"--federated-token-file"_s, !m_federatedTokenFile.isEmpty()},
          std::pair{u"--send-certificate"_s, m_sendsCertificate}, std::pair{u"--region"_s, !m_region.isEmpty()}}) {
        if (isSaid)
            others.append(name);
    }
    if (!isMeant(profile) && !secrets.isEmpty())
        return wrongUsage(Text::tr("%1 goes with --service. The client secret of an application that people sign in "
                                   "with is kept by 'profile add' or 'profile edit'.")
                              .arg(secrets.first()));
    if (!isMeant(profile))
        return others.isEmpty() ? Result<void>() : wrongUsage(Text::tr("%1 goes with --service.").arg(others.first()));
    // Whose secret the global ones are, the store decides, and that may be a setting.
    if (const auto settings = context.settings(); !settings)
        return settings.error();
    if (readsGlobalSecret(context))
        secrets += globalSource(context.global()).flags();
    if (const auto alone = checkOnlyOne(secrets); !alone)
        return alone;
    if (!m_federatedTokenFile.isEmpty() && (!secrets.isEmpty() || !m_certificate.isEmpty()))
        return wrongUsage(Text::tr("A service proves itself in one way: --federated-token-file, --certificate or a "
                                   "secret."));
    return checkUse(profile);
}

QStringList ServiceOptions::secretFlags() const
{
    auto flags = m_own.flags();
    if (!m_secretFile.isEmpty())
        flags.append(u"--secret-file"_s);
    if (!m_keychainKey.isEmpty())
        flags.append(u"--secret-keychain"_s);
    return flags;
}

//! What would be ignored otherwise.
Result<void> ServiceOptions::checkUse(const Profile &profile) const
{
    if (m_sendsCertificate && m_certificate.isEmpty()
        && (profile.certificateFile.isEmpty() || !secretFlags().isEmpty() || !m_federatedTokenFile.isEmpty()))
        return wrongUsage(Text::tr("--send-certificate goes with a certificate: give --certificate."));
    if (!m_region.isEmpty() && !profile.issuer.isEmpty() && profile.kind != Profile::Kind::Entra)
        return wrongUsage(Text::tr("--region is of Microsoft's service alone: leave it out."));
    if (!m_region.isEmpty() && RegionChoice{RegionChoice::Kind::Named, m_region}.resolve({}, {}).isEmpty())
        return wrongUsage(Text::tr("--region is one word, for example westeurope."));
    return {};
}

//! A sealed store takes these for itself.
bool ServiceOptions::readsGlobalSecret(const Context &context) const
{
    return globalSource(context.global()).isNamed() && context.storeKind() != TokenStore::Kind::SealedFile;
}

Result<std::shared_ptr<const Secret>> ServiceOptions::secret(Context &context) const
{
    const auto &global = context.global();
    using Shared = std::shared_ptr<const Secret>;
    if (!m_keychainKey.isEmpty())
        return context.awaitAnswer<Shared>([this](auto handler) {
            auto listener = std::make_unique<QObject>();
            readKeychainSecret(m_keychainKey, listener.get(), [handler](Result<Secret> read) {
                if (read)
                    handler(std::make_shared<const Secret>(*std::move(read)));
                else
                    handler(read.error());
            });
            return listener;
        });
    SecretSource source = m_own;
    if (!m_secretFile.isEmpty())
        source = {.file = m_secretFile};
    else if (!source.isNamed() && readsGlobalSecret(context))
        source = globalSource(global);
    if (!source.isNamed())
        return Shared();
    if (source.isOnInput && m_own.isOnInput && global.isSecretOnInput)
        return wrongUsage(Text::tr(
            "Standard input cannot give the store's passphrase as well: read one of the two from somewhere else."));
    source.question =
        m_certificate.isEmpty() ? Text::tr("Client secret: ") : Text::tr("Passphrase of the certificate's key: ");
    auto secret = readSecret(context, source);
    if (!secret)
        return secret.error();
    if (secret->isEmpty())
        return wrongUsage(Text::tr("The client secret is empty."));
    return std::make_shared<const Secret>(*std::move(secret));
}

Result<App::ClientProof> ServiceOptions::proof(Context &context, const Profile &profile) const
{
    App::ClientProof proof;
    const auto kind = m_region.isEmpty() ? RegionChoice::Kind::Unset : RegionChoice::Kind::Named;
    proof.region = RegionChoice{kind, m_region}.resolve(qEnvironmentVariable("MSAL_FORCE_REGION"), {});
    if (!profile.federatedTokenFile.isEmpty()) {
        proof.assertions = assertionsFromFile(profile.federatedTokenFile);
        return proof;
    }
    auto secret = this->secret(context);
    if (!secret)
        return secret.error();
    if (profile.certificateFile.isEmpty()) {
        proof.secret = m_secret = *secret;
        return proof;
    }
    auto key =
        readCertificate(context, profile.certificateFile, *secret ? (*secret)->clone() : Secret(), m_sendsCertificate);
    if (!key)
        return key.error();
    proof.key = *std::move(key);
    return proof;
}

Result<void> ServiceOptions::keepSecret(Context &context, const Profile &profile) const
{
    if (!m_secret)
        return {};
    const auto services = context.services();
    if (!services)
        return services.error();
    return context.awaitAnswer<void>([&](auto handler) {
        auto listener = std::make_unique<QObject>();
        App::keepClientSecret((*services)->cache(), profile, m_secret->clone(), listener.get(), handler);
        return listener;
    });
}

QString ServiceOptions::flags() const
{
    QString text;
    if (m_isWanted)
        text += u" --service"_s;
    for (const auto &[name, value] :
         {std::pair{u" --certificate "_s, m_certificate},
          std::pair{u" --federated-token-file "_s, m_federatedTokenFile}, std::pair{u" --secret-file "_s, m_secretFile},
          std::pair{u" --secret-keychain "_s, m_keychainKey}, std::pair{u" --region "_s, m_region}}) {
        if (!value.isEmpty())
            text += name + shellQuoted(value);
    }
    return text;
}

Result<ObtainedToken> obtainServiceToken(Session &session, const TokenWish &wish)
{
    auto &context = session.context();
    const auto &profile = session.profile();
    const auto parameters = parametersFor(wish, profile);
    if (const auto checked = checkWish(wish, parameters, profile); !checked)
        return checked.error();
    if (const auto opened = openCache(session); !opened)
        return opened.error();
    // The proof is not touched for a token that is there: whatever opens it may be out of reach now.
    const auto reader = session.services().makeApplication(profile);
    if (!reader)
        return reader.error();
    if (wish.isExplained) {
        for (const auto &row : (*reader)->explain(parameters).rows)
            context.hint(u"  "_s + harmless(describe(row)));
    }
    const auto unmetOf = [&wish](const AuthenticationResult &result) {
        return wish.mustMeetChallenge ? unmetDemands(wish.request, result) : QStringList();
    };
    if (auto cached = (*reader)->cachedToken(parameters); cached && unmetOf(*cached).isEmpty())
        return ObtainedToken{named(*std::move(cached)), identifier(TokenSource::Cache)};
    if (context.global().offline)
        return Error{ErrorCode::NetworkUnavailable, Text::tr("No token in the cache will do, and --offline is on.")};
    const ServiceOptions none;
    auto proof = (wish.service ? *wish.service : none).proof(context, profile);
    if (!proof)
        return proof.error();
    const auto application = session.services().makeApplication(profile, *std::move(proof));
    if (!application)
        return application.error();
    auto result = context.await((*application)->acquireTokenForClient(parameters));
    if (!result) {
        suggestFor(result.error(), session);
        return result.error();
    }
    if (const auto unmet = unmetOf(*result); !unmet.isEmpty())
        return notWhatWasDemanded(unmet);
    const auto source = identifier(result->source);
    return ObtainedToken{named(*std::move(result)), source};
}

} // namespace Countersign::Cli
