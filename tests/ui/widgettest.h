// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fakesession.h"

#include <countersign/client/profile.h>

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace CountersignTest {

//! The one of that accessible name; null: there is none.
template <typename Widget> Widget *named(const QWidget &parent, const QString &name)
{
    for (auto *each : parent.findChildren<Widget *>()) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

//! A profile whose tokens the tests sign.
inline Countersign::Profile labProfile()
{
    Countersign::Profile profile;
    profile.id = QStringLiteral("lab");
    profile.name = QStringLiteral("Lab");
    profile.issuer = QStringLiteral("https://id.example");
    profile.clientId = QStringLiteral("app");
    profile.audience = QStringLiteral("https://api.example");
    return profile;
}

//! The visible one of that accessible name; null: there is none.
inline QPushButton *button(const QWidget &parent, const QString &name)
{
    for (auto *candidate : parent.findChildren<QPushButton *>()) {
        if (candidate->accessibleName() == name && candidate->isVisibleTo(&parent))
            return candidate;
    }
    return nullptr;
}

//! Two profiles of the same client, both of which show Ada.
inline void shareAda(FakeSession &session)
{
    auto second = session.profileList.constFirst();
    second.id = QStringLiteral("second");
    second.name = QStringLiteral("Second desk");
    session.profileList.append(second);
    session.accountList = {fakeAccount(QStringLiteral("ada@example.org")),
                           fakeAccount(QStringLiteral("ada@example.org"), 3600, QStringLiteral("second"))};
}

//! Of every label.
inline QString allTexts(const QWidget &root)
{
    QString all;
    for (const auto *label : root.findChildren<QLabel *>())
        all += label->text() + QChar(u'\n');
    return all;
}

} // namespace CountersignTest
