// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>
#include <countersign/storage/foreigncache.h>

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

const QString client = u"app"_s;
const QString tenant = u"contoso"_s;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

//! One of the MSALs as a program of its own.
class Msal
{
public:
    Msal(QString program, QString script) : m_program(std::move(program)), m_script(std::move(script)) { }

    bool run(const QStringList &arguments)
    {
        QProcess process;
        process.start(m_program, QStringList{m_script} + arguments);
        const bool isOver = process.waitForFinished(60000);
        m_output = process.readAllStandardOutput();
        m_problem = process.readAllStandardError();
        return isOver && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }
    //! Username and token of every account in \p path.
    QMap<QString, QString> find(const QString &path, const QString &scope)
    {
        QMap<QString, QString> found;
        if (!run({u"find"_s, path, client, tenant, scope}))
            return found;
        const auto list = QJsonDocument::fromJson(m_output).array();
        for (const auto item : list)
            found.insert(item.toObject().value("username"_L1).toString(), item.toObject().value("token"_L1).toString());
        return found;
    }
    const char *problem() const { return m_problem.constData(); }

private:
    QString m_program;
    QString m_script;
    QByteArray m_output;
    QByteArray m_problem;
};

SilentQuery queryFor(const char *home, const QString &scope)
{
    SilentQuery query;
    query.clientId = {client};
    query.environments = {{u"login.microsoftonline.com"_s}, {u"login.windows.net"_s}};
    query.realm = tenant;
    query.homeAccountId = {QString::fromLatin1(home)};
    query.scopes = {scope};
    return query;
}

TokenGrant ourGrant()
{
    const auto now = QDateTime::currentDateTimeUtc();
    TokenGrant grant;
    grant.clientId = {client};
    grant.environment = {u"login.microsoftonline.com"_s};
    grant.realm = tenant;
    grant.homeAccountId = {u"ada.contoso"_s};
    grant.localAccountId = {u"ada"_s};
    grant.username = u"adä@example.com"_s;
    grant.name = u"Ada \"Countess\" Lovelace"_s;
    grant.authorityType = u"MSSTS"_s;
    grant.requestedScopes = {u"s1"_s};
    grant.grantedScopes = {u"s1"_s, u"s2"_s};
    grant.accessToken = Secret::copyOf("from Countersign");
    grant.refreshToken = Secret::copyOf("a refresh token of Countersign");
    const QByteArray claims = R"({"aud":"app","iss":"i","sub":"ada","oid":"ada","tid":"contoso",)"
                              R"("preferred_username":"adä@example.com","exp":)"
        + QByteArray::number(now.toSecsSinceEpoch() + 3600) + "}";
    grant.idToken = Secret("eyJhbGciOiJub25lIn0." + claims.toBase64(QByteArray::Base64UrlEncoding) + ".c2ln");
    grant.expiresAt = now.addSecs(3600);
    return grant;
}

} // namespace

//! One file, three libraries: whoever wrote it, the others find accounts and tokens in it.
class TestMsalCaches final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const QString node = QStandardPaths::findExecutable(u"node"_s);
        const QString folder = QStringLiteral(COUNTERSIGN_MSAL_NODE_FOLDER);
        if (!node.isEmpty() && QFile::exists(folder + u"/node_modules/@azure/msal-node/package.json"_s))
            m_node.emplace(node, folder + u"/msalnode.mjs"_s);
        // The system's own Python comes first: only that one sees the system's packages.
        for (const auto &candidate : {u"/usr/bin/python3"_s, QStandardPaths::findExecutable(u"python3"_s)}) {
            if (m_python || QProcess::execute(candidate, {u"-c"_s, u"import msal"_s}) != 0)
                continue;
            m_python.emplace(candidate, QStringLiteral(COUNTERSIGN_MSAL_PYTHON_SCRIPT));
        }
    }

    void c12WhatWeStoreIsWhatMsalPythonStores()
    {
        Msal &python = requiredPython();
        const QString path = file(u"contract"_s);
        QVERIFY2(python.run({u"contract"_s, path}), python.problem());
        const QByteArray theirs = contentOf(path);
        const auto read = TokenCache::deserialize(QByteArrayView(theirs));
        QVERIFY(read);
        TokenGrant grant;
        grant.clientId = {u"my_client_id"_s};
        grant.environment = {u"login.example.com"_s};
        grant.realm = u"contoso"_s;
        grant.homeAccountId = {u"uid.utid"_s};
        grant.localAccountId = {u"object1234"_s};
        grant.username = u"John Doe"_s;
        grant.authorityType = u"MSSTS"_s;
        grant.requestedScopes = grant.grantedScopes = ScopeSet::parse(u"s2 s1 s3");
        grant.accessToken = Secret::copyOf("an access token");
        grant.refreshToken = Secret::copyOf("a refresh token");
        grant.idToken = read->idTokens().front().secret();
        const auto at = QDateTime::fromSecsSinceEpoch(1000, Qt::UTC);
        grant.expiresAt = at.addSecs(3600);
        TokenCache ours;
        ours.merge(grant, at);
        QCOMPARE(ours.serialize(), theirs);
    }

    void msalPythonReadsOurs()
    {
        Msal &python = requiredPython();
        const QString path = ourFile();
        const auto found = python.find(path, u"s1"_s);
        QVERIFY2(!found.isEmpty(), python.problem());
        QCOMPARE(found, (QMap<QString, QString>{{u"adä@example.com"_s, u"from Countersign"_s}}));
        // Read and written by it, not a byte differs, our own sections included.
        const QByteArray before = contentOf(path);
        QVERIFY(before.contains("CountersignAccounts"));
        QVERIFY2(python.run({u"rewrite"_s, path}), python.problem());
        QCOMPARE(contentOf(path), before);
    }

    void weReadMsalPythons()
    {
        Msal &python = requiredPython();
        const QString path = ourFile();
        QVERIFY2(python.run({u"add"_s, path}), python.problem());
        auto cache = ForeignCache::open(path);
        QVERIFY(cache);
        QCOMPARE(cache->cache().accounts().size(), 2);
        QCOMPARE(cache->cache().accounts().last().username, u"zoë@example.com"_s);
        expectToken(cache->cache(), "zoe.contoso", "from MSAL Python");
        expectToken(cache->cache(), "ada.contoso", "from Countersign");
        QCOMPARE(cache->cache().refreshTokens().size(), 2U);
        QCOMPARE(cache->cache().history(adaId()).size(), 1);
        // What we do not touch, we write as it was.
        TokenCache copy = cache->cache();
        QCOMPARE(copy.serialize(), contentOf(path));
    }

    void msalNodeReadsOurs()
    {
        Msal &node = requiredNode();
        if (!m_node)
            QSKIP("npm or node is missing: MSAL Node is not here");
        const QString path = ourFile();
        const auto found = node.find(path, u"s1"_s);
        QVERIFY2(!found.isEmpty(), node.problem());
        QCOMPARE(found, (QMap<QString, QString>{{u"adä@example.com"_s, u"from Countersign"_s}}));
        QVERIFY2(node.run({u"rewrite"_s, path}), node.problem());
        const auto again = TokenCache::deserialize(QByteArrayView(contentOf(path)));
        QVERIFY(again);
        expectToken(*again, "ada.contoso", "from Countersign");
        QCOMPARE(again->refreshTokens().size(), 1U);
        QCOMPARE(again->accounts().first().name, u"Ada \"Countess\" Lovelace"_s);
    }

    void weReadMsalNodes()
    {
        Msal &node = requiredNode();
        if (!m_node)
            QSKIP("npm or node is missing: MSAL Node is not here");
        const QString path = file(u"node"_s);
        QFile::remove(path);
        QVERIFY2(node.run({u"add"_s, path}), node.problem());
        auto cache = TokenCache::deserialize(QByteArrayView(contentOf(path)));
        QVERIFY(cache);
        QCOMPARE(cache->accounts().size(), 1);
        QCOMPARE(cache->accounts().first().name, u"Nora Ñ"_s);
        expectToken(*cache, "nora.contoso", "from MSAL Node");
        const AccountId nora{{u"nora.contoso"_s}, {u"login.windows.net"_s}};
        const auto candidates = cache->findRefreshTokens(nora, {client});
        QCOMPARE(candidates.size(), 1U);
        QVERIFY(candidates.front().token.secret() == Secret::copyOf("a refresh token of Node"));
        // Another person signs in with us; MSAL Node finds both, and its own members are still there.
        cache->merge(ourGrant(), QDateTime::currentDateTimeUtc());
        const QByteArray written = cache->serialize();
        QVERIFY(written.contains("tenantProfiles"));
        QVERIFY(write(path, written));
        const auto found = node.find(path, u"s1"_s);
        QCOMPARE(found,
                 (QMap<QString, QString>{{u"adä@example.com"_s, u"from Countersign"_s},
                                         {u"nora@example.com"_s, u"from MSAL Node"_s}}));
    }

    void theAzureClisFileSurvives()
    {
        const QString path = QStringLiteral(COUNTERSIGN_TEST_DATA "/cache/azurecli.json");
        auto cache = ForeignCache::open(path);
        QVERIFY(cache);
        QCOMPARE(cache->cache().accounts().size(), 1);
        QCOMPARE(cache->cache().accounts().first().username, u"ada@contoso.example"_s);
        TokenCache copy = cache->cache();
        QCOMPARE(copy.serialize(), contentOf(path));
        // Another client of the family may use its refresh token (C7).
        const AccountId ada{{u"ada.contoso"_s}, {u"login.microsoftonline.com"_s}};
        QCOMPARE(copy.findRefreshTokens(ada, {u"another"_s}).size(), 1U);
        QVERIFY(copy.findRefreshTokens(ada, {u"another"_s}).front().isFamilyProbe);
        copy.merge(ourGrant(), QDateTime::currentDateTimeUtc());
        const QByteArray changed = copy.serialize();
        QVERIFY(changed.contains("\"customized\": {\n        \"kept\": [\n            1,\n            null,"));
        QVERIFY(changed.contains("a service principal's token"));
        Msal &python = requiredPython();
        const QString mixed = file(u"mixed"_s);
        QVERIFY(write(mixed, changed));
        QCOMPARE(python.find(mixed, u"s1"_s).value(u"adä@example.com"_s), u"from Countersign"_s);
    }

private:
    Msal &requiredPython()
    {
        if (!m_python)
            qFatal("python3-msal is missing: install it, for example with ./dev deps");
        return *m_python;
    }
    Msal &requiredNode()
    {
        static Msal none({}, {});
        return m_node ? *m_node : none;
    }
    QString file(const QString &name) const { return m_folder.filePath(name + u".json"_s); }
    static AccountId adaId() { return {{u"ada.contoso"_s}, {u"login.microsoftonline.com"_s}}; }
    QString ourFile() const
    {
        TokenCache cache;
        const auto now = QDateTime::currentDateTimeUtc();
        cache.merge(ourGrant(), now);
        cache.addEvent(adaId(), {.kind = AccountEvent::Kind::SignedIn, .at = now, .clientId = {client}});
        QString path = file(u"ours"_s);
        return write(path, cache.serialize()) ? path : QString();
    }
    static void expectToken(const TokenCache &cache, const char *home, const char *token)
    {
        const auto found = findFreshToken(cache, queryFor(home, u"s1"_s), QDateTime::currentDateTimeUtc());
        QVERIFY(found);
        QCOMPARE(found->secret().reveal(), QByteArrayView(token));
    }

    QTemporaryDir m_folder;
    std::optional<Msal> m_python;
    std::optional<Msal> m_node;
};

QTEST_GUILESS_MAIN(TestMsalCaches)
#include "tst_msalcaches.moc"
