// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/federation.h>

#include <countersign/jose/json.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/strictxml.h>

#include <QtCore/QHash>
#include <QtCore/QSet>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

constexpr auto wsdl = "http://schemas.xmlsoap.org/wsdl/"_L1;
constexpr auto soap12 = "http://schemas.xmlsoap.org/wsdl/soap12/"_L1;
constexpr auto policy = "http://schemas.xmlsoap.org/ws/2004/09/policy"_L1;
constexpr auto addressing = "http://www.w3.org/2005/08/addressing"_L1;
constexpr auto utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"_L1;
constexpr auto soapOverHttp = "http://schemas.xmlsoap.org/soap/http"_L1;

struct Row
{
    WsTrustVersion version;
    QLatin1StringView action;
    QLatin1StringView path;
};
constexpr Row versions[] = {
    {WsTrustVersion::V13, "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue"_L1,
     "/trust/13/usernamemixed"_L1},
    {WsTrustVersion::V2005, "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue"_L1, "/trust/2005/usernamemixed"_L1},
};

bool isHttps(const QUrl &url)
{
    return url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty() && url.userInfo().isEmpty();
}

//! What a MEX document says, collected while it is read.
struct Metadata
{
    struct Binding
    {
        QString policy;
        bool isOverHttp = false;
        std::optional<WsTrustVersion> version;
    };
    struct Port
    {
        QString binding;
        QString address;
    };
    QSet<QString> passwordPolicies;
    QHash<QString, Binding> bindings;
    QList<Port> ports;
    QString policyId; // the outermost one being read
    QString bindingName;

    void enter(StrictXml &xml)
    {
        if (xml.isNamed(policy, "Policy"_L1) && policyId.isEmpty())
            policyId = xml.attribute(utility, "Id"_L1);
        else if (xml.isNamed("WssUsernameToken10"_L1) && !policyId.isEmpty() && xml.isWithin("UsernameToken"_L1)
                 && (xml.isWithin("SignedEncryptedSupportingTokens"_L1) || xml.isWithin("SignedSupportingTokens"_L1)))
            passwordPolicies.insert(policyId);
        else if (xml.isNamed(wsdl, "binding"_L1))
            bindingName = xml.attribute("name"_L1);
        else if (xml.isNamed(wsdl, "port"_L1))
            ports.append({xml.attribute("binding"_L1).section(u':', -1), {}});
        else if (xml.isNamed(addressing, "Address"_L1) && !ports.isEmpty() && xml.isWithin("port"_L1))
            ports.last().address = xml.elementText().trimmed();
        else if (!bindingName.isEmpty())
            enterBinding(xml, bindings[bindingName]);
    }
    static void enterBinding(const StrictXml &xml, Binding &binding)
    {
        if (xml.isNamed(policy, "PolicyReference"_L1))
            binding.policy = xml.attribute("URI"_L1).section(u'#', -1);
        else if (xml.isNamed(soap12, "binding"_L1))
            binding.isOverHttp = xml.attribute("transport"_L1) == soapOverHttp;
        else if (xml.isNamed(soap12, "operation"_L1)) {
            const auto action = xml.attribute("soapAction"_L1);
            for (const auto &row : versions) {
                if (action == row.action)
                    binding.version = row.version;
            }
        }
    }
    void leave(const StrictXml &xml)
    {
        if (xml.isNamed(policy, "Policy"_L1) && xml.path().count(u"Policy"_s) == 1)
            policyId.clear();
        else if (xml.isNamed(wsdl, "binding"_L1))
            bindingName.clear();
    }
    std::optional<WsTrustEndpoint> find(WsTrustVersion version) const
    {
        for (const auto &port : ports) {
            const auto binding = bindings.value(port.binding);
            const QUrl address(port.address, QUrl::StrictMode);
            if (binding.version == version && binding.isOverHttp && passwordPolicies.contains(binding.policy)
                && isHttps(address))
                return WsTrustEndpoint{address, version};
        }
        return {};
    }
};

} // namespace

QUrl userRealmUrl(const Authority &authority, const QString &username)
{
    const auto name = QUrl::toPercentEncoding(username);
    return QUrl::fromEncoded("https://" + authority.host().toLatin1() + "/common/userrealm/" + name
                             + "?api-version=1.0");
}

Result<UserRealm> parseUserRealm(const HttpAnswer &answer, const QDateTime &at)
{
    constexpr int notFound = 404;
    if (answer.status == notFound)
        return UserRealm{}; // this host knows of no federation
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    const auto document = Jose::JsonObject::parse(answer.body.toByteArray());
    if (!document)
        return document.error();
    UserRealm realm;
    realm.isFederated = document->string("account_type") == u"Federated"_s;
    realm.metadataUrl = QUrl(document->string("federation_metadata_url").value_or(QString()), QUrl::StrictMode);
    realm.activeUrl = QUrl(document->string("federation_active_auth_url").value_or(QString()), QUrl::StrictMode);
    for (const auto &url : {realm.metadataUrl, realm.activeUrl}) {
        if (!url.isEmpty() && !isHttps(url))
            return Error{ErrorCode::InvalidResponse,
                         u"an address of the organisation's sign-in service is not https"_s};
    }
    if (auto audience = document->string("cloud_audience_urn"); audience && !audience->isEmpty())
        realm.audience = *std::move(audience);
    return realm;
}

Result<WsTrustEndpoint> parseFederationMetadata(QByteArrayView xml)
{
    StrictXml reader(xml);
    Metadata metadata;
    while (reader.next()) {
        if (reader.isStart())
            metadata.enter(reader);
        else if (reader.isEnd())
            metadata.leave(reader);
    }
    if (const auto outcome = reader.outcome(); !outcome)
        return outcome.error();
    for (const auto &row : versions) {
        if (auto endpoint = metadata.find(row.version))
            return *std::move(endpoint);
    }
    return Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                 u"the organisation's sign-in service takes no name and password"_s};
}

Result<WsTrustEndpoint> wsTrustEndpoint(const QUrl &activeUrl)
{
    for (const auto &row : versions) {
        if (isHttps(activeUrl) && activeUrl.path().contains(row.path))
            return WsTrustEndpoint{activeUrl, row.version};
    }
    return Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                 u"the organisation's sign-in service speaks no WS-Trust that is known here"_s};
}

} // namespace Countersign::Protocol
