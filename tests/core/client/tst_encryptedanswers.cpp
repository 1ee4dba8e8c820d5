// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/jose/jwe.h>
#include <countersign/jose/jwtencryption.h>
#include <countersign/useragent/pastebackagent.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;
using UserInfoOutcome = Outcome<UserInfo>;

namespace {

const Jose::Jwk &decryptionKey()
{
    static const auto key = Jose::Jwk::generate(Jose::JwkKind::P256, u"open-1"_s)->withUse(Jose::KeyUse::Encryption);
    return key;
}

Jose::JwtEncryption registered()
{
    return {.keyManagement = Jose::KeyManagement::EcdhEs,
            .encryption = Jose::ContentEncryption::A128CbcHs256,
            .keys = Jose::JwkSet({decryptionKey()})};
}

QByteArray encrypted(const QByteArray &token, const QString &contentType = u"JWT"_s,
                     Jose::ContentEncryption encryption = Jose::ContentEncryption::A128CbcHs256)
{
    SystemRandom random;
    return *Jose::encryptCompact({.keyManagement = Jose::KeyManagement::EcdhEs,
                                  .encryption = encryption,
                                  .contentType = contentType,
                                  .keyId = u"open-1"_s},
                                 token, decryptionKey().publicJwk(), random);
}

//! With another signature.
QByteArray broken(QByteArray token)
{
    const auto at = token.size() - 10;
    token[at] = token.at(at) == 'A' ? 'B' : 'A';
    return token;
}

//! Without one, and saying so.
QByteArray withoutSignature(const QByteArray &token)
{
    const auto parts = token.split('.');
    return QByteArray(R"({"alg":"none","typ":"JWT"})")
               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        + '.' + parts.value(1) + '.';
}

//! What somebody did to a signed answer on its way.
enum class Change {
    None,
    Encrypted,
    EncryptedOtherwise, //!< than was registered
    EncryptedWithoutSignature,
    EncryptedAndBroken,
    Broken,
    Unsigned,
    Garbage
};

QByteArray changed(const QByteArray &token, Change change)
{
    switch (change) {
    case Change::None: return token;
    case Change::Encrypted: return encrypted(token);
    case Change::EncryptedOtherwise: return encrypted(token, u"JWT"_s, Jose::ContentEncryption::A256Gcm);
    case Change::EncryptedWithoutSignature: return encrypted(R"({"sub":"x"})", {});
    case Change::EncryptedAndBroken: return encrypted(broken(token));
    case Change::Broken: return broken(token);
    case Change::Unsigned: return withoutSignature(token);
    case Change::Garbage: return "a.b.c.d.e";
    }
    Q_UNREACHABLE();
}

void addCases()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<bool>("isRegistered");
    QTest::addColumn<int>("code"); // -1: accepted
    // Nobody can see that it belongs to the sign-in: it must not end it.
    QTest::addColumn<bool>("isStray");
    const auto row = [](const char *name, Change change, bool isRegistered, ErrorCode code, bool isStray = false) {
        QTest::newRow(name) << int(change) << isRegistered << int(code) << isStray;
    };
    const auto refused = ErrorCode::SecurityCheckFailed;
    QTest::newRow("B.73 encrypted and signed") << int(Change::Encrypted) << true << -1 << false;
    QTest::newRow("signed, and nothing else was registered") << int(Change::None) << false << -1 << false;
    row("B.73 encryption is missing", Change::None, true, refused);
    row("B.73 no key here", Change::Encrypted, false, ErrorCode::NotSupported, true);
    row("B.73 encrypted otherwise than registered", Change::EncryptedOtherwise, true, refused, true);
    row("B.73 not signed within", Change::EncryptedWithoutSignature, true, refused, true);
    row("B.60 B.89 signature broken within", Change::EncryptedAndBroken, true, refused);
    row("B.60 B.89 signature broken", Change::Broken, false, refused);
    row("B.60 B.89 alg none", Change::Unsigned, false, refused);
    row("garbage in five parts", Change::Garbage, true, ErrorCode::InvalidResponse, true);
}

} // namespace

//! Answers of the authorization endpoint (JARM) and of UserInfo that are signed and, where that was registered,
//! encrypted; the ID token's own are in tst_signedrequests.
class TestEncryptedAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! JARM §2.2.
    void authorizationAnswers_data() { addCases(); }
    void authorizationAnswers()
    {
        QFETCH(int, change);
        QFETCH(bool, isRegistered);
        QFETCH(int, code);
        QFETCH(bool, isStray);
        QUrl shown;
        PasteBackAgent paste([&shown](const QUrl &page) { shown = page; });
        ClientFixture f;
        if (isRegistered)
            f.configuration.responseEncryption = registered();
        auto parameters = f.signIn();
        parameters.agent = &paste;
        parameters.responseMode = ResponseMode::QueryJwt;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(!shown.isEmpty());
        const auto answer = ClientFixture::answerFor(shown);
        QVERIFY(answer.startsWith("response="));
        const QByteArray redirect = CountersignSandbox::Parameters::decode(shown.query(QUrl::FullyEncoded).toLatin1())
                                        .value(u"redirect_uri")
                                        .toLatin1();
        const QByteArray address = redirect + "?response=" + changed(answer.sliced(9), Change(change));
        QCOMPARE(paste.paste(address).hasValue(), !isStray);
        if (isStray) {
            QTest::qWait(50);
            QVERIFY(!signIn.isThere());
            QCOMPARE(f.requestsTo(u"POST token"_s), 0);
            return f.dropClient();
        }
        QTRY_VERIFY(signIn.isThere());
        QCOMPARE(signIn.failed() ? int(signIn.error().code()) : -1, code);
        if (code >= 0) {
            QTest::qWait(50);
            QCOMPARE(f.requestsTo(u"POST token"_s), 0);
            QVERIFY(f.store.content().bytes.isEmpty());
        }
    }

    //! OpenID Connect Core §5.3.2.
    void userInfoAnswers_data()
    {
        addCases();
        // Neither signed nor encrypted, which is what most send: not from one that was told to encrypt.
        QTest::newRow("JSON") << -1 << false << -1 << false;
        QTest::newRow("B.73 JSON where encryption was registered")
            << -1 << true << int(ErrorCode::SecurityCheckFailed) << false;
    }
    void userInfoAnswers()
    {
        QFETCH(int, change);
        QFETCH(bool, isRegistered);
        QFETCH(int, code);
        ClientFixture f;
        if (isRegistered)
            f.configuration.userInfoEncryption = registered();
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto &account = signIn.value().account;
        if (change >= 0) {
            const QJsonObject claims{{u"iss"_s, f.sandbox.issuer()},
                                     {u"aud"_s, u"sandbox-native"_s},
                                     {u"sub"_s, account.id.homeAccountId.value}};
            auto &keys = f.sandbox.context().keys;
            const QJsonObject header{{u"alg"_s, u"RS256"_s}, {u"kid"_s, keys.keyId(Jose::Algorithm::RS256)}};
            const auto token = keys.sign(Jose::Algorithm::RS256, header, CountersignSandbox::compactJson(claims));
            QVERIFY(
                f.sandbox.hooks().set(HookPoint::UserInfo,
                                      QJsonObject{{u"contentType"_s, u"application/jwt"_s},
                                                  {u"body"_s, QString::fromLatin1(changed(token, Change(change)))}}));
        }
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY(asked.isThere());
        QCOMPARE(asked.failed() ? int(asked.error().code()) : -1, code);
        QCOMPARE(asked.succeeded() && asked.value().isSigned, code < 0 && change >= 0);
    }

    void aPublicKeyOpensNothing()
    {
        ClientFixture f;
        auto open = registered();
        open.keys = Jose::JwkSet({decryptionKey().publicJwk()});
        for (auto member : {&ClientConfiguration::idTokenEncryption, &ClientConfiguration::userInfoEncryption,
                            &ClientConfiguration::responseEncryption}) {
            auto configuration = f.configuration;
            configuration.*member = open;
            const auto client = PublicClient::create(configuration, f.services());
            QVERIFY(!client);
            QCOMPARE(client.error().code(), ErrorCode::InvalidArgument);
        }
    }
};

QTEST_GUILESS_MAIN(TestEncryptedAnswers)
#include "tst_encryptedanswers.moc"
