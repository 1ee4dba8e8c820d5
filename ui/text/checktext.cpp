// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/checktext.h"

#include "text/foreigntext.h"

#include <countersign/client/localizedtext.h>

#include <dictionary/datafile.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <optional>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct CheckWords
{
    Q_DECLARE_TR_FUNCTIONS(CheckText)
};

struct Words
{
    LocalizedText title;
    LocalizedText why;
    LocalizedText fix;
};
using Texts = QHash<QString, Words>;

Texts readTexts(QLatin1StringView list)
{
    Texts texts;
    const auto items = readDataFile(u"checks"_s).value(list).toArray();
    for (const auto item : items) {
        const auto json = item.toObject();
        texts.insert(json.value("id"_L1).toString(),
                     {LocalizedText::fromJson(json.value("title"_L1)), LocalizedText::fromJson(json.value("why"_L1)),
                      LocalizedText::fromJson(json.value("fix"_L1))});
    }
    return texts;
}

Words checkWords(const QString &id)
{
    static const auto texts = readTexts("checks"_L1);
    return texts.value(id);
}

//! A sentence of the core's and what it is in other languages. "%1" and "%2" stand for what is put into it.
struct Phrase
{
    QStringList english; //!< what stands round the places
    LocalizedText text;
};

//! No regular expressions: compiled, those of all the phrases take half a megabyte.
QList<Phrase> readPhrases(QLatin1StringView list)
{
    QList<Phrase> phrases;
    const auto items = readDataFile(u"checks"_s).value(list).toArray();
    for (const auto item : items) {
        const auto text = LocalizedText::fromJson(item.toObject().value("text"_L1));
        auto english = text.in(QLocale(QLocale::English));
        phrases.append({english.replace(u"%2"_s, u"%1"_s).split(u"%1"_s), text});
    }
    return phrases;
}

//! What \p sentence has in the places; null when it is another sentence than that of \p parts.
std::optional<QStringList> placesIn(const QString &sentence, const QStringList &parts)
{
    const auto &first = parts.constFirst();
    const auto &last = parts.constLast();
    if (parts.size() == 1)
        return sentence == first ? std::optional(QStringList()) : std::nullopt;
    if (sentence.size() < first.size() + last.size() || !sentence.startsWith(first) || !sentence.endsWith(last))
        return {};
    const auto inner = sentence.mid(first.size(), sentence.size() - first.size() - last.size());
    if (parts.size() == 2)
        return QStringList{inner};
    const auto &middle = parts.at(1);
    const auto place = inner.lastIndexOf(middle);
    return place < 0 ? std::nullopt : std::optional(QStringList{inner.left(place), inner.mid(place + middle.size())});
}

//! Empty: the core says something that has no words here.
QString translated(const QList<Phrase> &phrases, const QString &english)
{
    for (const auto &phrase : phrases) {
        const auto places = placesIn(english, phrase.english);
        if (!places)
            continue;
        const auto words = phrase.text.in(QLocale());
        // In one go: what is put in may itself look like a place.
        switch (places->size()) {
        case 0: return words;
        case 1: return words.arg(places->at(0));
        default: return words.arg(places->at(0), places->at(1));
        }
    }
    return {};
}

QString signedKindText(Jose::TokenKind kind)
{
    using Kind = Jose::TokenKind;
    switch (kind) {
    case Kind::Jwt: return CheckWords::tr("JSON Web Token");
    case Kind::Jws: return CheckWords::tr("Signed text");
    case Kind::IdToken: return CheckWords::tr("ID token");
    case Kind::AccessToken: return CheckWords::tr("Access token");
    case Kind::EntraAccessTokenV1: return CheckWords::tr("Access token of Entra, version 1.0");
    case Kind::EntraAccessTokenV2: return CheckWords::tr("Access token of Entra, version 2.0");
    case Kind::LogoutToken: return CheckWords::tr("Logout token");
    case Kind::DpopProof: return CheckWords::tr("DPoP proof");
    case Kind::SignedHttpRequest: return CheckWords::tr("Signed HTTP request");
    case Kind::ClientAssertion: return CheckWords::tr("Client assertion");
    case Kind::RequestObject: return CheckWords::tr("Request object");
    case Kind::AuthorizationResponse: return CheckWords::tr("Signed answer to a sign-in (JARM)");
    case Kind::IntrospectionResponse: return CheckWords::tr("Signed introspection answer");
    case Kind::SecurityEvent: return CheckWords::tr("Security event");
    default: return {};
    }
}

} // namespace

QString checkTitle(const QString &id)
{
    constexpr auto claim = "claim:"_L1; // expected by somebody, not by a rule
    if (id.startsWith(claim))
        return CheckWords::tr("Claim %1").arg(harmless(id.mid(claim.size()), 60));
    const auto title = checkWords(id).title.in(QLocale());
    return title.isEmpty() ? id : title;
}

QString checkReason(const QString &id)
{
    return checkWords(id).why.in(QLocale());
}

QString checkAdvice(const QString &id)
{
    return checkWords(id).fix.in(QLocale());
}

QString checkDetail(const Jose::Check &check)
{
    static const auto phrases = readPhrases("reasons"_L1);
    const auto words = translated(phrases, check.reason);
    return words.isEmpty() ? check.reason : words;
}

QString checkTerm(const QString &english)
{
    static const auto phrases = readPhrases("terms"_L1);
    const auto words = translated(phrases, english);
    return words.isEmpty() ? english : words;
}

QString outcomeText(Jose::CheckOutcome outcome)
{
    switch (outcome) {
    case Jose::CheckOutcome::Passed: return CheckWords::tr("Pass");
    case Jose::CheckOutcome::Failed: return CheckWords::tr("Fail");
    case Jose::CheckOutcome::Warning: return CheckWords::tr("Warning");
    case Jose::CheckOutcome::NotPossible: return CheckWords::tr("Not possible");
    case Jose::CheckOutcome::NotApplicable: return CheckWords::tr("Does not apply");
    }
    Q_UNREACHABLE();
}

ColorRole outcomeColor(Jose::CheckOutcome outcome)
{
    switch (outcome) {
    case Jose::CheckOutcome::Passed: return ColorRole::Success;
    case Jose::CheckOutcome::Failed: return ColorRole::Danger;
    case Jose::CheckOutcome::Warning: return ColorRole::Warning;
    case Jose::CheckOutcome::NotPossible: return ColorRole::Info;
    case Jose::CheckOutcome::NotApplicable: return ColorRole::MutedText;
    }
    Q_UNREACHABLE();
}

QString outcomeSymbol(Jose::CheckOutcome outcome)
{
    switch (outcome) {
    case Jose::CheckOutcome::Passed: return u"ok"_s;
    case Jose::CheckOutcome::Failed: return u"fail"_s;
    case Jose::CheckOutcome::Warning: return u"attention"_s;
    case Jose::CheckOutcome::NotPossible: return u"unknown"_s;
    case Jose::CheckOutcome::NotApplicable: return u"none"_s;
    }
    Q_UNREACHABLE();
}

QString warningText(const Jose::TokenWarning &warning)
{
    static const auto texts = readTexts("warnings"_L1);
    auto found = texts.constFind(warning.id);
    // A family's entry speaks for whatever has no own one.
    if (found == texts.constEnd())
        found = texts.constFind(warning.id.section(u'_', 0, 0) + u"_*"_s);
    const auto title = found == texts.constEnd() ? warning.id : found->title.in(QLocale());
    return warning.detail.isEmpty() ? title : CheckWords::tr("%1: %2").arg(title, isolated(warning.detail, 80));
}

ColorRole severityColor(Jose::TokenSeverity severity)
{
    switch (severity) {
    case Jose::TokenSeverity::Note: return ColorRole::Info;
    case Jose::TokenSeverity::Warning: return ColorRole::Warning;
    case Jose::TokenSeverity::Danger: return ColorRole::Danger;
    }
    Q_UNREACHABLE();
}

QString tokenKindText(Jose::TokenKind kind)
{
    using Kind = Jose::TokenKind;
    switch (kind) {
    case Kind::Empty: return CheckWords::tr("Nothing");
    case Kind::Opaque: return CheckWords::tr("Opaque token");
    case Kind::SdJwt: return CheckWords::tr("SD-JWT");
    case Kind::KeyBinding: return CheckWords::tr("Key binding of an SD-JWT");
    case Kind::Jwe: return CheckWords::tr("Encrypted token");
    case Kind::JwsJson: return CheckWords::tr("Signed token in JSON form");
    case Kind::JweJson: return CheckWords::tr("Encrypted token in JSON form");
    case Kind::Json: return CheckWords::tr("JSON");
    case Kind::Paseto: return CheckWords::tr("PASETO");
    case Kind::Macaroon: return CheckWords::tr("Macaroon");
    case Kind::SamlAssertion: return CheckWords::tr("SAML assertion");
    case Kind::Jwt:
    case Kind::Jws:
    case Kind::IdToken:
    case Kind::AccessToken:
    case Kind::EntraAccessTokenV1:
    case Kind::EntraAccessTokenV2:
    case Kind::LogoutToken:
    case Kind::DpopProof:
    case Kind::SignedHttpRequest:
    case Kind::ClientAssertion:
    case Kind::RequestObject:
    case Kind::AuthorizationResponse:
    case Kind::IntrospectionResponse:
    case Kind::SecurityEvent: return signedKindText(kind);
    }
    Q_UNREACHABLE();
}

} // namespace Countersign::Desktop
