// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/presets.h>
#include <countersign/protocol/scopes.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestPresets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPresetIsCompleteInEveryLanguage();
    void everyPresetMakesAProfileThatCanSignIn();
    void aMissingFieldIsNamed();
    void aDraftHoldsWhatIsKnown();
    void entraNeedsNoTenant();
    void auth0KeepsItsSlash();
    void anIssuerIsRecognised_data();
    void anIssuerIsRecognised();
};

void TestPresets::everyPresetIsCompleteInEveryLanguage()
{
    QStringList ids;
    for (const auto &preset : providerPresets()) {
        QVERIFY2(!ids.contains(preset.id), qPrintable(preset.id));
        ids.append(preset.id);
        QVERIFY(!preset.name.isEmpty() && !preset.fields.isEmpty() && !preset.knows.isEmpty());
        for (const auto &field : preset.fields) {
            QVERIFY2(field.label.has(u"en"_s) && field.label.has(u"de"_s), qPrintable(preset.id));
            QVERIFY2(!field.example.isEmpty(), qPrintable(preset.id));
        }
        for (const auto &fact : preset.knows)
            QVERIFY2(fact.has(u"en"_s) && fact.has(u"de"_s), qPrintable(preset.id));
        QVERIFY2(preset.console.isEmpty() || preset.console.scheme() == "https"_L1, qPrintable(preset.id));
        // Every placeholder has a field that fills it.
        auto issuer = preset.issuerTemplate;
        for (const auto &field : preset.fields)
            issuer.remove(u'{' + field.id + u'}');
        QVERIFY2(!issuer.contains(u'{'), qPrintable(preset.id));
    }
    for (const auto *wanted : {"entra", "google", "keycloak", "okta", "auth0", "gitlab", "oidc", "oauth2"})
        QVERIFY2(ids.contains(QLatin1StringView(wanted)), wanted);
}

void TestPresets::everyPresetMakesAProfileThatCanSignIn()
{
    for (const auto &preset : providerPresets()) {
        QHash<QString, QString> values;
        for (const auto &field : preset.fields)
            values.insert(field.id, field.example);
        auto profile = preset.profile(values);
        QVERIFY2(profile.hasValue(), qPrintable(preset.id));
        profile->id = u"p"_s;
        profile->redirectUri = preset.redirectUri;
        const auto configuration = profile->configuration();
        QVERIFY2(configuration.hasValue(), qPrintable(configuration ? preset.id : configuration.error().message()));
        // Contract C23: some scopes are the library's to ask for.
        QVERIFY2(Protocol::decorateScopes(*profile->authority(), profile->scopes), qPrintable(preset.id));
    }
}

void TestPresets::aMissingFieldIsNamed()
{
    const auto profile = findPreset(u"keycloak")->profile({{u"host"_s, u"sso.example.org"_s}});
    QVERIFY(!profile);
    QCOMPARE(profile.error().code(), ErrorCode::InvalidArgument);
    QVERIFY(profile.error().message().contains("realm"_L1));
}

void TestPresets::aDraftHoldsWhatIsKnown()
{
    const auto google = findPreset(u"google")->draft({});
    QCOMPARE(google.name, u"Google"_s);
    QCOMPARE(google.issuer, u"https://accounts.google.com"_s);
    QVERIFY(google.scopes.contains(u"email"_s));
    QCOMPARE(google.extra.size(), 1);
    QVERIFY(!google.wantsRefreshToken);
    // An issuer with a hole in it is none.
    const auto keycloak =
        findPreset(u"keycloak")->draft({{u"host"_s, u"sso.example.org"_s}, {u"client_id"_s, u"lab"_s}});
    QCOMPARE(keycloak.issuer, QString());
    QCOMPARE(keycloak.clientId, u"lab"_s);
}

void TestPresets::entraNeedsNoTenant()
{
    const auto profile = findPreset(u"entra")->profile({{u"client_id"_s, u"c"_s}});
    QVERIFY(profile.hasValue());
    QCOMPARE(profile->issuer, u"https://login.microsoftonline.com/organizations"_s);
    QCOMPARE(profile->capabilities, QStringList{u"cp1"_s});
}

void TestPresets::auth0KeepsItsSlash()
{
    const auto profile =
        findPreset(u"auth0")->profile({{u"domain"_s, u"https://x.auth0.com/"_s}, {u"client_id"_s, u"c"_s}});
    QVERIFY(profile.hasValue());
    QCOMPARE(profile->issuer, u"https://x.auth0.com/"_s);
}

void TestPresets::anIssuerIsRecognised_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("preset");
    QTest::newRow("google") << u"https://accounts.google.com"_s << u"google"_s;
    QTest::newRow("entra") << u"https://login.microsoftonline.com/common"_s << u"entra"_s;
    QTest::newRow("keycloak") << u"https://sso.example.org/realms/a"_s << u"keycloak"_s;
    QTest::newRow("gitlab") << u"https://gitlab.example.org"_s << u"gitlab"_s;
    QTest::newRow("anybody") << u"https://id.example.org"_s << QString();
}

void TestPresets::anIssuerIsRecognised()
{
    QFETCH(QString, issuer);
    QFETCH(QString, preset);
    const auto *found = presetForIssuer(issuer);
    QCOMPARE(found ? found->id : QString(), preset);
}

QTEST_GUILESS_MAIN(TestPresets)
#include "tst_presets.moc"
