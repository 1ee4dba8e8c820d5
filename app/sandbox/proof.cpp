// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "proof.h"

#include <countersign/jose/jwtvalidator.h>

using namespace Qt::StringLiterals;
using namespace Countersign;

namespace CountersignSandbox {

namespace {

//! RFC 9449 §5: the token endpoint; §7.1: a resource.
Response refused(const QString &error, const QString &description, bool isResource)
{
    Response response = Response::ofError(error, description, isResource ? 401 : 400);
    if (isResource)
        response.setHeader("WWW-Authenticate"_ba,
                           "DPoP error=\"" + error.toLatin1() + "\", algs=\"ES256 RS256 PS256\"");
    return response;
}

//! What the hooks at HookPoint::Proof make of an empty object.
struct Demands
{
    QString nonce; //!< that every proof has to carry
    bool isIgnored = false; //!< by a provider that has never heard of proofs
};

Demands demandsOf(Context &context, const Request &request)
{
    QJsonObject demands;
    context.hooks.apply(HookPoint::Proof, request.parameters(), demands);
    return {demands.value("nonce"_L1).toString(), demands.value("ignored"_L1).toBool()};
}

QString thumbprintOf(const Jose::VerifiedJwt &proof)
{
    const auto key = Jose::Jwk::parse(proof.header().object("jwk")->raw());
    return key->thumbprintText();
}

//! RFC 9449 §11.1.
bool isFresh(Context &context, const QString &id)
{
    const auto now = context.now();
    context.state.proofs.removeIf([&now](const auto &seen) { return seen.value() < now; });
    if (context.state.proofs.contains(id))
        return false;
    constexpr qint64 remembered = 600; // longer than a proof is taken
    context.state.proofs.insert(id, now.addSecs(remembered));
    return true;
}

} // namespace

std::optional<QString> provenKey(Context &context, const Request &request, const QString &accessToken,
                                 Response &refusal)
{
    const bool isResource = !accessToken.isEmpty();
    const auto isProof = [](const auto &field) { return field.first == "dpop"_ba; };
    const auto proofs = std::count_if(request.headers.begin(), request.headers.end(), isProof);
    const auto demands = proofs > 0 ? demandsOf(context, request) : Demands();
    if (proofs == 0 || demands.isIgnored)
        return QString();
    const auto refuse = [&refusal, isResource](const QString &why) {
        refusal = refused(u"invalid_dpop_proof"_s, why, isResource);
        return std::nullopt;
    };
    if (proofs > 1)
        return refuse(u"there is more than one proof"_s);
    auto rules = Jose::JwtRules::forDpopProof(request.method, QUrl(request.origin + request.path));
    if (isResource)
        rules.accessToken = Jose::HashPartner::of(accessToken.toLatin1(), true);
    const auto proof = Jose::JwtValidator(rules).validate(request.header("dpop"_ba), {}, context.now());
    if (!proof)
        return refuse(proof.error().message());
    if (!demands.nonce.isEmpty() && proof->claims().string("nonce") != demands.nonce) {
        refusal = refused(u"use_dpop_nonce"_s, u"the proof has to carry the nonce of this answer"_s, isResource);
        refusal.setHeader("DPoP-Nonce"_ba, demands.nonce.toLatin1());
        return std::nullopt;
    }
    const auto key = thumbprintOf(*proof);
    if (!isFresh(context, key + u' ' + proof->claims().string("jti").value_or(QString())))
        return refuse(u"the proof was used before"_s);
    return key;
}

} // namespace CountersignSandbox
