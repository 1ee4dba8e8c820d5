// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/realprovider.h"

#include <countersign/client/publicclient.h>
#include <countersign/useragent/systembrowseragent.h>

#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QTest>

namespace CountersignTest {

using namespace Countersign;
using namespace Qt::StringLiterals;

//! Has the provider's pages walked, and then goes where they lead.
class WalkingBrowser final : public BrowserLauncher
{
public:
    explicit WalkingBrowser(const RealProvider &provider) : m_provider(provider) { }
    void launch(const QUrl &url, QObject *, FailureHandler) override
    {
        opened.append(url);
        const auto redirect = m_provider.signIn(url, name);
        auto *const reply = m_manager.get(QNetworkRequest(redirect));
        QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    }

    QList<QUrl> opened;
    QString name; //!< keeps cookies between pages; empty: each page is opened in a new one

private:
    const RealProvider &m_provider;
    QNetworkAccessManager m_manager;
};

template <typename T> Result<T> outcome(OperationOf<T> *operation)
{
    std::optional<Result<T>> result;
    QObject::connect(operation, &Operation::finished, operation,
                     [&result, operation] { result.emplace(operation->takeResult()); });
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 30000))
        return Error{ErrorCode::TimedOut, u"the test gave up"_s};
    return *std::move(result);
}

inline QByteArray why(const Result<AuthenticationResult> &result)
{
    return result ? QByteArray()
                  : result.error().message().toUtf8() + ' ' + result.error().oauth().description.toUtf8();
}

} // namespace CountersignTest
