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
    //! Whether a match is a sentence that only reads like a secret; null: it never is.
    bool (*isProse)(const QRegularExpressionMatch &match) = nullptr;
};

// The parameters whose values are secret wherever they are written: forms, queries, JSON, headers, debug output.
constexpr auto secretNames =
    "access_token|refresh_token|id_token|id_token_hint|code|state|nonce|code_verifier|code_challenge|client_secret|"
    "client_assertion|assertion|subject_token|actor_token|device_code|password|passphrase|login_ticket|request|request_"
    "uri|"
    "logout_hint|client_info|SAMLResponse|secret|token|api_key|apikey|sig|user_code"_L1;

//! A word of a sentence, perhaps of two parts, an identifier such as invalid_grant, or a number of three digits. What a
//! provider or we make at random has digits or capitals within, or is longer; what people make of words has more parts.
bool isPlainWord(QStringView text)
{
    static const auto &pattern = *new QRegularExpression(
        u"\\A\\(?(?:[A-Za-z][a-z]{0,19}(?:['-][a-z]{1,19}|(?:_[a-z]{1,19}){1,3})?|[0-9]{1,3})[.:!?]*\\z"_s);
    return pattern.match(text).hasMatch();
}

//! "The token: refused", "this is a secret: give a file". Never what has a quoted name or an equals sign: those forms
//! carry values, and sentences do not have them. A password may well be a plain word.
bool isSentence(const QRegularExpressionMatch &match)
{
    static const auto &anotherName = *new QRegularExpression(u"\\A(?:"_s + QString(secretNames) + u")[:=]\\z"_s,
                                                             QRegularExpression::CaseInsensitiveOption);
    // What comes is the name of another value: that one goes.
    if (anotherName.match(match.capturedView(u"secret"_s)).hasMatch())
        return true;
    static const auto &colon = *new QRegularExpression(u"\\A:\\s+\"?\\z"_s);
    static const auto &sayable = *new QRegularExpression(u"\\A(?:code|state|nonce|assertion|request|token)\\z"_s,
                                                         QRegularExpression::CaseInsensitiveOption);
    if (!isPlainWord(match.capturedView(u"secret"_s)) || !colon.match(match.capturedView(u"separator"_s)).hasMatch())
        return false;
    const auto name = match.capturedView(u"name"_s);
    const bool isSecret = name.compare("secret"_L1, Qt::CaseInsensitive) == 0;
    return sayable.match(name).hasMatch() || (isSecret && match.capturedLength(u"copula"_s) > 0);
}

//! "Bearer authentication", "Bearer resource_metadata=": the words that stand after a scheme's name in a sentence or in
//! a challenge (RFC 9110 §11.3).
bool isSchemeInProse(const QRegularExpressionMatch &match)
{
    auto word = match.capturedView(u"secret"_s);
    if (word.endsWith(u'='))
        word.chop(1);
    return isPlainWord(word);
}

//! "~/.azure/msal_token_cache.json." at the end of a sentence.
bool isFileName(const QRegularExpressionMatch &match)
{
    static const auto &pattern = *new QRegularExpression(u"\\A[a-z_-]+\\.[a-z]{2,4}\\.\\z"_s);
    return pattern.match(match.capturedView(u"secret"_s)).hasMatch();
}

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
        {QRegularExpression(u"(\\b(?:Bearer|PoP|DPoP)\\s+)(?<secret>[A-Za-z0-9._~+/=-]{8,})"_s, caseless), "token"_L1,
         isSchemeInProse},
        // name=value, "name":"value", name: "value", name%3Dvalue
        {QRegularExpression(u"((?<copula>\\b(?:is|are) (?:an? |no )?)?(?<![A-Za-z0-9_])(?<name>"_s
                                + QString(secretNames)
                                + u")(?<separator>\\\\*\"?\\s*(?:=|:|%3D|\", \")\\s*\\\\*\"?))"
                                  "(?<secret>(?:[^\\s\"&;,<>{}\\\\)\\]]|\\\\.)+)"_s,
                            caseless),
         "value"_L1, isSentence},
        // Anything dotted and long, or long and dense: JWTs, opaque tokens, keys.
        {QRegularExpression(
             u"()(?<secret>(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{2,}(?:\\.[A-Za-z0-9_-]*){1,3}"
             "|(?=[A-Za-z0-9_+/-]*[0-9])(?=[A-Za-z0-9_+/-]*[A-Z])(?=[A-Za-z0-9_+/-]*[a-z])[A-Za-z0-9_+/-]{40,}={0,2}))"_s),
         "value"_L1, isFileName},
    }};
    return table;
}

QString replaced(const QString &text, const Rule &rule)
{
    QString out;
    qsizetype copied = 0;
    auto match = rule.pattern.match(text);
    while (match.hasMatch()) {
        const auto secret = match.capturedView(u"secret"_s);
        const auto start = match.capturedStart(u"secret"_s);
        if (rule.isProse && rule.isProse(match)) {
            // The word may be the name of the next value; but one that stands alone would be found again for ever.
            match = rule.pattern.match(text, start > match.capturedStart() ? start : match.capturedEnd());
            continue;
        }
        if (!secret.startsWith(u"<redacted ")) {
            out += QStringView(text).mid(copied, start - copied);
            out += u"<redacted %1, %2>"_s.arg(rule.name).arg(secret.size());
            copied = start + secret.size();
        }
        match = rule.pattern.match(text, start + secret.size());
    }
    return copied == 0 ? text : out + QStringView(text).mid(copied);
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
