// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/federation.h>
#include <countersign/protocol/strictxml.h>

#include <QtCore/QUuid>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

constexpr int lifetimeMinutes = 10;

struct Words
{
    QByteArrayView space;
    QByteArrayView action;
    QByteArrayView keyType;
    QByteArrayView requestType;
};

Words wordsOf(WsTrustVersion version)
{
    switch (version) {
    case WsTrustVersion::V13:
        return {"http://docs.oasis-open.org/ws-sx/ws-trust/200512",
                "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue",
                "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer",
                "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"};
    case WsTrustVersion::V2005:
        return {"http://schemas.xmlsoap.org/ws/2005/02/trust", "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue",
                "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey",
                "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"};
    }
    Q_UNREACHABLE();
}

//! Text of an element. Appends to a buffer that is large enough: nothing is left behind by growing.
void appendEscaped(QByteArray &out, QByteArrayView utf8)
{
    for (const char c : utf8) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&apos;"; break;
        default: out += c;
        }
    }
}

QByteArray escaped(const QString &text)
{
    QByteArray out;
    appendEscaped(out, text.toUtf8());
    return out;
}

QByteArray timestamp(const QDateTime &at)
{
    return at.toUTC().toString(u"yyyy-MM-dd'T'hh:mm:ss.zzz'Z'"_s).toLatin1();
}

QByteArray head(const WsTrustEndpoint &endpoint, const Words &words, const QString &username, const QUuid &messageId,
                const QDateTime &at)
{
    return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
           "xmlns:wsa='http://www.w3.org/2005/08/addressing' "
           "xmlns:wsu='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'>"
           "<s:Header><wsa:Action s:mustUnderstand='1'>"
        + words.action.toByteArray()
        + "</wsa:Action><wsa:MessageID>urn:uuid:" + messageId.toByteArray(QUuid::WithoutBraces)
        + "</wsa:MessageID><wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address>"
          "</wsa:ReplyTo><wsa:To s:mustUnderstand='1'>"
        + escaped(endpoint.address.toString(QUrl::FullyEncoded))
        + "</wsa:To><wsse:Security s:mustUnderstand='1' "
          "xmlns:wsse='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>"
          "<wsu:Timestamp wsu:Id='_0'><wsu:Created>"
        + timestamp(at) + "</wsu:Created><wsu:Expires>" + timestamp(at.addSecs(lifetimeMinutes * 60))
        + "</wsu:Expires></wsu:Timestamp><wsse:UsernameToken wsu:Id='_1'><wsse:Username>" + escaped(username)
        + "</wsse:Username><wsse:Password>";
}

QByteArray tail(const Words &words, const QString &audience)
{
    return "</wsse:Password></wsse:UsernameToken></wsse:Security></s:Header><s:Body><wst:RequestSecurityToken "
           "xmlns:wst='"
        + words.space.toByteArray()
        + "'><wsp:AppliesTo xmlns:wsp='http://schemas.xmlsoap.org/ws/2004/09/policy'><wsa:EndpointReference>"
          "<wsa:Address>"
        + escaped(audience) + "</wsa:Address></wsa:EndpointReference></wsp:AppliesTo><wst:KeyType>"
        + words.keyType.toByteArray() + "</wst:KeyType><wst:RequestType>" + words.requestType.toByteArray()
        + "</wst:RequestType></wst:RequestSecurityToken></s:Body></s:Envelope>";
}

std::optional<SamlGrant::Version> samlVersion(const QString &space)
{
    if (space == "urn:oasis:names:tc:SAML:1.0:assertion"_L1)
        return SamlGrant::Version::Saml11;
    if (space == "urn:oasis:names:tc:SAML:2.0:assertion"_L1)
        return SamlGrant::Version::Saml20;
    return {};
}

Error faultOf(const QStringList &codes, const QString &reason)
{
    constexpr qsizetype longest = 2000;
    return Error{ErrorCode::ServerRejected, u"the organisation's sign-in service refused"_s}.withOAuth(
        {.error = u"wstrust_fault"_s,
         .description = reason.left(longest),
         .uri = {},
         .subError = codes.join(u' ').left(longest)});
}

} // namespace

WsTrustRequest wsTrustRequest(const WsTrustEndpoint &endpoint, const QString &audience, const QString &username,
                              const Secret &password, const QUuid &messageId, const QDateTime &at)
{
    const auto words = wordsOf(endpoint.version);
    auto body = head(endpoint, words, username, messageId, at);
    const auto end = tail(words, audience);
    constexpr qsizetype longestEscape = 6;
    body.reserve(body.size() + longestEscape * password.size() + end.size());
    appendEscaped(body, password.reveal());
    body += end;
    return {words.action.toByteArray(), Secret(std::move(body))};
}

Result<SamlGrant> parseWsTrustAnswer(QByteArrayView xml)
{
    StrictXml reader(xml);
    SamlGrant grant;
    QStringList faultCodes;
    QString faultReason;
    bool isFault = false;
    bool isForeign = false;
    while (reader.next()) {
        if (!reader.isStart())
            continue;
        if (reader.isNamed("Fault"_L1))
            isFault = true;
        else if (isFault && reader.isNamed("Value"_L1))
            faultCodes.append(reader.elementText().trimmed());
        else if (isFault && reader.isNamed("Text"_L1))
            faultReason = reader.elementText().trimmed();
        else if (reader.path().value(reader.path().size() - 2) == "RequestedSecurityToken"_L1) {
            const auto version = reader.isNamed("Assertion"_L1) ? samlVersion(reader.space()) : std::nullopt;
            isForeign = isForeign || !version;
            if (!version || !grant.assertion.isEmpty())
                continue;
            grant.version = *version;
            grant.assertion = Secret(reader.elementSource());
        }
    }
    if (const auto outcome = reader.outcome(); !outcome)
        return outcome.error();
    if (isFault)
        return faultOf(faultCodes, faultReason);
    if (!grant.assertion.isEmpty())
        return grant;
    if (isForeign)
        return Error{ErrorCode::NotSupported, u"the organisation's sign-in service gave a token that is no SAML"_s};
    return Error{ErrorCode::InvalidResponse, u"the organisation's sign-in service gave no token"_s};
}

} // namespace Countersign::Protocol
