// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "providerlint.h"

#include "text.h"

#include <countersign/jose/json.h>
#include <countersign/jose/jwkset.h>
#include <countersign/protocol/discovery.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::CheckOutcome;

//! Adds findings, one call each.
class Findings
{
public:
    void pass(const QString &id, const QString &reference, const QString &actual = {})
    {
        m_report.append({.id = id, .outcome = CheckOutcome::Passed, .actual = actual, .reference = reference});
    }
    void fail(const QString &id, const QString &reference, const QString &reason,
              ErrorCause cause = ErrorCause::DiscoveryInvalid)
    {
        m_report.append(
            {.id = id, .outcome = CheckOutcome::Failed, .reason = reason, .reference = reference, .cause = cause});
    }
    void warn(const QString &id, const QString &reference, const QString &reason)
    {
        m_report.append({.id = id, .outcome = CheckOutcome::Warning, .reason = reason, .reference = reference});
    }
    void skip(const QString &id, const QString &reference, const QString &reason)
    {
        m_report.append({.id = id, .outcome = CheckOutcome::NotApplicable, .reason = reason, .reference = reference});
    }
    void demand(bool isMet, const QString &id, const QString &reference, const QString &reason)
    {
        isMet ? pass(id, reference) : fail(id, reference, reason);
    }
    void recommend(bool isMet, const QString &id, const QString &reference, const QString &reason)
    {
        isMet ? pass(id, reference) : warn(id, reference, reason);
    }
    const Jose::CheckReport &report() const { return m_report; }

private:
    Jose::CheckReport m_report;
};

constexpr auto metadataSection = "OpenID Connect Discovery 3"_L1;
constexpr auto configurationSection = "OpenID Connect Discovery 4.2"_L1;

bool isLoopback(const QUrl &url)
{
    const auto host = url.host();
    return host == "127.0.0.1"_L1 || host == "::1"_L1 || host == "localhost"_L1;
}

bool isSafe(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasFragment()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url)));
}

void lintAnswer(Findings &findings, const HttpResponse &answer, const QString &what, const QString &reference)
{
    findings.demand(answer.status == 200, what + u"_status"_s, reference,
                    Text::tr("The answer has the status %1, not 200.").arg(answer.status));
    const auto type = answer.contentType();
    const bool isJson = type == "application/json" || type.endsWith("+json");
    findings.demand(isJson, what + u"_content_type"_s, reference,
                    Text::tr("The media type is '%1', not application/json.").arg(QString::fromLatin1(type)));
}

void lintEndpoints(Findings &findings, const Jose::JsonObject &document)
{
    for (const auto &member : document) {
        const auto name = member.nameString();
        if (!name.endsWith("_endpoint"_L1) && name != "jwks_uri"_L1)
            continue;
        const QUrl url(member.value.string().value_or(QString()), QUrl::StrictMode);
        findings.demand(isSafe(url), name, metadataSection,
                        Text::tr("It is no https address without user and fragment."));
    }
}

//! RFC 8414 §2 and OpenID Connect Discovery §3: what must be there.
void lintRequired(Findings &findings, const Jose::JsonObject &document)
{
    for (const auto *name : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
        if (!document.contains(name))
            findings.fail(QString::fromLatin1(name), metadataSection, Text::tr("It is missing."));
    }
    for (const auto *name :
         {"response_types_supported", "subject_types_supported", "id_token_signing_alg_values_supported"}) {
        const auto list = document.stringList(name);
        findings.demand(list && !list->isEmpty(), QString::fromLatin1(name), metadataSection,
                        Text::tr("It is missing, or no list of words."));
    }
}

void lintAlgorithms(Findings &findings, const Jose::JsonObject &document)
{
    const auto algorithms = document.stringList("id_token_signing_alg_values_supported").value_or(QStringList());
    if (algorithms.isEmpty())
        return;
    findings.demand(algorithms.contains("RS256"_L1), u"rs256"_s, metadataSection,
                    Text::tr("RS256 is not among the algorithms for ID tokens; it must be."));
    findings.recommend(!algorithms.contains("none"_L1), u"algorithm_none"_s, u"RFC 8725 3.2"_s,
                       Text::tr("ID tokens may come unsigned ('none')."));
}

void lintCodeFlow(Findings &findings, const Jose::JsonObject &document)
{
    const auto types = document.stringList("response_types_supported").value_or(QStringList());
    findings.recommend(types.contains("code"_L1), u"code_flow"_s, u"RFC 9700 2.1.2"_s,
                       Text::tr("The authorization code flow is not announced."));
    const auto methods = document.stringList("code_challenge_methods_supported");
    findings.recommend(methods && methods->contains("S256"_L1), u"pkce"_s, u"RFC 9700 2.1.1, RFC 8414 2"_s,
                       Text::tr("PKCE with S256 is not announced."));
    findings.recommend(document.boolean("authorization_response_iss_parameter_supported").value_or(false),
                       u"issuer_parameter"_s, u"RFC 9207 3"_s,
                       Text::tr("Redirects do not name the issuer: clients of several providers can be mixed up."));
    const auto grants = document.stringList("grant_types_supported").value_or(QStringList());
    findings.recommend(!grants.contains("password"_L1), u"password_grant"_s, u"RFC 9700 2.4"_s,
                       Text::tr("The password grant is announced; it must not be used."));
    findings.recommend(!grants.contains("implicit"_L1), u"implicit_grant"_s, u"RFC 9700 2.1.2"_s,
                       Text::tr("The implicit grant is announced; it should not be used."));
    const auto scopes = document.stringList("scopes_supported");
    if (scopes)
        findings.demand(scopes->contains("openid"_L1), u"openid_scope"_s, metadataSection,
                        Text::tr("The scope openid is missing from scopes_supported."));
    else
        findings.skip(u"openid_scope"_s, metadataSection, Text::tr("scopes_supported is not there"));
}

void lintMetadata(Findings &findings, const Authority &authority, const HttpResponse &answer, const QDateTime &at)
{
    lintAnswer(findings, answer, u"metadata"_s, configurationSection);
    const auto document = Jose::JsonObject::parse(answer.body);
    if (!document) {
        findings.fail(u"metadata_json"_s, configurationSection, document.error().message());
        return;
    }
    findings.pass(u"metadata_json"_s, configurationSection);
    const auto issuer = document->string("issuer").value_or(QString());
    const bool isIssuer = Protocol::isIssuerOf(authority, issuer);
    if (isIssuer)
        findings.pass(u"issuer"_s, u"OpenID Connect Discovery 4.3"_s, issuer);
    else
        findings.fail(u"issuer"_s, u"OpenID Connect Discovery 4.3"_s,
                      Text::tr("The document speaks for '%1', not for '%2'.").arg(issuer, authority.issuer()),
                      ErrorCause::DiscoveryIssuerMismatch);
    lintRequired(findings, *document);
    lintEndpoints(findings, *document);
    lintAlgorithms(findings, *document);
    lintCodeFlow(findings, *document);
    const Protocol::HttpAnswer seen{.status = answer.status, .headers = answer.headers.fields(), .body = answer.body};
    const auto parsed = Protocol::parseMetadata(authority, seen, at);
    if (parsed)
        findings.pass(u"usable"_s, u"Countersign"_s);
    else
        findings.fail(u"usable"_s, u"Countersign"_s, parsed.error().message(), parsed.error().cause());
}

void lintKeyIds(Findings &findings, const Jose::JwkSet &keys)
{
    QStringList ids;
    qsizetype without = 0;
    bool isTwice = false;
    for (const auto &key : keys.keys()) {
        without += key.keyId().isEmpty() ? 1 : 0;
        isTwice = isTwice || (!key.keyId().isEmpty() && ids.contains(key.keyId()));
        ids.append(key.keyId());
    }
    findings.demand(keys.keys().size() < 2 || without == 0, u"key_ids"_s, u"OpenID Connect Core 10.1"_s,
                    Text::tr("There are several keys, and some have no kid."));
    findings.recommend(!isTwice, u"key_ids_distinct"_s, u"RFC 7517 4.5"_s, Text::tr("Two keys have the same kid."));
}

//! A key for every algorithm that ID tokens may come with.
void lintCoverage(Findings &findings, const Jose::JwkSet &keys, const HttpResponse &metadata)
{
    const auto document = Jose::JsonObject::parse(metadata.body);
    const auto announced = document ? document->stringList("id_token_signing_alg_values_supported") : std::nullopt;
    for (const auto &name : announced.value_or(QStringList())) {
        const auto algorithm = Jose::parseAlgorithm(QStringView(name));
        if (!algorithm || Jose::isSymmetric(*algorithm))
            continue;
        const bool hasKey = std::any_of(keys.keys().begin(), keys.keys().end(), [&](const Jose::Jwk &key) {
            return key.algorithms(Jose::KeyPurpose::Verify).contains(*algorithm);
        });
        findings.recommend(hasKey, u"key_for_"_s + name.toLower(), u"OpenID Connect Core 10.1"_s,
                           Text::tr("%1 is announced, but no key can verify it.").arg(name));
    }
}

void lintKeys(Findings &findings, const ProviderDocuments &documents)
{
    if (!documents.keys) {
        findings.skip(u"keys"_s, u"RFC 7517 5"_s, Text::tr("the metadata does not say where the keys are"));
        return;
    }
    if (!*documents.keys) {
        findings.fail(u"keys_reachable"_s, u"RFC 7517 5"_s, documents.keys->error().message(),
                      ErrorCause::KeySetInvalid);
        return;
    }
    const auto &answer = **documents.keys;
    lintAnswer(findings, answer, u"keys"_s, u"RFC 7517 8.5.2"_s);
    const auto keys = Jose::JwkSet::parse(answer.body);
    if (!keys) {
        findings.fail(u"keys"_s, u"RFC 7517 5"_s, keys.error().message(), ErrorCause::KeySetInvalid);
        return;
    }
    findings.demand(!keys->isEmpty(), u"keys"_s, u"RFC 7517 5"_s, Text::tr("There is no usable key."));
    findings.demand(!keys->hasPrivateKeys(), u"private_keys"_s, u"OpenID Connect Discovery 3"_s,
                    Text::tr("Private keys are published: whoever read them can sign in the provider's name."));
    for (const auto &skipped : keys->skipped())
        findings.warn(u"key_unusable"_s, u"RFC 7517 5"_s,
                      Text::tr("Key %1 '%2': %3").arg(skipped.index).arg(skipped.keyId, skipped.reason.message()));
    lintKeyIds(findings, *keys);
    lintCoverage(findings, *keys, documents.metadata);
}

} // namespace

QUrl keysUrlOf(const HttpResponse &metadata)
{
    const auto document = Jose::JsonObject::parse(metadata.body);
    const QUrl url(document ? document->string("jwks_uri").value_or(QString()) : QString(), QUrl::StrictMode);
    return isSafe(url) ? url : QUrl();
}

Jose::CheckReport lintProvider(const Authority &authority, const ProviderDocuments &documents, const QDateTime &at)
{
    Findings findings;
    lintMetadata(findings, authority, documents.metadata, at);
    lintKeys(findings, documents);
    return findings.report();
}

} // namespace Countersign::Cli
