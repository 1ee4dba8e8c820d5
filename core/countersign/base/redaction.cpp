// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/redaction.h>

#include <countersign/base/logging.h>

#include <QtCore/QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace Countersign {
namespace {

struct Rule
{
    QRegularExpression pattern; //!< capture 1: what stays in front; capture "secret": what goes
    QLatin1StringView name;
};

// The parameters whose values are secret wherever they are written: forms, queries, JSON, headers, debug output.
constexpr auto secretNames =
    "access_token|refresh_token|id_token|id_token_hint|code|state|nonce|code_verifier|code_challenge|client_secret|"
    "client_assertion|assertion|subject_token|actor_token|device_code|password|passphrase|login_ticket|request|request_"
    "uri|"
    "logout_hint|client_info|SAMLResponse|secret|token|api_key|apikey|sig|user_code"_L1;

const std::array<Rule, 7> &rules()
{
    static const auto caseless = QRegularExpression::CaseInsensitiveOption;
    // Never destroyed: Qt and other libraries go on logging while the process ends.
    static const auto &table = *new std::array<Rule, 7>{{
        {QRegularExpression(u"()(?<secret>-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$))"_s,
                            QRegularExpression::DotMatchesEverythingOption),
         "private key"_L1},
        {QRegularExpression(u"(\\b(?:proxy-)?authorization\\s*[:=]\\s*\"?(?:[a-z]+\\s+)?)(?<secret>[^\\s\",;]+)"_s,
                            caseless),
         "authorization"_L1},
        {QRegularExpression(u"(\\b(?:set-)?cookie\\s*[:=]\\s*)(?<secret>[^\\r\\n]+)"_s, caseless), "cookie"_L1},
        {QRegularExpression(u"(\\bDPoP\\s*:\\s*)(?<secret>\\S+)"_s, caseless), "proof"_L1},
        {QRegularExpression(u"(\\b(?:Bearer|PoP|DPoP)\\s+)(?<secret>[A-Za-z0-9._~+/=-]{8,})"_s, caseless), "token"_L1},
        // name=value, "name":"value", name: "value", name%3Dvalue
        {QRegularExpression(
             u"((?<![A-Za-z0-9_])(?:"_s + QString(secretNames)
                 + u")\\\\*\"?\\s*(?:=|:|%3D|\", \")\\s*\\\\*\"?)(?<secret>(?:[^\\s\"&;,<>{}\\\\)\\]]|\\\\.)+)"_s,
             caseless),
         "value"_L1},
        // Anything dotted and long, or long and dense: JWTs, opaque tokens, keys.
        {QRegularExpression(
             u"()(?<secret>(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{2,}(?:\\.[A-Za-z0-9_-]*){1,3}"
             "|(?=[A-Za-z0-9_+/-]*[0-9])(?=[A-Za-z0-9_+/-]*[A-Z])(?=[A-Za-z0-9_+/-]*[a-z])[A-Za-z0-9_+/-]{40,}={0,2}))"_s),
         "value"_L1},
    }};
    return table;
}

QString replaced(const QString &text, const Rule &rule)
{
    auto matches = rule.pattern.globalMatch(text);
    if (!matches.hasNext())
        return text;
    QString out;
    qsizetype copied = 0;
    while (matches.hasNext()) {
        const auto match = matches.next();
        const auto secret = match.capturedView(u"secret"_s);
        const auto start = match.capturedStart(u"secret"_s);
        if (secret.startsWith(u"<redacted "))
            continue;
        out += QStringView(text).mid(copied, start - copied);
        out += u"<redacted %1, %2>"_s.arg(rule.name).arg(secret.size());
        copied = start + secret.size();
    }
    return out + QStringView(text).mid(copied);
}

} // namespace

QString redacted(QStringView text)
{
    QString out = text.toString();
    // Short texts without any of these cannot hold what the rules look for.
    if (out.size() < 8)
        return out;
    for (const auto &rule : rules())
        out = replaced(out, rule);
    return out;
}

QString redacted(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
}

QString withoutPersonalData(QStringView text)
{
    static const auto caseless = QRegularExpression::CaseInsensitiveOption;
    static const auto &table = *new std::array<Rule, 2>{{
        // never destroyed, as above
        {QRegularExpression(
             u"((?<![A-Za-z0-9_])(?:login_hint|username|preferred_username|upn|unique_name|email|given_name|"
             "family_name|oid|sub|home_account_id|X-AnchorMailbox)\\\\*\"?\\s*(?:=|:|%3D)\\s*\\\\*\"?)"
             "(?<secret>(?!<redacted )[^\\s\"&;,<>{}\\\\)\\]]+)"_s,
             caseless),
         "personal"_L1},
        {QRegularExpression(u"()(?<secret>[A-Za-z0-9._+-]+(?:@|%40)[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)"_s),
         "personal"_L1},
    }};
    QString out = text.toString();
    for (const auto &rule : table)
        out = replaced(out, rule);
    return out;
}

QString personal(QStringView text)
{
    if (isPersonalDataLogged())
        return text.toString();
    return u"<personal, %1>"_s.arg(text.size());
}

} // namespace Countersign
