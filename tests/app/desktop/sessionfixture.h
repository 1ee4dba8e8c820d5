// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientsession.h"
#include "sandbox.h"

#include <QtCore/QTemporaryDir>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QTest>

namespace CountersignTest {

using namespace Countersign;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using Desktop::ClientSession;
using Desktop::Outcome;
using Desktop::SignInWay;

//! A browser without a face: follows redirects to their end, or does nothing.
class FacelessBrowser final : public BrowserLauncher
{
public:
    void launch(const QUrl &url, QObject *context, FailureHandler failed) override
    {
        opened.append(url);
        if (isMissing)
            QMetaObject::invokeMethod(
                context,
                [failed = std::move(failed)] {
                    failed(Error{ErrorCode::NotSupported, ErrorCause::BrowserNotOpened, u"No browser."_s});
                },
                Qt::QueuedConnection);
        else if (!isAway)
            go(url);
    }
    void go(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
        auto *reply = m_manager.get(request);
        QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    }

    QList<QUrl> opened;
    bool isAway = false; //!< the person does nothing
    bool isMissing = false;

private:
    QNetworkAccessManager m_manager;
};

//! A sandbox in this process, a profile for it and a session with tokens in memory.
struct Fixture
{
    explicit Fixture(CountersignSandbox::Settings given = {.approve = u"ada"_s, .deviceInterval = 1},
                     const QString &store = u"memory"_s)
        : sandbox(std::move(given))
    {
        qputenv("XDG_CACHE_HOME", folder.filePath(u"cache"_s).toUtf8());
        qputenv("COUNTERSIGN_ACCOUNTS", folder.filePath(u"accounts.json"_s).toUtf8());
        if (!sandbox.start())
            qFatal("the sandbox does not start");
        putProfile();
        Desktop::SessionSettings settings;
        settings.services.store = store;
        settings.services.proxy = u"none"_s;
        settings.profilePath = profilePath();
        settings.launcher = &browser;
        auto made = ClientSession::create(std::move(settings));
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        session = *std::move(made);
    }
    QString profilePath() const { return folder.filePath(u"profiles.json"_s); }
    void putProfile(const ScopeSet &scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s})
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.name = u"Lab"_s;
        profile.issuer = sandbox.issuer();
        profile.clientId = u"sandbox-native"_s;
        profile.scopes = scopes;
        if (!ProfileStore(profilePath()).put(profile))
            qFatal("the profile cannot be written");
    }
    void hook(HookPoint point, const QJsonObject &program)
    {
        if (!sandbox.hooks().set(point, program))
            qFatal("no such hook");
    }
    //! Ends with the attempt, whatever comes of it.
    Result<Outcome> finish(Desktop::Attempt *attempt)
    {
        std::optional<Result<Outcome>> result;
        QObject::connect(attempt, &Desktop::Attempt::finished, attempt,
                         [&result](const Result<Outcome> &came) { result.emplace(came); });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20000))
            return Error{ErrorCode::TimedOut, u"The attempt did not end."_s};
        return *result;
    }
    Result<Outcome> signIn(SignInWay way = SignInWay::Browser)
    {
        return finish(session->signIn({.profileId = u"lab"_s, .way = way}));
    }

    QTemporaryDir folder;
    CountersignSandbox::Sandbox sandbox;
    FacelessBrowser browser;
    std::unique_ptr<ClientSession> session;
};

} // namespace CountersignTest
