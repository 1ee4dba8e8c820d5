// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Countersign::Desktop {

//! A made-up token to try the inspector with. Its signature is not one.
struct SampleToken
{
    QString name;
    QByteArray token;
};

//! Samples of common providers, and one that is broken. Times are seen from \p at.
QList<SampleToken> sampleTokens(const QDateTime &at);

} // namespace Countersign::Desktop
