// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The words of the protocol, each with the section that defines it.

namespace Countersign::Protocol {

namespace Parameter {
// RFC 6749 §4.1, §4.1.2, §4.1.3, §6
inline constexpr char responseType[] = "response_type";
inline constexpr char clientId[] = "client_id";
inline constexpr char clientSecret[] = "client_secret";
inline constexpr char redirectUri[] = "redirect_uri";
inline constexpr char scope[] = "scope";
inline constexpr char state[] = "state";
inline constexpr char code[] = "code";
inline constexpr char grantType[] = "grant_type";
inline constexpr char refreshToken[] = "refresh_token";
inline constexpr char username[] = "username"; // §4.3.2
inline constexpr char password[] = "password"; // §4.3.2
inline constexpr char error[] = "error"; // §4.1.2.1, §5.2
inline constexpr char errorDescription[] = "error_description";
inline constexpr char errorUri[] = "error_uri";
// RFC 6749 §5.1
inline constexpr char accessToken[] = "access_token";
inline constexpr char tokenType[] = "token_type";
inline constexpr char expiresIn[] = "expires_in";
// RFC 7636 §4.3, §4.5
inline constexpr char codeChallenge[] = "code_challenge";
inline constexpr char codeChallengeMethod[] = "code_challenge_method";
inline constexpr char codeVerifier[] = "code_verifier";
// OpenID Connect Core §3.1.2.1, §5.5
inline constexpr char nonce[] = "nonce";
inline constexpr char prompt[] = "prompt";
inline constexpr char maxAge[] = "max_age";
inline constexpr char loginHint[] = "login_hint";
inline constexpr char idTokenHint[] = "id_token_hint";
inline constexpr char acrValues[] = "acr_values";
inline constexpr char uiLocales[] = "ui_locales";
inline constexpr char display[] = "display";
inline constexpr char claims[] = "claims";
inline constexpr char idToken[] = "id_token"; // §3.1.3.3
inline constexpr char responseMode[] = "response_mode"; // OAuth 2.0 Multiple Response Types §2.1
inline constexpr char response[] = "response"; // JARM §2.3
inline constexpr char issuer[] = "iss"; // RFC 9207 §2
inline constexpr char resource[] = "resource"; // RFC 8707 §2
inline constexpr char requestUri[] = "request_uri"; // RFC 9126 §2.2, RFC 9101 §5
inline constexpr char request[] = "request"; // RFC 9101 §5
inline constexpr char authorizationDetails[] = "authorization_details"; // RFC 9396 §2, §7
inline constexpr char dpopJkt[] = "dpop_jkt"; // RFC 9449 §10
inline constexpr char deviceCode[] = "device_code"; // RFC 8628 §3.2
inline constexpr char assertion[] = "assertion"; // RFC 7521 §4.1
inline constexpr char clientAssertion[] = "client_assertion"; // RFC 7521 §4.2
inline constexpr char clientAssertionType[] = "client_assertion_type"; // RFC 7521 §4.2
inline constexpr char token[] = "token"; // RFC 7009 §2.1, RFC 7662 §2.1
inline constexpr char tokenTypeHint[] = "token_type_hint";
inline constexpr char postLogoutRedirectUri[] = "post_logout_redirect_uri"; // RP-Initiated Logout §2
inline constexpr char logoutHint[] = "logout_hint";
// Microsoft's extensions
inline constexpr char clientInfo[] = "client_info";
inline constexpr char domainHint[] = "domain_hint";
inline constexpr char anchorMailbox[] = "X-AnchorMailbox";
} // namespace Parameter

namespace GrantType {
inline constexpr char authorizationCode[] = "authorization_code"; // RFC 6749 §4.1.3
inline constexpr char refreshToken[] = "refresh_token"; // RFC 6749 §6
inline constexpr char password[] = "password"; // RFC 6749 §4.3.2
inline constexpr char clientCredentials[] = "client_credentials"; // RFC 6749 §4.4.2
inline constexpr char deviceCode[] = "urn:ietf:params:oauth:grant-type:device_code"; // RFC 8628 §3.4
inline constexpr char saml2Bearer[] = "urn:ietf:params:oauth:grant-type:saml2-bearer"; // RFC 7522 §2.1
inline constexpr char saml11Bearer[] = "urn:ietf:params:oauth:grant-type:saml1_1-bearer"; // Microsoft
inline constexpr char jwtBearer[] = "urn:ietf:params:oauth:grant-type:jwt-bearer"; // RFC 7523 §2.1
} // namespace GrantType

} // namespace Countersign::Protocol
