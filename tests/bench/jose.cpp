// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "bench.h"
#include "opensslverify.h"
#include "verbs.h"

#include <countersign/jose/base64url.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jwtvalidator.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/unverifiedjwt.h>

#include <QtCore/QFile>

using namespace Qt::StringLiterals;

namespace Countersign::Bench {

namespace {

using namespace Jose;

struct Sample
{
    QByteArray token;
    QByteArrayView signingInput; // into token
    QByteArray signature; // as OpenSSL wants it
};

Result<JsonObject> readCorpus(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::InvalidArgument, u"cannot read "_s + path + u": "_s + file.errorString()};
    constexpr JsonLimits limits{.maximumSize = 64 * 1024 * 1024, .maximumValues = 1'000'000};
    return JsonObject::parse(file.readAll(), limits);
}

Result<QList<Sample>> samplesOf(const JsonObject &entry, const OpenSslVerify &openSsl)
{
    const auto tokens = entry.requireStringList("tokens");
    if (!tokens)
        return tokens.error();
    QList<Sample> samples;
    for (const auto &text : *tokens) {
        const auto token = text.toLatin1();
        const auto dot = token.lastIndexOf('.');
        const auto signature = decodeBase64Url(QByteArrayView(token).sliced(dot + 1));
        if (!signature)
            return signature.error();
        samples.append({token, QByteArrayView(token).first(dot), openSsl.prepared(*signature)});
    }
    if (samples.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the corpus has an algorithm without tokens"_s};
    return samples;
}

JwtRules rulesFor(const JsonObject &corpus, Algorithm algorithm)
{
    auto rules = JwtRules::forIdToken(IssuerRule::exactly(corpus.string("iss").value_or(QString())),
                                      corpus.string("aud").value_or(QString()), {});
    rules.allowed = Algorithms{algorithm};
    // Every token of the corpus has its own nonce, which the peers do not look at either.
    rules.nonceRule = NonceRule::NotKnown;
    // A corpus may be measured again on another day; its tokens live a week.
    rules.maximumTokenAge = std::chrono::hours(7 * 24);
    return rules;
}

Result<void> benchVerification(const JsonObject &corpus, const JsonObject &entry, Algorithm algorithm)
{
    auto openSsl = OpenSslVerify::create(algorithm, entry.string("pem").value_or(QString()).toLatin1());
    if (!openSsl)
        return openSsl.error();
    const auto samples = samplesOf(entry, *openSsl);
    if (!samples)
        return samples.error();
    const auto key = Jwk::parse(entry.value("jwk").raw());
    if (!key)
        return key.error();

    const JwkSet keys(QList{*key});
    const JwtValidator validator(rulesFor(corpus, algorithm));
    const auto at = [&samples](qsizetype call) -> const Sample & { return samples->at(call % samples->size()); };
    qsizetype refused = 0;
    const auto ours = [&](qsizetype call) {
        if (!validator.validate(at(call).token, keys, QDateTime::currentDateTimeUtc()))
            ++refused;
    };
    const auto raw = [&](qsizetype call) {
        if (!openSsl->verify(at(call).signingInput, at(call).signature))
            ++refused;
    };
    const auto result = pairedRates(ours, raw);
    if (refused > 0)
        return Error{ErrorCode::SecurityCheckFailed, u"a token of the corpus was refused: "_s + name(algorithm)};

    const QByteArray suffix(name(algorithm).data(), name(algorithm).size());
    print({.bench = "verify_" + suffix, .unit = "ops/s"}, result.first);
    print({.bench = "raw_" + suffix,
           .unit = "ops/s",
           .implementation = "openssl-evp-prepared",
           .version = openSslVersion()},
          result.second);
    print({.bench = "verify_to_raw_" + suffix, .unit = "ratio"}, result.ratios);
    return {};
}

Result<void> benchDecoding(const JsonObject &entry)
{
    const auto tokens = entry.requireStringList("tokens");
    if (!tokens)
        return tokens.error();
    QList<QByteArray> texts;
    for (const auto &text : *tokens)
        texts.append(text.toLatin1());
    qsizetype broken = 0;
    const auto decode = [&](qsizetype call) {
        const auto token = UnverifiedJwt::parse(QByteArrayView(texts.at(call % texts.size())));
        // Three claims, as the peers' decoding ends with all of them in a table.
        if (!token || !token->claims().contains("iss") || !token->claims().contains("aud")
            || !token->claims().contains("exp"))
            ++broken;
    };
    const auto open = [&](qsizetype call) {
        const auto document = TokenDocument::read(texts.at(call % texts.size()));
        keep(document);
    };
    print({.bench = "decode", .unit = "ops/s"}, rates(decode));
    print({.bench = "inspect", .unit = "ops/s"}, rates(open));
    if (broken > 0)
        return Error{ErrorCode::InvalidResponse, u"a token of the corpus could not be decoded"_s};
    return {};
}

} // namespace

Result<void> benchJose(const QStringList &arguments)
{
    if (arguments.size() != 1)
        return Error{ErrorCode::InvalidArgument, u"usage: countersign-bench jose CORPUS"_s};
    const auto corpus = readCorpus(arguments.first());
    if (!corpus)
        return corpus.error();
    const auto entries = corpus->requireObject("algs");
    if (!entries)
        return entries.error();
    for (const auto algorithm : {Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA}) {
        const auto entry = entries->object(name(algorithm));
        if (!entry)
            continue;
        if (const auto done = benchVerification(*corpus, *entry, algorithm); !done)
            return done;
    }
    const auto entry = entries->requireObject("RS256");
    return entry ? benchDecoding(*entry) : Result<void>(entry.error());
}

} // namespace Countersign::Bench
