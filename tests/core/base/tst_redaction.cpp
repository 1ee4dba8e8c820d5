// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

#include <cstdlib>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

QString *sink = nullptr;

void intoTheSink(QtMsgType, const QMessageLogContext &, const QString &message)
{
    *sink += message;
}

//! Made before the rules are, so it goes after everything that was made with them: libraries log even then.
class LastWords
{
public:
    ~LastWords()
    {
        const QString text = u"the end, access_token=CANARY0CANARY0 of ada@example.org"_s;
        if (wasUsed && withoutPersonalData(redacted(text)).contains(QRegularExpression(u"CANARY|ada@"_s)))
            std::_Exit(1);
    }
    bool wasUsed = false;
};
LastWords lastWords;

//! A text, and what of it is secret; nothing where it is all to be read.
struct Sample
{
    const char *name;
    QString text;
    QString canary;
};

QList<Sample> secretTexts()
{
    QList<Sample> samples;
    const auto row = [&samples](const char *name, const QString &text, const QString &canary) {
        samples.append({name, text, canary});
    };
    row("a form", u"grant_type=authorization_code&code=CANARY1&redirect_uri=x"_s, u"CANARY1"_s);
    row("a query", u"GET /cb?state=CANARY2&iss=x"_s, u"CANARY2"_s);
    row("JSON", u"{\"access_token\":\"CANARY3\",\"token_type\":\"Bearer\"}"_s, u"CANARY3"_s);
    row("JSON with blanks", u"{\"refresh_token\" : \"CANARY4\"}"_s, u"CANARY4"_s);
    row("escaped JSON", u"\"{\\\"id_token\\\":\\\"CANARY5\\\"}\""_s, u"CANARY5"_s);
    row("an authorization header", u"Authorization: Basic CANARY6=="_s, u"CANARY6"_s);
    row("a bearer token", u"sent Bearer CANARY7CANARY7"_s, u"CANARY7"_s);
    row("a cookie", u"Set-Cookie: sid=CANARY8; Path=/"_s, u"CANARY8"_s);
    row("a proof", u"DPoP: CANARY9"_s, u"CANARY9"_s);
    row("a JWT", u"eyJhbGciOiJSUzI1NiJ9CANARY.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"_s, u"CANARY"_s);
    row("a private key", u"-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"_s, u"CANARY"_s);
    row("a verifier", u"code_verifier=CANARYx"_s, u"CANARYx"_s);
    row("a device code", u"device_code: CANARYy"_s, u"CANARYy"_s);
    row("a password with a space after", u"password=CANARYz next"_s, u"CANARYz"_s);
    row("a long opaque string", u"got 0aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC9dCANARY"_s, u"CANARY"_s);
    row("percent-encoded", u"client_secret%3DCANARYp"_s, u"CANARYp"_s);
    row("a value after a sentence's word", u"the request: token: CANARYa"_s, u"CANARYa"_s);
    row("a short code with a digit", u"the code: can4ry"_s, u"can4ry"_s);
    row("a one-time code", u"the code: 482913"_s, u"482913"_s);
    row("capitals within", u"state: cAnary"_s, u"cAnary"_s);
    row("a long one of small letters", u"nonce: canarycanarycanarycanarycanaryca"_s, u"canary"_s);
    row("one of several words", u"the token: canary-horse-battery"_s, u"canary"_s);
    row("a plain word with a quoted name", u"{\"code\":\"canary\"}"_s, u"canary"_s);
    row("a plain word in a form", u"grant&code=canary&x"_s, u"canary"_s);
    row("a password may be a word", u"the password: canary was wrong"_s, u"canary"_s);
    row("a passphrase, too", u"passphrase: canary"_s, u"canary"_s);
    row("a client's secret, too", u"client_secret: canary"_s, u"canary"_s);
    row("a secret by its name", u"secret: canary"_s, u"canary"_s);
    row("a bearer token in a header", u"Authorization: Bearer canaries"_s, u"canaries"_s);
    row("a Qt pair", u"QPair(\"client_assertion\", \"CANARYq\")"_s, u"CANARYq"_s);
    return samples;
}

QList<Sample> plainTexts()
{
    QList<Sample> samples;
    const auto row = [&samples](const char *name, const QString &text) { samples.append({name, text, {}}); };
    row("a sentence", u"The provider answered 400 to the token request of https://login.example.com/token."_s);
    row("an issuer",
        u"issuer does not match https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"_s);
    row("a scope", u"scope=openid profile offline_access"_s);
    row("a nonce in a sentence", u"the nonce: differs from the one that was sent"_s);
    row("a token in a sentence", u"access token: acrs belongs under access_token"_s);
    row("a quoted word", u"another kind of token: \"typ\" keeps one use from passing for another"_s);
    row("a secret in a sentence", u"The value is a secret: give @FILE, or - for standard input."_s);
    row("a request", u"the token answers another request: this one carried no nonce"_s);
    row("an error code", u"the error code: invalid_grant"_s);
    row("an exit code", u"ended with exit code: 124"_s);
    row("a state", u"state: signed-out"_s);
    row("a scheme", u"the API wants Bearer authentication"_s);
    row("RFC 9728 §5.1", u"Bearer resource_metadata=\"https://api.example/x\""_s);
    row("a file", u"That is what the tools keep in ~/.azure/msal_token_cache.json."_s);
    row("an error", u"error=invalid_grant error_uri=https://example.com/help"_s);
    return samples;
}

} // namespace

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! Its outcome is the exit code of this program.
    void secretsDoNotPassWhileTheProcessEndsEither() { lastWords.wasUsed = !redacted(u"access_token=x"_s).isEmpty(); }
    void secretsNeverPass_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canary");
        for (const auto &sample : secretTexts())
            QTest::newRow(sample.name) << sample.text << sample.canary;
    }
    void secretsNeverPass()
    {
        QFETCH(QString, text);
        QFETCH(QString, canary);
        QVERIFY(text.contains(canary));
        QVERIFY2(!redacted(text).contains(canary), qPrintable(redacted(text)));
        QVERIFY(redacted(text).contains(u"<redacted "_s));
    }

    void plainTextStaysReadable_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &sample : plainTexts())
            QTest::newRow(sample.name) << sample.text;
    }
    void plainTextStaysReadable()
    {
        QFETCH(QString, text);
        QCOMPARE(redacted(text), text);
    }

    void noSentenceHidesASecretBesideIt()
    {
        for (const auto &secret : secretTexts()) {
            for (const auto &plain : plainTexts()) {
                for (const auto *between : {" ", ": ", "\n", ", "}) {
                    const auto separator = QString::fromLatin1(between);
                    const QString before = plain.text + separator + secret.text;
                    const QString after = secret.text + separator + plain.text;
                    QVERIFY2(!redacted(before).contains(secret.canary), qPrintable(redacted(before)));
                    QVERIFY2(!redacted(after).contains(secret.canary), qPrintable(redacted(after)));
                }
            }
        }
    }

    void noSentenceOfOursIsTakenForASecret()
    {
        static const QRegularExpression literals(u"(?:u?\"(?:[^\"\\\\\\n]|\\\\.)*\"\\s*)+"_s);
        static const QRegularExpression parts(u"\"((?:[^\"\\\\\\n]|\\\\.)*)\""_s);
        static const QRegularExpression placeholder(u"%[0-9n]"_s);
        int sentences = 0;
        for (const auto *folder : {"core", "app", "ui"}) {
            QDirIterator files(QStringLiteral(SOURCE_TREE "/") + QString::fromLatin1(folder), {u"*.cpp"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto source = QString::fromUtf8(file.readAll());
                for (auto found = literals.globalMatch(source); found.hasNext();) {
                    QString text;
                    const auto literal = found.next().captured();
                    for (auto part = parts.globalMatch(literal); part.hasNext();)
                        text += part.next().captured(1);
                    text.replace(u"\\\""_s, u"\""_s).replace(u"\\n"_s, u"\n"_s).replace(placeholder, u"word"_s);
                    if (text.count(u' ') < 3 || !text.endsWith(u'.'))
                        continue;
                    ++sentences;
                    QVERIFY2(redacted(text) == text, qPrintable(file.fileName() + u": "_s + redacted(text)));
                }
            }
        }
        QVERIFY(sentences > 500);
    }

    void aUrlLosesUserInfoQueryAndFragment()
    {
        QCOMPARE(redacted(QUrl(u"https://u:p@example.com:8443/a/b?code=x#access_token=y"_s)),
                 u"https://example.com:8443/a/b"_s);
    }

    void theSinkRedactsEveryCategory()
    {
        QString written;
        sink = &written;
        const auto before = qInstallMessageHandler(intoTheSink);
        installRedactingLogSink();
        installRedactingLogSink();
        qCWarning(lcHttp) << "body" << u"refresh_token=CANARY"_s;
        qWarning("Qt's own: access_token=%s", "CANARY");
        qInstallMessageHandler(before);
        QVERIFY(written.contains(u"refresh_token="_s));
        QVERIFY2(!written.contains(u"CANARY"_s), qPrintable(written));
    }

    void personalDataIsTakenOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canary");
        QTest::newRow("a mail address") << u"account ada@contoso.example was found"_s << u"ada@contoso"_s;
        QTest::newRow("an encoded one") << u"GET /x?hint=ada%40contoso.example"_s << u"ada"_s;
        QTest::newRow("login_hint") << u"login_hint=ada&prompt=login"_s << u"=ada"_s;
        QTest::newRow("a claim") << u"{\"preferred_username\":\"ada\",\"x\":1}"_s << u"ada"_s;
        QTest::newRow("an object id") << u"oid: 4c0f3b1a-canary"_s << u"canary"_s;
        QTest::newRow("routing") << u"X-AnchorMailbox: Oid:uid@utid"_s << u"uid"_s;
    }

    void personalDataIsTakenOut()
    {
        QFETCH(QString, text);
        QFETCH(QString, canary);
        QVERIFY(text.contains(canary));
        QVERIFY2(!withoutPersonalData(text).contains(canary), qPrintable(withoutPersonalData(text)));
        QCOMPARE(withoutPersonalData(u"POST https://op.example/token 200 12 ms"),
                 u"POST https://op.example/token 200 12 ms"_s);
    }

    void personalDataNeedsConsent()
    {
        QCOMPARE(personal(u"ada@example.com"), u"<personal, 15>"_s);
        setPersonalDataLogged(true);
        QCOMPARE(personal(u"ada@example.com"), u"ada@example.com"_s);
        setPersonalDataLogged(false);
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
