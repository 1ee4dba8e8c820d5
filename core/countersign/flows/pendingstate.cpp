// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/pendingstate.h>

#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qint64 stateVersion = 1;

} // namespace

Secret encode(const PendingState &state)
{
    const auto &pending = state.pending;
    Jose::JsonWriter writer;
    writer.beginObject()
        .integer("version", stateVersion)
        .string("client_id", pending.clientId.value)
        .string("authority", pending.authority)
        .string("issuer", pending.issuer)
        .utf8("token_endpoint", pending.tokenEndpoint.toEncoded())
        .utf8("redirect_uri", pending.redirectUri.toEncoded())
        .strings("asked", state.scopes.sorted())
        .strings("scopes", pending.scopes.sorted())
        .strings("consent_scopes", pending.consentScopes.sorted())
        .secret("state", pending.state)
        .secret("nonce", pending.nonce)
        .secret("verifier", pending.verifier)
        .string("acr_values", pending.acrValues)
        .string("claims", pending.claims)
        .strings("resources", pending.resources)
        .string("authorization_details", pending.authorizationDetails)
        .string("response_mode", Protocol::identifier(pending.responseMode))
        .boolean("iss_required", pending.isIssuerRequired)
        .boolean("every_scope", state.isEveryScopeRequired)
        .integer("started_at", pending.startedAt.toSecsSinceEpoch());
    if (pending.maxAge)
        writer.integer("max_age", pending.maxAge->count());
    if (state.expectedAccount)
        writer.string("home_account_id", state.expectedAccount->homeAccountId.value)
            .string("environment", state.expectedAccount->environment.value);
    writer.endObject();
    return writer.takeSecret();
}

Result<PendingState> parsePendingState(const Secret &text)
{
    const Error malformed{ErrorCode::InvalidArgument, u"This is not the state of a sign-in that was begun."_s};
    const auto json = Jose::JsonObject::parse(text.clone());
    if (!json || json->integer("version") != stateVersion)
        return malformed;
    const auto textOf = [&json](QByteArrayView name) { return json->string(name).value_or(QString()); };
    const auto scopesOf = [&json](QByteArrayView name) {
        return ScopeSet(json->stringList(name).value_or(QStringList()));
    };
    PendingState state;
    state.scopes = scopesOf("asked");
    state.isEveryScopeRequired = json->boolean("every_scope").value_or(false);
    if (json->contains("home_account_id"))
        state.expectedAccount = AccountId{{textOf("home_account_id")}, {textOf("environment")}};
    auto &pending = state.pending;
    pending.clientId = {textOf("client_id")};
    pending.authority = textOf("authority");
    pending.issuer = textOf("issuer");
    pending.tokenEndpoint = QUrl(textOf("token_endpoint"), QUrl::StrictMode);
    pending.redirectUri = QUrl(textOf("redirect_uri"), QUrl::StrictMode);
    pending.scopes = scopesOf("scopes");
    pending.consentScopes = scopesOf("consent_scopes");
    pending.state = json->secret("state").value_or(Secret());
    pending.nonce = json->secret("nonce").value_or(Secret());
    pending.verifier = json->secret("verifier").value_or(Secret());
    pending.acrValues = textOf("acr_values");
    pending.claims = textOf("claims");
    pending.resources = json->stringList("resources").value_or(QStringList());
    pending.authorizationDetails = textOf("authorization_details");
    const auto mode = textOf("response_mode");
    pending.responseMode = Protocol::parseResponseMode(mode).value_or(Protocol::ResponseMode::Default);
    pending.isIssuerRequired = json->boolean("iss_required").value_or(true);
    pending.startedAt = json->time("started_at").value_or(QDateTime());
    if (const auto maxAge = json->integer("max_age", 0))
        pending.maxAge = std::chrono::seconds(*maxAge);
    if (pending.state.isEmpty())
        return Error{ErrorCode::InvalidArgument, ErrorCause::StateMismatch, u"The state is missing."_s};
    if (pending.verifier.isEmpty() || pending.tokenEndpoint.isEmpty() || pending.issuer.isEmpty())
        return malformed;
    return state;
}

} // namespace Countersign
