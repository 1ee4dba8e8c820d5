// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "proofoptions.h"

#include "text.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Methods are case-sensitive, but nobody means another than these (RFC 9110 §9.3, RFC 5789).
QByteArray methodOf(const QString &word)
{
    const auto upper = word.toUpper();
    const QStringList usual{u"GET"_s,     u"HEAD"_s,    u"POST"_s,  u"PUT"_s,  u"DELETE"_s,
                            u"CONNECT"_s, u"OPTIONS"_s, u"TRACE"_s, u"PATCH"_s};
    return (usual.contains(upper) ? upper : word).toUtf8();
}

//! Where a proof has its place: beside the token, or, for a signed request, in its stead.
QStringList formatsFor(ProofScheme scheme)
{
    QStringList formats{u"text"_s, u"json"_s, u"jsonl"_s, u"token"_s, u"header"_s, u"curl"_s, u"none"_s};
    if (scheme == ProofScheme::SignedHttpRequest)
        formats.append(u"bearer"_s);
    return formats;
}

} // namespace

void ProofOptions::addTo(OptionSet &options)
{
    options.pair("--dpop", m_dpop, u"METHOD URL"_s,
                 Text::tr("A token bound to a key of this device, and the proof for one request (DPoP, RFC 9449)"));
    options.pair("--pop", m_pop, u"METHOD URL"_s, Text::tr("The same in Microsoft's way: a signed HTTP request"));
    options.filledText("--proof-nonce", m_nonce, Text::tr("The nonce that the API demanded of the proof"));
}

QString ProofOptions::anySaid() const
{
    if (!m_dpop.isEmpty())
        return u"--dpop"_s;
    if (!m_pop.isEmpty())
        return u"--pop"_s;
    return m_nonce.isEmpty() ? QString() : u"--proof-nonce"_s;
}

Result<ProofOfPossession> ProofOptions::parse() const
{
    const bool isDpop = !m_dpop.isEmpty();
    const auto &words = isDpop ? m_dpop : m_pop;
    ProofOfPossession proof{.scheme = isDpop ? ProofScheme::Dpop : ProofScheme::SignedHttpRequest,
                            .method = methodOf(words.value(0)),
                            .url = QUrl(words.value(1), QUrl::StrictMode),
                            .nonce = m_nonce.toUtf8()};
    // The parser takes the next two words, whatever they are.
    if (words.value(0).startsWith(u'-') || words.value(1).startsWith(u'-'))
        return wrongUsage(Text::tr("'%1' needs 2 values.").arg(isDpop ? u"--dpop"_s : u"--pop"_s));
    // One by one, so that the word that is wrong can be named.
    const auto isGood = [](const QByteArray &method, const QUrl &url) {
        return Protocol::checkProof({.scheme = {}, .method = method, .url = url, .nonce = {}}).hasValue();
    };
    if (!isGood(proof.method, QUrl(u"https://api.example/"_s)))
        return wrongUsage(Text::tr("'%1' is no method of a request, like GET or POST.").arg(harmless(words.value(0))));
    if (!isGood(proof.method, proof.url))
        return wrongUsage(Text::tr("'%1' is no address to prove a key to: it begins with https:// (or http:// on this "
                                   "computer) and has neither a user name nor a fragment.")
                              .arg(harmless(words.value(1))));
    if (!Protocol::checkProof(proof))
        return wrongUsage(Text::tr("--proof-nonce holds characters that no nonce has."));
    return proof;
}

Result<std::optional<ProofOfPossession>> ProofOptions::resolve(const Context &context, bool isIdToken) const
{
    if (!m_dpop.isEmpty() && !m_pop.isEmpty())
        return wrongUsage(Text::tr("--dpop and --pop are two ways to the same: give one of them."));
    if (m_dpop.isEmpty() && m_pop.isEmpty()) {
        if (!m_nonce.isEmpty())
            return wrongUsage(Text::tr("--proof-nonce goes with --dpop or --pop."));
        return std::optional<ProofOfPossession>();
    }
    if (isIdToken)
        return wrongUsage(Text::tr("An ID token is bound to no key: leave --type id out."));
    auto proof = parse();
    if (!proof)
        return proof.error();
    const auto formats = formatsFor(proof->scheme);
    const auto &format = context.global().output;
    if (!format.isEmpty() && !formats.contains(format))
        return wrongUsage(Text::tr("'%1' has no place for the proof of a key; these formats have: %2.")
                              .arg(format, formats.join(u", "_s)));
    return std::optional(*std::move(proof));
}

} // namespace Countersign::Cli
