// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fakesession.h"
#include "widgettest.h"

#include "widgets/theme.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>

namespace CountersignTest {

//! What the tests of everything that is about accounts begin with.
class AccountTest : public QObject
{
    Q_OBJECT
protected:
    //! One that is ready, one whose token ends soon, and one that waits for its person.
    static QList<Countersign::Desktop::AccountEntry> someAccounts()
    {
        auto waiting = fakeAccount(QStringLiteral("alan@example.org"), -600);
        waiting.attention = Countersign::AccountAttention{.error = QStringLiteral("invalid_grant"),
                                                          .since = QDateTime::currentDateTimeUtc().addSecs(-300)};
        return {fakeAccount(QStringLiteral("ada@example.org")), fakeAccount(QStringLiteral("grace@example.org"), 120),
                waiting};
    }

private Q_SLOTS:
    void initTestCase()
    {
        using namespace Countersign::Desktop;
        Theme::of(ThemeKind::Light).apply(*qApp);
    }
};

} // namespace CountersignTest
