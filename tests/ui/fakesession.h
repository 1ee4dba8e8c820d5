// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>

namespace CountersignTest {

//! An attempt that a test moves by hand.
class FakeAttempt final : public Countersign::Desktop::Attempt
{
public:
    using Attempt::Attempt;

    void cancel() override
    {
        ++cancels;
        fail({Countersign::ErrorCode::Cancelled, QStringLiteral("Cancelled.")});
    }
    QUrl page() const override { return pageUrl; }
    void openPage(const QString &browserId) override { opened.append(browserId); }
    void raiseWindow() override { ++raisings; }
    Countersign::Jose::CheckReport checks() const override { return report; }
    Countersign::DecisionTrace trace() const override { return decisions; }
    QList<Countersign::SignOutStep> steps() const override { return ended; }
    Countersign::Result<void> pasteAnswer(const Countersign::Secret &address) override
    {
        pasted = address.reveal().toByteArray();
        return {};
    }

    void enter(Countersign::Operation::Stage stage) { Q_EMIT stageChanged(stage); }
    void open(const QUrl &page)
    {
        pageUrl = page;
        Q_EMIT pageOpened();
    }
    void refuse(const QUrl &page)
    {
        pageUrl = page;
        Q_EMIT pageNotOpened({Countersign::ErrorCode::NotSupported, Countersign::ErrorCause::BrowserNotOpened,
                              QStringLiteral("No browser.")});
    }
    void succeed(const Countersign::Desktop::Outcome &outcome) { end(outcome); }
    void fail(const Countersign::Error &error) { end(error); }

    QUrl pageUrl;
    QStringList opened;
    QByteArray pasted;
    Countersign::Jose::CheckReport report;
    Countersign::DecisionTrace decisions;
    QList<Countersign::SignOutStep> ended;
    int cancels = 0;
    int raisings = 0;

private:
    void end(const Countersign::Result<Countersign::Desktop::Outcome> &result)
    {
        if (std::exchange(m_isEnded, true))
            return;
        Q_EMIT finished(result);
        deleteLater();
    }

    bool m_isEnded = false;
};

//! A look around this computer that answers when the test says so.
class FakeLocalSearch final : public Countersign::LocalOperation
{
public:
    explicit FakeLocalSearch(std::optional<QList<Countersign::LocalFinding>> found) : m_found(std::move(found)) { }
    void answer(Countersign::Result<QList<Countersign::LocalFinding>> found) { settle(std::move(found)); }

private:
    void start() override
    {
        if (m_found)
            answer(*m_found);
    }
    std::optional<QList<Countersign::LocalFinding>> m_found;
};

//! What there may be on a computer: new, there already at the fake session, and only to be named.
inline QList<Countersign::LocalFinding> fakeFindings()
{
    using Countersign::ImportedProfile;
    using Countersign::LocalFinding;
    const auto profile = [](const char *name, const char *issuer, const char *client, const char *source) {
        ImportedProfile found;
        found.profile.name = QString::fromLatin1(name);
        found.profile.issuer = QString::fromLatin1(issuer);
        found.profile.clientId = QString::fromLatin1(client);
        found.source = QString::fromLatin1(source);
        return found;
    };
    return {{.kind = LocalFinding::Kind::Variables,
             .profile = profile("Auth0", "https://contoso.eu.auth0.com/", "R7mXk2", "environment")},
            {.kind = LocalFinding::Kind::ConfigurationFile,
             .place = QStringLiteral("/home/ada/shop/appsettings.Development.json"),
             .profile = profile("Keycloak lab", "https://login.example.org/realms/lab", "desk", "issuer_and_client")},
            {.kind = LocalFinding::Kind::Cache,
             .place = QStringLiteral("/home/ada/.azure/msal_token_cache.json"),
             .name = QStringLiteral("Azure CLI"),
             .profile = profile("Azure CLI (contoso.com)", "https://login.microsoftonline.com/contoso.com",
                                "04b07795-8ddb-461a-bbee-02f9e1bf7b46", "token_cache"),
             .users = {QStringLiteral("ada@contoso.com")}},
            {.kind = LocalFinding::Kind::OidcAgentAccount,
             .place = QStringLiteral("/home/ada/.config/oidc-agent/wlcg"),
             .name = QStringLiteral("wlcg"),
             .obstacle = LocalFinding::Obstacle::Encrypted}};
}

//! A session of plain lists: what a test puts in is what the windows see, and every request waits for the test.
class FakeSession final : public Countersign::Desktop::Session
{
public:
    using Session::Session;

    QList<Countersign::Desktop::ProfileEntry> profiles() const override { return profileList; }
    QList<Countersign::Desktop::ProfileEntry> lostProfiles() const override { return lostList; }
    Countersign::Result<void> makeProfileOf(const QString &lostId) override
    {
        adopted.append(lostId);
        return {};
    }
    QList<Countersign::Desktop::ProviderFailure> providerFailures() const override { return failures; }
    QList<Countersign::Desktop::AccountEntry> accounts() const override { return accountList; }
    Countersign::Desktop::AccountDetail detail(const QString &, const Countersign::AccountId &) const override
    {
        return accountDetail;
    }
    Countersign::Result<void> renameAccount(const Countersign::AccountId &account, const QString &name) override
    {
        for (auto &entry : accountList) {
            if (entry.account.id == account)
                entry.nickname = name;
        }
        Q_EMIT accountsChanged();
        return bookResult;
    }
    Countersign::Result<void> useAsDefault(const Countersign::AccountId &account) override
    {
        for (auto &entry : accountList)
            entry.isDefault = entry.account.id == account;
        Q_EMIT accountsChanged();
        return bookResult;
    }
    Countersign::Desktop::StoreState store() const override { return storeState; }
    void openStore() override { ++storeOpenings; }
    void useSessionOnly() override
    {
        storeState.isSessionOnly = true;
        Q_EMIT storeChanged();
    }
    QList<Countersign::Desktop::WayState> ways(const QString &) const override { return wayList; }
    QList<Countersign::Desktop::BrowserEntry> browsers() const override { return browserList; }
    void openPage(const QUrl &page) override { openedPages.append(page); }
    std::optional<Countersign::KnownProvider> knownProvider(const QString &) override { return provider; }
    std::optional<Countersign::RedirectPreference> wayBack(const QString &) override { return back; }
    bool canRevoke(const QString &) override { return isRevocable; }
    bool canEndSession(const QString &) override { return true; }
    bool hasEmbeddedSession(const QString &) const override { return hasCookies; }
    std::optional<Countersign::Error> networkFailure() const override { return failure; }

    bool isOffline() const override { return isSwitchedOff; }
    std::optional<Countersign::Desktop::ClockState> clock() const override { return clockState; }
    void testReturn(const QUrl &redirect, QObject *context, DoneHandler handler) override
    {
        testedReturns.append(redirect);
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), result = returnResult] { handler(result); }, Qt::QueuedConnection);
    }
    Countersign::LocalOperation *findProfilesHere() override
    {
        ++looks;
        return search = new FakeLocalSearch(findings);
    }
    void testStore(QObject *context, DoneHandler handler) override
    {
        ++storeTests;
        testReturn({}, context, std::move(handler));
    }
    QStringList foreignCaches() const override { return foreignPaths; }
    void readForeignCache(const QString &path, QObject *context, ForeignHandler handler) override
    {
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), path, this] { handler(readForeign(path)); }, Qt::QueuedConnection);
    }

    Countersign::Desktop::Attempt *signIn(const Countersign::Desktop::SignInRequest &request) override
    {
        signIns.append(request);
        auto *attempt = new FakeAttempt(this);
        byWay[std::size_t(request.way)] = attempt;
        return attempt;
    }
    Countersign::Desktop::Attempt *getToken(const Countersign::Desktop::TokenRequest &request) override
    {
        tokenRequests.append(request);
        return last = new FakeAttempt(this);
    }
    Countersign::Desktop::Attempt *signOut(const Countersign::Desktop::SignOutRequest &request) override
    {
        signOuts.append(request);
        return last = new FakeAttempt(this);
    }
    void fetchToken(const QString &tokenId, QObject *context, TokenHandler handler) override
    {
        fetched.append(tokenId);
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), token = token] { handler(Countersign::Secret::copyOf(token)); },
            Qt::QueuedConnection);
    }

    Countersign::Operation *revoke(const QString &tokenId, Countersign::Desktop::RevokedToken which, QObject *context,
                                   DoneHandler handler) override
    {
        revoked.append({tokenId, which});
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), result = revocation] { handler(result); }, Qt::QueuedConnection);
        return nullptr;
    }
    Countersign::Operation *introspect(const QString &tokenId, const QString &confirmedHost, QObject *context,
                                       AnswerHandler handler) override
    {
        introspected.append({tokenId, confirmedHost});
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), answer = providerAnswer] { handler(answer); },
            Qt::QueuedConnection);
        return nullptr;
    }

    FakeAttempt *attempt(Countersign::Desktop::SignInWay way) const { return byWay[std::size_t(way)]; }
    void setAccounts(QList<Countersign::Desktop::AccountEntry> entries)
    {
        accountList = std::move(entries);
        Q_EMIT accountsChanged();
    }
    void setBusy(qsizetype row, bool isBusy)
    {
        accountList[row].isBusy = isBusy;
        Q_EMIT busyChanged(accountList.at(row));
    }

    QList<Countersign::Desktop::ProfileEntry> profileList{
        {.id = QStringLiteral("lab"),
         .name = QStringLiteral("Keycloak lab"),
         .issuer = QStringLiteral("https://login.example.org/realms/lab"),
         .clientId = QStringLiteral("desk"),
         .scopes = {QStringLiteral("openid"), QStringLiteral("profile"), QStringLiteral("offline_access")}}};
    QList<Countersign::Desktop::ProfileEntry> lostList;
    QStringList adopted;
    Countersign::Result<void> bookResult; //!< of renaming and choosing
    QList<Countersign::Desktop::ProviderFailure> failures;
    QList<Countersign::Desktop::AccountEntry> accountList;
    Countersign::Desktop::AccountDetail accountDetail;
    Countersign::Desktop::StoreState storeState{.kind = Countersign::Desktop::StoreState::Kind::Open,
                                                .name = QStringLiteral("Keychain (countersign/default)")};
    QList<Countersign::Desktop::WayState> wayList{{.way = Countersign::Desktop::SignInWay::Browser},
                                                  {.way = Countersign::Desktop::SignInWay::DeviceCode},
                                                  {.way = Countersign::Desktop::SignInWay::Embedded}};
    QList<Countersign::Desktop::BrowserEntry> browserList{
        {QStringLiteral("firefox"), QStringLiteral("Firefox"), false},
        {QStringLiteral("firefox/private"), QStringLiteral("Firefox, private window"), true}};
    std::optional<Countersign::Error> failure;
    bool isSwitchedOff = false;
    std::optional<Countersign::Desktop::ClockState> clockState;
    Countersign::Result<void> returnResult;
    std::optional<QList<Countersign::LocalFinding>> findings = QList<Countersign::LocalFinding>(); //!< unset: later
    QPointer<FakeLocalSearch> search;
    int looks = 0;
    int storeTests = 0;
    QStringList foreignPaths;
    std::function<Countersign::Result<Countersign::Desktop::ForeignContent>(const QString &)> readForeign;
    QList<QUrl> testedReturns;
    QByteArray token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.";
    std::optional<Countersign::KnownProvider> provider;
    std::optional<Countersign::RedirectPreference> back;
    bool isRevocable = true;
    bool hasCookies = false;

    QList<Countersign::Desktop::SignInRequest> signIns;
    QList<Countersign::Desktop::TokenRequest> tokenRequests;
    QList<Countersign::Desktop::SignOutRequest> signOuts;
    QList<QUrl> openedPages;
    QStringList fetched;
    QList<std::pair<QString, QString>> introspected; //!< token or nothing, and the host that was agreed to
    Countersign::Result<Countersign::Desktop::ProviderAnswer> providerAnswer = Countersign::Desktop::ProviderAnswer();
    QList<std::pair<QString, Countersign::Desktop::RevokedToken>> revoked;
    Countersign::Result<void> revocation;
    int storeOpenings = 0;
    QPointer<FakeAttempt> last;
    std::array<QPointer<FakeAttempt>, 3> byWay;
};

//! An account with an access token good for \p secondsLeft.
inline Countersign::Desktop::AccountEntry fakeAccount(const QString &name, qint64 secondsLeft = 3600,
                                                      const QString &profileId = QStringLiteral("lab"))
{
    Countersign::Desktop::AccountEntry entry{.profileId = profileId, .canRefresh = true};
    entry.account.id = {{name + QStringLiteral(".home")}, {QStringLiteral("login.example.org/realms/lab")}};
    entry.account.username = name;
    entry.account.realm = {QStringLiteral("oidc")};
    const auto now = QDateTime::currentDateTimeUtc();
    entry.tokens = {{.id = QStringLiteral("at:") + name,
                     .use = Countersign::Desktop::TokenUse::Access,
                     .scopes = {QStringLiteral("openid"), QStringLiteral("profile")},
                     .type = QStringLiteral("Bearer"),
                     .expiresAt = now.addSecs(secondsLeft),
                     .size = 900},
                    {.id = QStringLiteral("id:") + name,
                     .use = Countersign::Desktop::TokenUse::Id,
                     .type = QStringLiteral("JWT"),
                     .expiresAt = now.addSecs(secondsLeft),
                     .size = 700}};
    return entry;
}

inline QList<Countersign::Desktop::AccountEntry> manyFakeAccounts(int count)
{
    QList<Countersign::Desktop::AccountEntry> entries;
    entries.reserve(count);
    for (int i = 0; i < count; ++i)
        entries.append(fakeAccount(QStringLiteral("person%1@example.org").arg(i, 5, 10, QChar(u'0'))));
    return entries;
}

inline Countersign::Desktop::Outcome fakeOutcome(const QString &name = QStringLiteral("ada@example.org"))
{
    Countersign::Desktop::Outcome outcome;
    outcome.profileId = QStringLiteral("lab");
    outcome.account.username = name;
    outcome.account.id = {{name + QStringLiteral(".home")}, {QStringLiteral("login.example.org/realms/lab")}};
    outcome.tokenId = QStringLiteral("at:") + name;
    outcome.idTokenId = QStringLiteral("id:") + name;
    outcome.asked = {QStringLiteral("openid"), QStringLiteral("profile"), QStringLiteral("offline_access")};
    outcome.granted = outcome.asked;
    outcome.expiresAt = QDateTime::currentDateTimeUtc().addSecs(3600);
    outcome.isIdTokenVerified = true;
    outcome.methods = {QStringLiteral("pwd"), QStringLiteral("otp"), QStringLiteral("mfa")};
    for (const auto *id : {"signature", "issuer", "audience", "expiry", "nonce", "at_hash"})
        outcome.checks.append({.id = QString::fromLatin1(id), .outcome = Countersign::Jose::CheckOutcome::Passed});
    return outcome;
}

} // namespace CountersignTest
