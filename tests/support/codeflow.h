// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/httpcall.h"

namespace CountersignTest {

//! An authorization code request by hand, for tests of providers: nothing in it is the library's.
struct CodeFlow
{
    QString issuer;
    QString authorizationEndpoint;
    QString tokenEndpoint;
    QString clientId;
    QString redirectUri = QStringLiteral("http://127.0.0.1:5/");
    QString scope = QStringLiteral("openid profile offline_access");
    //! RFC 7636 Appendix B.
    QString verifier = QStringLiteral("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    QString challenge = QStringLiteral("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    QList<std::pair<QString, QString>> more = {};

    QList<std::pair<QString, QString>> fields() const;
    QUrl authorizationUrl() const;
    HttpAnswer redeem(const QString &code) const;
    HttpAnswer refresh(const QString &refreshToken) const;
};

//! Header (0) or payload (1) of a compact JWS, unverified.
QJsonObject tokenPart(const QString &token, int part);

} // namespace CountersignTest
