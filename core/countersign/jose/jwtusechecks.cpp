// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// What one use of a JWT demands beyond the common rules: logout tokens, access tokens, proofs of possession.
#include <countersign/jose/jwtexaminer.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/jose/base64url.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JwtCheck eventsCheck{"events"_L1, "OIDC Back-Channel Logout 2.4"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck sessionCheck{"session"_L1, "OIDC Back-Channel Logout 2.4"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck tokenIdCheck{"jti"_L1, "RFC 7519 4.1.7"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck clientIdCheck{"client_id"_L1, "RFC 9068 2.2"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck methodCheck{"method"_L1, "RFC 9449 4.3"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck urlCheck{"url"_L1, "RFC 9449 4.3"_L1, ErrorCause::PolicyFailed};
constexpr JwtCheck accessTokenHashCheck{"ath"_L1, "RFC 9449 4.3"_L1, ErrorCause::HashMismatch};
constexpr JwtCheck bindingCheck{"key_binding"_L1, "RFC 7800 3, RFC 9449 6"_L1, ErrorCause::HashMismatch};
constexpr JwtCheck requestTimeCheck{"request_time"_L1, "Signed HTTP requests 3"_L1, ErrorCause::TokenTime};
constexpr JwtCheck embeddedCheck{"access_token"_L1, "Signed HTTP requests 3"_L1, ErrorCause::HashMismatch};

//! Where providers older than RFC 9068 name the client: OpenID Connect, Entra's version 1.0, Okta.
constexpr std::array<QByteArrayView, 3> olderClientClaims{"azp", "appid", "cid"};

constexpr auto logoutEvent = "http://schemas.openid.net/event/backchannel-logout"; // Back-Channel Logout §2.4

//! Without query, fragment and default port, scheme and host in lower case (RFC 9449 §4.3 step 9).
QByteArray normalized(QUrl url)
{
    url.setQuery(QString());
    url.setFragment(QString());
    const bool isDefaultPort =
        (url.scheme() == "https"_L1 && url.port() == 443) || (url.scheme() == "http"_L1 && url.port() == 80);
    if (isDefaultPort)
        url.setPort(-1);
    if (url.path().isEmpty())
        url.setPath(u"/"_s);
    return url.toEncoded();
}

//! The kid's three spellings: the thumbprint itself, or base64url of {"kid":"<thumbprint>"} (msal-common).
QString thumbprintIn(const QString &keyId)
{
    const auto json = decodeBase64Url(keyId.toLatin1());
    if (!json)
        return keyId;
    const auto object = JsonObject::parse(*json);
    return object ? object->string("kid").value_or(keyId) : keyId;
}

QString thumbprintFrom(const JsonObject &confirmation)
{
    if (const auto jkt = confirmation.string("jkt"))
        return *jkt;
    if (const auto keyId = confirmation.string("kid"))
        return thumbprintIn(*keyId);
    const auto json = confirmation.object("jwk");
    const auto key = json ? Jwk::parse(json->raw()) : Result<Jwk>(Error{ErrorCode::InvalidResponse, u"no key"_s});
    return key ? key->thumbprintText() : QString();
}

} // namespace

void JwtExaminer::checkEvents()
{
    const auto object = claims().object("events");
    if (m_rules.use == JwtUse::IdToken) {
        if (object && object->contains(logoutEvent))
            return failed(eventsCheck, u"a logout token is no ID token"_s, u"no events"_s, u"a logout event"_s);
        return notApplicable(eventsCheck, u"only logout tokens carry events"_s);
    }
    if (!object)
        return failedClaim(eventsCheck, "events", QString::fromLatin1(logoutEvent));
    if (!object->value(logoutEvent).isObject())
        return failed(eventsCheck, u"the logout event is missing"_s, QString::fromLatin1(logoutEvent),
                      shown(object->names().join(u", "_s)));
    passed(eventsCheck, QString::fromLatin1(logoutEvent), QString::fromLatin1(logoutEvent));
}

void JwtExaminer::checkSession()
{
    for (const auto name : {QByteArrayView("sub"), QByteArrayView("sid")}) {
        const auto value = claims().value(name);
        if (!value.isUndefined() && !value.isString())
            return failedClaim(sessionCheck, name, u"a string"_s);
    }
    if (!claims().contains("sub") && !claims().contains("sid"))
        return failed(sessionCheck, u"the token names neither a person nor a session"_s, u"sub or sid"_s, u"missing"_s);
    passed(sessionCheck, u"sub or sid"_s);
}

void JwtExaminer::checkTokenId()
{
    if (isOldAccessToken() && !claims().contains("jti"))
        return notApplicable(tokenIdCheck, profileNotWanted);
    const auto id = claims().utf8("jti");
    if (!id)
        return failedClaim(tokenIdCheck, "jti", u"an identifier"_s);
    if (id->isEmpty())
        return failed(tokenIdCheck, u"the identifier is empty"_s, u"an identifier"_s, u"empty"_s);
    passed(tokenIdCheck);
}

void JwtExaminer::checkClientId()
{
    if (isOldAccessToken() && !claims().contains("client_id")) {
        for (const auto name : olderClientClaims) {
            if (claims().utf8(name))
                return passed(clientIdCheck, {}, shown(claims().value(name)));
        }
        return notApplicable(clientIdCheck, profileNotWanted);
    }
    if (!claims().utf8("client_id"))
        return failedClaim(clientIdCheck, "client_id", u"a client id"_s);
    passed(clientIdCheck);
}

void JwtExaminer::checkMethod()
{
    const auto method = claims().utf8("htm");
    if (!method)
        return failedClaim(methodCheck, "htm", QString::fromLatin1(m_rules.method));
    if (m_rules.method.isEmpty())
        return notPossible(methodCheck, u"no request to compare with"_s);
    if (*method != m_rules.method)
        return failed(methodCheck, u"the proof is for another method"_s, QString::fromLatin1(m_rules.method),
                      shown(claims().value("htm")));
    passed(methodCheck, QString::fromLatin1(m_rules.method), QString::fromLatin1(m_rules.method));
}

void JwtExaminer::checkUrl()
{
    const auto text = claims().string("htu");
    if (!text)
        return failedClaim(urlCheck, "htu", u"the request's URL"_s);
    if (!m_rules.url.isValid() || m_rules.url.isEmpty())
        return notPossible(urlCheck, u"no request to compare with"_s);
    const QUrl url(*text, QUrl::StrictMode);
    const auto expected = normalized(m_rules.url);
    if (!url.isValid() || url.hasQuery() || url.hasFragment() || normalized(url) != expected)
        return failed(urlCheck, u"the proof is for another address"_s, QString::fromLatin1(expected), shown(*text));
    passed(urlCheck, QString::fromLatin1(expected), shown(*text));
}

void JwtExaminer::checkAccessTokenHash()
{
    const auto value = claims().value("ath");
    if (!m_rules.accessToken.isKnown()) {
        if (value.isUndefined())
            return notApplicable(accessTokenHashCheck, u"a proof without an access token"_s);
        return notPossible(accessTokenHashCheck, u"the access token is not known"_s, false);
    }
    const auto actual = value.utf8();
    if (!actual)
        return failedClaim(accessTokenHashCheck, "ath", u"a hash"_s);
    const auto expected = encodeBase64Url(digest(HashAlgorithm::Sha256, m_rules.accessToken.reveal()));
    if (!equalInConstantTime(expected, *actual))
        return failed(accessTokenHashCheck, u"the proof belongs to another access token"_s,
                      QString::fromLatin1(expected), shown(value));
    passed(accessTokenHashCheck, QString::fromLatin1(expected), QString::fromLatin1(expected));
}

void JwtExaminer::checkKeyBinding()
{
    if (!m_key)
        return notApplicable(bindingCheck, u"no key proved itself"_s);
    const auto actual = m_key->thumbprintText();
    if (!m_rules.keyThumbprint.isEmpty() && actual.toLatin1() != m_rules.keyThumbprint)
        return failed(bindingCheck, u"the proof was made with another key"_s,
                      QString::fromLatin1(m_rules.keyThumbprint), actual);
    const auto keyId = m_token.keyId();
    if (m_rules.use == JwtUse::SignedHttpRequest && keyId && thumbprintIn(*keyId) != actual)
        return failed(bindingCheck, u"the header names another key than the one that signed"_s, actual, shown(*keyId));
    if (m_rules.keyThumbprint.isEmpty() && m_rules.use == JwtUse::DpopProof)
        return notPossible(bindingCheck, u"the key that the token is bound to is not known"_s, false);
    passed(bindingCheck, actual, actual);
}

void JwtExaminer::checkEmbeddedToken()
{
    const auto embedded = claims().utf8("at");
    if (!embedded || embedded->isEmpty())
        return failedClaim(embeddedCheck, "at", u"an access token"_s);
    if (m_rules.accessToken.isKnown() && !equalInConstantTime(m_rules.accessToken.reveal(), *embedded))
        return failed(embeddedCheck, u"the request carries another access token"_s,
                      lengthOf(m_rules.accessToken.reveal()), lengthOf(*embedded));
    const auto token = UnverifiedJwt::parse(*embedded);
    const auto confirmation = token ? token->claims().object("cnf") : std::nullopt;
    if (!confirmation || !m_key)
        return notPossible(embeddedCheck, u"the access token does not tell which key it is bound to"_s, false);
    const auto bound = thumbprintFrom(*confirmation);
    if (bound != m_key->thumbprintText())
        return failed(embeddedCheck, u"the access token is bound to another key"_s, shown(bound),
                      m_key->thumbprintText());
    passed(embeddedCheck, bound, bound);
}

void JwtExaminer::checkRequestTime()
{
    const auto madeAt = dateClaim(requestTimeCheck, "ts", true);
    if (!madeAt)
        return;
    const auto oldest = m_now - m_rules.maximumTokenAge.value_or(std::chrono::minutes(5)).count() - m_skew;
    if (*madeAt < oldest || *madeAt > m_now + m_skew)
        return untimely(requestTimeCheck, u"the request was signed at another time"_s,
                        u"%1 to %2"_s.arg(timeText(oldest), timeText(m_now + m_skew)), timeText(*madeAt));
    passed(requestTimeCheck);
}

void JwtExaminer::checkRequestLine()
{
    if (m_rules.url.isEmpty() || m_rules.method.isEmpty())
        return notPossible(urlCheck, u"no request to compare with"_s);
    const auto method = claims().value("m");
    // Optional in all three layouts; what is there has to be right.
    if (!method.isUndefined() && !method.isString(m_rules.method))
        return failed(methodCheck, u"the request is for another method"_s, QString::fromLatin1(m_rules.method),
                      shown(method));
    passed(methodCheck, QString::fromLatin1(m_rules.method), shown(method));

    const auto host = m_rules.url.host(QUrl::FullyEncoded).toLower();
    const auto port = m_rules.url.port(m_rules.url.scheme() == "http"_L1 ? 80 : 443);
    const auto withPort = u"%1:%2"_s.arg(host).arg(port);
    const auto signedHost = claims().string("u").value_or(QString()).toLower();
    if (signedHost != withPort && (signedHost != host || m_rules.url.port() > 0))
        return failed(urlCheck, u"the request is for another host"_s, withPort, shown(claims().value("u")));
    const auto path = m_rules.url.path(QUrl::FullyEncoded);
    const auto signedPath = claims().value("p");
    if (!signedPath.isUndefined() && signedPath.string() != (path.isEmpty() ? u"/"_s : path))
        return failed(urlCheck, u"the request is for another path"_s, path, shown(signedPath));
    const auto query = claims().array("q");
    if (query && !query->at(1).isString(m_rules.url.query(QUrl::FullyEncoded).toUtf8()))
        return warned(urlCheck, u"the signed query differs, or is a hash that is not compared"_s,
                      u"the request's query"_s, lengthOf(query->at(1).utf8().value_or(QByteArrayView())));
    passed(urlCheck, withPort, shown(signedHost));
}

} // namespace Countersign::Jose
