// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/codeflow.h"

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace CountersignTest {

QList<std::pair<QString, QString>> CodeFlow::fields() const
{
    return QList<std::pair<QString, QString>>{{u"client_id"_s, clientId},       {u"redirect_uri"_s, redirectUri},
                                              {u"response_type"_s, u"code"_s},  {u"scope"_s, scope},
                                              {u"state"_s, u"the state"_s},     {u"nonce"_s, u"the nonce"_s},
                                              {u"code_challenge"_s, challenge}, {u"code_challenge_method"_s, u"S256"_s}}
    + more;
}

QUrl CodeFlow::authorizationUrl() const
{
    return QUrl(authorizationEndpoint + u'?' + QString::fromLatin1(encodedForm(fields())));
}

HttpAnswer CodeFlow::redeem(const QString &code) const
{
    return postForm(QUrl(tokenEndpoint),
                    {{u"grant_type"_s, u"authorization_code"_s},
                     {u"client_id"_s, clientId},
                     {u"code"_s, code},
                     {u"redirect_uri"_s, redirectUri},
                     {u"code_verifier"_s, verifier}});
}

HttpAnswer CodeFlow::refresh(const QString &refreshToken) const
{
    return postForm(
        QUrl(tokenEndpoint),
        {{u"grant_type"_s, u"refresh_token"_s}, {u"client_id"_s, clientId}, {u"refresh_token"_s, refreshToken}});
}

QJsonObject tokenPart(const QString &token, int part)
{
    const QByteArray text = token.section(u'.', part, part).toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding)).object();
}

} // namespace CountersignTest
