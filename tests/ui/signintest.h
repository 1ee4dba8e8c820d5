// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "signin/checklist.h"
#include "signin/devicecodedialog.h"
#include "signin/signindialog.h"
#include "text/signintext.h"
#include "widgets/banner.h"
#include "widgets/theme.h"

#include <QtCore/QPointer>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

namespace CountersignTest {

using Countersign::Desktop::SignInDialog;
using Countersign::Desktop::SignInState;
using Countersign::Desktop::SignInWay;
using Stage = Countersign::Operation::Stage;

//! What the tests of a sign-in in front of its person begin with.
class SignInTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        using namespace Countersign::Desktop;
        Theme::of(ThemeKind::Light).apply(*qApp);
    }
};

inline constexpr auto browser = Countersign::Desktop::SignInWay::Browser;
inline constexpr auto device = Countersign::Desktop::SignInWay::DeviceCode;

inline Countersign::Desktop::DeviceCodeEntry code(int secondsLeft = 900)
{
    return {.userCode = QStringLiteral("WDJB-MJHT"),
            .verificationUri = QUrl(QStringLiteral("https://login.example.org/device")),
            .completeUri = QUrl(QStringLiteral("https://login.example.org/device?user_code=WDJB-MJHT")),
            .expiresAt = QDateTime::currentDateTimeUtc().addSecs(secondsLeft)};
}

inline Countersign::Error error(Countersign::ErrorCode code,
                                Countersign::ErrorCause cause = Countersign::ErrorCause::Unspecified)
{
    return {code, cause, QStringLiteral("for developers")};
}

//! A dialog with everything around it. The dialog deletes itself when it is closed.
struct Shown
{
    explicit Shown(Countersign::Desktop::SignInRequest request = {.profileId = QStringLiteral("lab"),
                                                                  .scopes = {QStringLiteral("openid"),
                                                                             QStringLiteral("profile"),
                                                                             QStringLiteral("offline_access")}})
        : dialog(new Countersign::Desktop::SignInDialog(session, request))
    {
        dialog->show();
    }
    ~Shown() { delete dialog; }
    Countersign::Desktop::SignInState state() const { return dialog->run().state(); }
    //! Both ways wait for the person.
    void wait()
    {
        session.attempt(browser)->enter(Countersign::Operation::Stage::WaitingForPerson);
        session.attempt(browser)->open(
            QUrl(QStringLiteral("https://login.example.org/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A51823%2F")));
        session.attempt(device)->enter(Countersign::Operation::Stage::WaitingForPerson);
        Q_EMIT session.attempt(device)->deviceCodeReady(code());
    }

    FakeSession session;
    QPointer<Countersign::Desktop::SignInDialog> dialog;
};

} // namespace CountersignTest
