// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/challenge.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

//! "Scheme(token68){name=value|name=value}" for each challenge, then the problems.
QString written(const ChallengeList &list)
{
    QStringList out;
    for (const auto &challenge : list.challenges) {
        QString text = challenge.scheme;
        if (!challenge.token68.isEmpty())
            text += u'(' + challenge.token68 + u')';
        QStringList parameters;
        for (const auto &parameter : challenge.parameters)
            parameters.append(QString(parameter.name + u'=' + parameter.value));
        out.append(parameters.isEmpty() ? text : QString(text + u'{' + parameters.join(u'|') + u'}'));
    }
    for (const auto &problem : list.problems)
        out.append(QString(u'!' + identifier(problem.kind)));
    return out.join(u' ');
}

constexpr char capability[] = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiY3AxIn19fQ==";
constexpr char contextC1[] = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";

ChallengeMeaning meaning(const QByteArray &field)
{
    const auto list = parseChallenges(field);
    return list.challenges.isEmpty() ? ChallengeMeaning() : meaningOf(list.challenges.first());
}

QStringList idsOf(const QList<ClaimsFinding> &findings)
{
    QStringList ids;
    for (const auto &finding : findings)
        ids.append(finding.id);
    return ids;
}

} // namespace

class TestChallenge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryFormOfTheGrammar_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &field, const QString &expected) {
            QTest::newRow(name) << field << expected;
        };
        row("RFC 9110 §11.6.1: two challenges, quoted-pair, quoted comma",
            "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\"",
            u"Basic{realm=simple} Newauth{realm=apps|type=1|title=Login to \"apps\"}"_s);
        row("RFC 9110 §11.6.1: a comma within quotes separates nothing", "Newauth title=\"a, Basic realm=x\"",
            u"Newauth{title=a, Basic realm=x}"_s);
        row("RFC 9110 §11.2: token68 with padding", "Negotiate YIIJhg+/~-._==, Basic realm=\"x\"",
            u"Negotiate(YIIJhg+/~-._==) Basic{realm=x}"_s);
        row("RFC 9110 §11.3: a scheme alone", "Negotiate, NTLM", u"Negotiate NTLM"_s);
        row("RFC 9110 §5.6.1.2: empty list elements", ", ,Basic realm=\"x\",, charset=\"UTF-8\" ,",
            u"Basic{realm=x|charset=UTF-8}"_s);
        row("RFC 9110 §5.6.4: an escaped backslash before the closing quote", "Basic realm=\"a\\\\\", b=\"c\"",
            QString::fromUtf8("Basic{realm=a\\|b=c}"));
        row("RFC 9110 §11.1: letter case carries no meaning", "bEARER ReAlM=x", u"bEARER{ReAlM=x}"_s);
        row("RFC 9110 §11.2: white space around '='", "Bearer realm = \"x\", scope =y",
            u"Bearer{realm=x|scope=y} !bad_white_space !bad_white_space !bad_white_space"_s);
        row("RFC 7616 §3.9.1: Digest",
            "Digest realm=\"a@b\", qop=\"auth, auth-int\", algorithm=SHA-256, nonce=\"7y/=\"",
            u"Digest{realm=a@b|qop=auth, auth-int|algorithm=SHA-256|nonce=7y/=}"_s);
        row("RFC 6750 §3",
            "Bearer realm=\"example\", error=\"invalid_token\", error_description=\"The access token expired\"",
            u"Bearer{realm=example|error=invalid_token|error_description=The access token expired}"_s);
        row("RFC 9470 §3", "Bearer error=\"insufficient_user_authentication\", max_age=\"5\", acr_values=\"myACR\"",
            u"Bearer{error=insufficient_user_authentication|max_age=5|acr_values=myACR}"_s);
        row("RFC 9449 §7.1", "DPoP algs=\"ES256 PS256\", error=\"use_dpop_nonce\"",
            u"DPoP{algs=ES256 PS256|error=use_dpop_nonce}"_s);
        row("RFC 9728 §5.1", "Bearer resource_metadata=\"https://r.example/.well-known/oauth-protected-resource\"",
            u"Bearer{resource_metadata=https://r.example/.well-known/oauth-protected-resource}"_s);
        row("an unquoted address is no token",
            "Bearer authorization_uri=https://login.example/common/oauth2/authorize, a=b",
            u"Bearer{authorization_uri=https://login.example/common/oauth2/authorize|a=b} !needs_quotes"_s);
        row("an unquoted base64 value keeps its padding",
            QByteArray("Bearer error=insufficient_claims, claims=") + capability,
            u"Bearer{error=insufficient_claims|claims="_s + QLatin1StringView(capability) + u"} !needs_quotes"_s);
        row("an empty value with a known name is no token68", "Bearer realm=, error=x",
            u"Bearer{realm=|error=x} !missing_value"_s);
        row("a missing comma", "Bearer realm=\"x\" error=\"y\"", u"Bearer{realm=x|error=y} !missing_comma"_s);
        row("a missing comma before another challenge", "Bearer realm=\"x\" Basic realm=\"y\"",
            u"Bearer{realm=x} Basic{realm=y} !missing_comma"_s);
        row("a quote that never ends", "Bearer realm=\"x, error=\"y", u"Bearer{realm=x, error=} !broken_quotes"_s);
        row("a quote at the end that never ends", "Bearer realm=\"x", u"Bearer{realm=x} !unterminated_quote"_s);
        row("JSON whose quotes are not escaped", "Bearer claims=\"{\"access_token\":{\"a\":[\"b,c\"]}}\", error=\"e\"",
            QString::fromUtf8("Bearer{claims={\"access_token\":{\"a\":[\"b,c\"]}}|error=e} !unescaped_quotes"));
        row("JSON without quotes around it", "Bearer claims={\"access_token\":{\"a\":null},\"b\":{}}, error=\"e\"",
            QString::fromUtf8("Bearer{claims={\"access_token\":{\"a\":null},\"b\":{}}|error=e} !needs_quotes"));
        row("JSON whose quotes are escaped", "Bearer claims=\"{\\\"access_token\\\":{\\\"a\\\":null}}\", error=\"e\"",
            QString::fromUtf8("Bearer{claims={\"access_token\":{\"a\":null}}|error=e}"));
        row("a parameter before any scheme", "realm=\"x\", Basic realm=\"y\"",
            u"{realm=x} Basic{realm=y} !missing_scheme"_s);
        row("the first of two of one name counts", "Bearer error=a, ERROR=b",
            u"Bearer{error=a|ERROR=b} !duplicate_parameter"_s);
        row("rubbish between challenges", "Basic realm=\"x\", (?), Bearer realm=\"y\"",
            u"Basic{realm=x} Bearer{realm=y} !unexpected_character"_s);
        row("UTF-8 in a quoted value", "Basic realm=\"Käse\"", u"Basic{realm=Käse} !not_ascii"_s);
        row("Latin-1 in a quoted value", "Basic realm=\"K\xe4se\"", u"Basic{realm=Käse} !not_ascii"_s);
        row("a control character", QByteArray("Basic realm=\"a\0b\"", 17),
            QString(u"Basic{realm=a"_s + QChar(0) + u"b} !control_character"_s));
        row("nothing", "", QString());
    }

    void readsEveryFormOfTheGrammar()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QString, expected);
        QCOMPARE(written(parseChallenges(field)), expected);
    }

    void severalFieldsAreOneListOfChallenges()
    {
        HttpAnswer answer;
        answer.status = 401;
        answer.headers = {{"WWW-Authenticate", "DPoP algs=\"ES256\""}, {"Date", "x"}, {"www-authenticate", "Bearer"}};
        QCOMPARE(written(parseChallenges(answer)), u"DPoP{algs=ES256} Bearer"_s);
    }

    void whatIsEncodedIsReadBack()
    {
        const Challenge challenge{.scheme = u"Bearer"_s,
                                  .parameters = {{.name = u"realm"_s, .value = QString::fromUtf8("a \"b\", \\c")},
                                                 {.name = u"error"_s, .value = u"x\r\nSet-Cookie: y"_s}}};
        const auto field = encode(challenge);
        QVERIFY(!field.contains('\n') && !field.contains('\r'));
        const auto read = parseChallenges(field);
        QVERIFY(read.problems.isEmpty());
        QCOMPARE(read.challenges.first().value(u"realm"), challenge.value(u"realm"));
        QCOMPARE(encode(Challenge{.scheme = u"Negotiate"_s, .token68 = u"ab=="_s}), QByteArray("Negotiate ab=="));
    }

    void hugeFieldsAreReadInPart()
    {
        const auto many = parseChallenges(QByteArray("a ").repeated(5000));
        QCOMPARE(many.challenges.size(), ChallengeList::maximumParts);
        QCOMPARE(many.problems.last().kind, ChallengeProblem::Kind::TooMany);
        const auto large =
            parseChallenges(QByteArray("Bearer realm=\"" + QByteArray(ChallengeList::maximumSize, 'x') + '"'));
        QCOMPARE(large.problems.first().kind, ChallengeProblem::Kind::TooLong);
    }

    void meaningsFollowTheErrorAndTheScheme_data()
    {
        using Demand = ChallengeMeaning::Demand;
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<Demand>("demand");
        QTest::newRow("RFC 6750 §3.1: no error") << QByteArray("Bearer realm=\"x\"") << Demand::Token;
        QTest::newRow("RFC 6750 §3.1: invalid_token")
            << QByteArray("Bearer error=\"invalid_token\"") << Demand::FreshToken;
        QTest::newRow("RFC 6750 §3.1: insufficient_scope")
            << QByteArray("Bearer error=\"insufficient_scope\", scope=\"a b\"") << Demand::Scope;
        QTest::newRow("RFC 6750 §3.1: invalid_request")
            << QByteArray("Bearer error=invalid_request") << Demand::Correction;
        QTest::newRow("RFC 9470 §3") << QByteArray("Bearer error=insufficient_user_authentication") << Demand::StepUp;
        QTest::newRow("RFC 9449 §9") << QByteArray("DPoP error=\"use_dpop_nonce\"") << Demand::Nonce;
        QTest::newRow("RFC 9449 §7.1") << QByteArray("DPoP error=\"invalid_dpop_proof\"") << Demand::Proof;
        QTest::newRow("Microsoft PoP") << QByteArray("PoP nonce=\"abc\"") << Demand::Nonce;
        QTest::newRow("Microsoft claims challenge")
            << QByteArray("Bearer error=\"insufficient_claims\", claims=\"" + QByteArray(contextC1) + '"')
            << Demand::Claims;
        QTest::newRow("claims beside invalid_token")
            << QByteArray("Bearer error=\"invalid_token\", claims=\"" + QByteArray(contextC1) + '"') << Demand::Claims;
        QTest::newRow("another scheme") << QByteArray("Basic realm=\"x\"") << Demand::Unknown;
        QTest::newRow("an error nobody knows") << QByteArray("Bearer error=\"tired\"") << Demand::Unknown;
    }

    void meaningsFollowTheErrorAndTheScheme()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const ChallengeMeaning::Demand, demand);
        QCOMPARE(meaning(field).demand, demand);
    }

    void entraClaimsChallengesAreDecoded()
    {
        const auto read = meaning(
            QByteArray(
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                "error=\"insufficient_claims\", claims=\"")
            + contextC1 + '"');
        QVERIFY(read.claims.has_value());
        QCOMPARE(read.claims->json, QByteArray("{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}"));
        QVERIFY(read.tenant.isEmpty());
        const auto vault = meaning(
            "Bearer authorization=\"https://login.windows.net/contoso.example\", resource=\"https://vault.azure.net\"");
        QCOMPARE(vault.tenant, u"contoso.example"_s);
        QCOMPARE(vault.resource, u"https://vault.azure.net"_s);
    }

    void claimsInJsonAreNotCutAtTheNextQuote()
    {
        const auto read = meaning("Bearer error=\"insufficient_claims\", "
                                  "claims=\"{\\\"access_token\\\":{\\\"nbf\\\":{\\\"essential\\\":true,\\\"value\\\":"
                                  "\\\"1702682181\\\"}}}\"");
        QVERIFY(read.claims.has_value());
        QCOMPARE(read.claims->json,
                 QByteArray("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1702682181\"}}}"));
        const auto broken = meaning("Bearer error=\"insufficient_claims\", claims=\"???\"");
        QCOMPARE(broken.demand, ChallengeMeaning::Demand::Claims);
        QCOMPARE(broken.unreadableClaims, u"???"_s);
    }

    void b65StepUpIsReadWithQuotedAndUnquotedAges()
    {
        const auto read =
            meaning("Bearer error=\"insufficient_user_authentication\", acr_values=\"high low\", max_age=5");
        QCOMPARE(read.acrValues, QStringList({u"high"_s, u"low"_s}));
        QCOMPARE(read.maxAge, std::chrono::seconds(5));
        QVERIFY(!meaning("Bearer error=insufficient_user_authentication, max_age=-1").maxAge);
        QVERIFY(!meaning("Bearer error=insufficient_user_authentication, max_age=\"5x\"").maxAge);
    }

    void b66MetadataOfAResourceComesFromItsOwnOriginOnly_data()
    {
        QTest::addColumn<QString>("named");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("same origin") << u"https://api.example/.well-known/oauth-protected-resource/v1"_s << true;
        QTest::newRow("same origin, default port") << u"https://api.example:443/x"_s << true;
        QTest::newRow("another host") << u"https://evil.example/x"_s << false;
        QTest::newRow("another port") << u"https://api.example:8443/x"_s << false;
        QTest::newRow("http") << u"http://api.example/x"_s << false;
        QTest::newRow("user info") << u"https://a@api.example/x"_s << false;
        QTest::newRow("relative") << u"/x"_s << false;
    }

    void b66MetadataOfAResourceComesFromItsOwnOriginOnly()
    {
        QFETCH(const QString, named);
        QFETCH(const bool, isAllowed);
        const auto read = meaning("Bearer resource_metadata=\"" + named.toUtf8() + '"');
        const auto url = resourceMetadataUrl(read, QUrl(u"https://api.example/v1/things"_s));
        QCOMPARE(url.hasValue(), isAllowed);
        if (!isAllowed)
            QCOMPARE(url.error().code(), ErrorCode::SecurityCheckFailed);
    }

    void pastedTextsAreUnderstood_data()
    {
        using Form = ChallengeDocument::Form;
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Form>("form");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("challenges");
        QTest::addColumn<QString>("claimsSource");
        const QByteArray field =
            "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + QByteArray(contextC1) + '"';
        const QString none;
        const auto row = [](const char *name, const QByteArray &text, Form form, int status, int count,
                            const QString &source) {
            QTest::newRow(name) << text << form << status << count << source;
        };
        row("a field's value", field, Form::Header, 0, 1, u"header"_s);
        row("a field", "WWW-Authenticate: " + field, Form::Header, 0, 1, u"header"_s);
        row("Microsoft's documentation", "HTTP 401; Unauthorized\n\nwww-authenticate =" + field, Form::Response, 401, 1,
            u"header"_s);
        row("curl -i", "HTTP/2 401 \r\ncontent-type: text/plain\r\nwww-authenticate: " + field + "\r\n\r\nno",
            Form::Response, 401, 1, u"header"_s);
        row("curl -v",
            "> GET / HTTP/1.1\n< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Basic realm=\"x\"\n< WWW-Authenticate: "
                + field,
            Form::Response, 401, 2, u"header"_s);
        row("a folded field",
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"\",\n "
            "error=\"insufficient_claims\",\n\tclaims=\""
                + QByteArray(contextC1) + '"',
            Form::Response, 401, 1, u"header"_s);
        row("ARM's error body",
            "{\"error\":{\"code\":\"RequestDisallowed\",\"message\":\"no\",\"additionalInfo\":[{\"type\":\"x\"},{"
            "\"type\":\"c\",\"info\":{\"claims\":\""
                + QByteArray(contextC1) + "\"}}]}}",
            Form::Json, 0, 0, u"error.additionalInfo[1].info.claims"_s);
        row("a response with ARM's error body",
            "HTTP/1.1 403 Forbidden\r\nWWW-Authenticate: Bearer error=\"insufficient_claims\"\r\n\r\n"
            "{\"error\":{\"code\":\"A\",\"additionalInfo\":[{\"info\":{\"claims\":\""
                + QByteArray(contextC1) + "\"}}]}}",
            Form::Response, 403, 1, u"error.additionalInfo[0].info.claims"_s);
        row("the token endpoint's error",
            "{\"error\":\"interaction_required\",\"error_codes\":[50079],\"claims\":\"{\\\"access_token\\\":{"
            "\\\"polids\\\":{\\\"essential\\\":true,\\\"Values\\\":[\\\"p\\\"]}}}\"}",
            Form::Json, 0, 0, u"claims"_s);
        row("a HAR entry",
            "{\"response\":{\"status\":401,\"headers\":[{\"name\":\"WWW-Authenticate\",\"value\":\"Bearer claims=\\\""
                + QByteArray(contextC1) + "\\\"\"}]}}",
            Form::Json, 401, 1, u"header"_s);
        row("fields as JSON", "{\"www-authenticate\":[\"Basic realm=x\",\"Bearer realm=y\"]}", Form::Json, 0, 2, none);
        row("claims in JSON", "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}", Form::Claims, 0, 0,
            u"text"_s);
        row("claims in base64", capability, Form::Claims, 0, 0, u"text"_s);
        row("claims without padding", QByteArray(capability).chopped(2), Form::Claims, 0, 0, u"text"_s);
        row("claims URL-encoded", "%7B%22access_token%22%3A%7B%22acrs%22%3Anull%7D%7D", Form::Claims, 0, 0, u"text"_s);
        row("a command line", "az login --tenant t --claims-challenge \"" + QByteArray(capability) + "\" --scope x",
            Form::Text, 0, 0, u"text"_s);
        row("a DPoP nonce alone", "HTTP/1.1 401 Unauthorized\r\nDPoP-Nonce: abc\r\n\r\n", Form::Response, 401, 0, none);
        row("several fields without names", "Basic realm=\"x\",\nBearer realm=\"y\"", Form::Header, 0, 2, none);
    }

    void pastedTextsAreUnderstood()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const ChallengeDocument::Form, form);
        QFETCH(const int, status);
        QFETCH(const int, challenges);
        QFETCH(const QString, claimsSource);
        const auto document = readChallenge(text);
        QVERIFY2(document.hasValue(), document ? "" : qPrintable(document.error().message()));
        QCOMPARE(identifier(document->form), identifier(form));
        QCOMPARE(document->status, status);
        QCOMPARE(int(document->challenges.size()), challenges);
        QCOMPARE(document->claims.isEmpty() ? QString() : document->claims.first().source, claimsSource);
        if (!document->claims.isEmpty())
            QVERIFY(ClaimsRequest::parse(document->claims.first().claims.json).hasValue());
    }

    void whatHoldsNoChallengeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("prose") << QByteArray("The quick brown fox jumps over the lazy dog.");
        QTest::newRow("a success") << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}");
        QTest::newRow("a token response")
            << QByteArray("{\"access_token\":\"eyJhbGciOiJub25lIn0.e30.\",\"token_type\":\"Bearer\"}");
        QTest::newRow("a token") << QByteArray("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.");
    }

    void whatHoldsNoChallengeIsRefused()
    {
        QFETCH(const QByteArray, text);
        const auto document = readChallenge(text);
        QVERIFY(!document.hasValue());
        QCOMPARE(document.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(!document.error().message().contains("eyJ"_L1));
    }

    void theMostUsefulChallengeIsNotTheFirst()
    {
        const auto document =
            readChallenge("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Negotiate, Basic realm=\"x\"\n"
                          "WWW-Authenticate: Bearer error=\"insufficient_user_authentication\", max_age=5\n");
        QVERIFY(document.hasValue());
        QVERIFY(document->mostUseful());
        QCOMPARE(document->mostUseful()->value(u"max_age"), u"5"_s);
    }

    void lintNamesWhatWillNotWork_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("ids");
        const QByteArray claims = "claims=\"" + QByteArray(contextC1) + '"';
        QTest::newRow("nothing wrong") << QByteArray(
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"insufficient_claims\", " + claims)
                                       << QStringList();
        QTest::newRow("the example of Microsoft's documentation")
            << QByteArray("HTTP 401; Unauthorized\nwww-authenticate =Bearer error=\"insufficient_claims\", claims=\""
                          + QByteArray(capability) + '"')
            << QStringList{u"capability_as_acrs"_s};
        QTest::newRow("another status") << QByteArray(
            "HTTP/1.1 403 Forbidden\nWWW-Authenticate: Bearer error=\"insufficient_claims\", " + claims)
                                        << QStringList{u"status"_s};
        QTest::newRow("no claims") << QByteArray("Bearer error=\"insufficient_claims\"")
                                   << QStringList{u"claims_missing"_s};
        QTest::newRow("claims that are none")
            << QByteArray("Bearer error=\"insufficient_claims\", claims=\"?\"") << QStringList{u"claims_unreadable"_s};
        QTest::newRow("no error") << QByteArray("Bearer " + claims) << QStringList{u"error_not_insufficient_claims"_s};
        QTest::newRow("JSON in the field") << QByteArray(
            "Bearer error=\"insufficient_claims\", "
            "claims=\"{\\\"access_token\\\":{\\\"acrs\\\":{\\\"essential\\\":true,\\\"value\\\":\\\"c1\\\"}}}\"")
                                           << QStringList{u"claims_not_base64"_s};
        QTest::newRow("tenants differ") << QByteArray("Bearer realm=\"11111111-1111-1111-1111-111111111111\", "
                                                      "authorization_uri=\"https://login.microsoftonline.com/"
                                                      "22222222-2222-2222-2222-222222222222/oauth2/authorize\"")
                                        << QStringList{u"tenant_mismatch"_s};
        QTest::newRow("a realm with common") << QByteArray(
            "Bearer realm=\"x\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"")
                                             << QStringList{u"realm_with_common"_s};
        QTest::newRow("RFC 9470 without acr_values and max_age")
            << QByteArray("Bearer error=\"insufficient_user_authentication\"") << QStringList{u"step_up_empty"_s};
        QTest::newRow("RFC 6750 §3.1: scope in a 401")
            << QByteArray("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"insufficient_scope\"")
            << QStringList{u"scope_missing"_s, u"status"_s};
        QTest::newRow("RFC 9449 §8 without its nonce")
            << QByteArray("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"")
            << QStringList{u"nonce_missing"_s};
        QTest::newRow("grammar") << QByteArray("Bearer realm=\"x\" error=\"invalid_token\"")
                                 << QStringList{u"missing_comma"_s};
    }

    void lintNamesWhatWillNotWork()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QStringList, ids);
        const auto document = readChallenge(text);
        QVERIFY(document.hasValue());
        QCOMPARE(idsOf(lint(*document)), ids);
    }
};

QTEST_GUILESS_MAIN(TestChallenge)
#include "tst_challenge.moc"
