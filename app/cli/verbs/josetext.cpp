// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetext.h"
#include "josetool.h"

#include "../context.h"
#include "../secrettext.h"
#include "../text.h"
#include "../words.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/algorithm.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/tokenhash.h>
#include <countersign/protocol/pkce.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class PkceVerb final : public Verb
{
public:
    PkceVerb() : Verb(u"pkce"_s, Text::tr("Make a code verifier and its challenge (RFC 7636)")) { }
    QString description() const override
    {
        return Text::tr("With @FILE or - the challenge of the verifier that stands there. A verifier is a secret:\n"
                        "a pipe gets it, a terminal only with --show.");
    }
    void addOptions(OptionSet &options) override
    {
        options.text("VERIFIER", m_input, Text::tr("@FILE, or - for standard input; none makes a new one"));
        options.flag("--show", m_isShown, Text::tr("Write the verifier to a terminal"));
    }

    ExitCode run(Context &context) override
    {
        const auto verifier = m_input.isEmpty() ? freshVerifier() : givenVerifier(context);
        if (!verifier)
            return context.fail(verifier.error());
        const auto challenge = Protocol::codeChallenge(*verifier);
        const bool isHidden = !m_isShown && context.outIsTerminal() && context.global().output != "none"_L1;
        if (isHidden)
            context.hint(Text::tr("The verifier is left out on a terminal; --show writes it."));
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.pkce/1"_s);
            if (!isHidden)
                json.secret("code_verifier", *verifier);
            json.utf8("code_challenge", challenge).string("code_challenge_method", u"S256"_s).endObject();
            return context.writeJson(json.takeSecret().reveal());
        }
        if (!isHidden)
            context.write(joined({"code_verifier=", verifier->reveal(), "\n"}).reveal());
        context.write(QByteArray("code_challenge=" + challenge + "\ncode_challenge_method=S256\n"));
        return ExitCode::Done;
    }

private:
    static Result<Secret> freshVerifier()
    {
        SystemRandom random;
        return Protocol::makePkce(random).verifier;
    }
    //! A verifier is a secret: never a word of the command line.
    Result<Secret> givenVerifier(const Context &context) const
    {
        if (m_input != "-"_L1 && !m_input.startsWith(u'@'))
            return wrongUsage(Text::tr("A verifier is a secret: give @FILE, or - for standard input."));
        const auto input = context.readInput(m_input);
        if (!input)
            return input.error();
        const auto text = withoutLineEnd(input->reveal());
        const auto isUnreserved = [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
                || c == '_' || c == '~';
        };
        if (text.size() < 43 || text.size() > 128 || !std::all_of(text.begin(), text.end(), isUnreserved))
            return Error{ErrorCode::InvalidArgument, ErrorCause::TokenMalformed,
                         Text::tr("That is no code verifier: 43 to 128 of A-Z, a-z, 0-9, '-', '.', '_' and '~'.")};
        return Secret::copyOf(text);
    }

    QString m_input;
    bool m_isShown = false;
};

class Base64UrlVerb final : public Verb
{
public:
    Base64UrlVerb() : Verb(u"b64u"_s, Text::tr("Encode or decode base64url (RFC 4648 5)")) { }
    void addOptions(OptionSet &options) override
    {
        options.text("INPUT", m_input, Text::tr("A text, @FILE, or - for standard input"));
        options.flag("-d,--decode", m_isDecoding, Text::tr("Decode, and write the bytes as they are"));
    }

    ExitCode run(Context &context) override
    {
        const auto input = context.readInput(m_input);
        if (!input)
            return context.fail(input.error());
        if (!m_isDecoding) {
            const Secret encoded(Jose::encodeBase64Url(input->reveal()));
            if (context.global().isJson())
                return writeJson(context, [&encoded](Jose::JsonWriter &json) { json.secret("encoded", encoded); });
            context.write(encoded.reveal());
            context.write("\n");
            return ExitCode::Done;
        }
        const auto decoded = Jose::decodeBase64UrlSecret(withoutLineEnd(input->reveal()));
        if (!decoded)
            return context.fail(
                Error{ErrorCode::InvalidArgument, ErrorCause::TokenMalformed, decoded.error().message()});
        if (context.global().isJson())
            return writeJson(context, [&decoded](Jose::JsonWriter &json) { writeContent(json, "decoded", *decoded); });
        context.write(decoded->reveal());
        return ExitCode::Done;
    }

private:
    static ExitCode writeJson(Context &context, const std::function<void(Jose::JsonWriter &)> &write)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.b64u/1"_s);
        write(json);
        json.endObject();
        return context.writeJson(json.takeSecret().reveal());
    }

    QString m_input;
    bool m_isDecoding = false;
};

class TokenHashVerb final : public Verb
{
public:
    TokenHashVerb()
        : Verb(u"at-hash"_s, Text::tr("Print at_hash, c_hash or s_hash of a value (OpenID Connect 3.1.3.6)"))
    {
    }
    void addOptions(OptionSet &options) override
    {
        options.text("INPUT", m_input, Text::tr("The access token, code or state: @FILE, or - for standard input"));
        options.text("--alg", m_algorithm,
                     Text::tr("The ID token's alg; RS256 by default; Ed448 for EdDSA with a key of that curve"));
    }

    ExitCode run(Context &context) override
    {
        // RFC 9864 §2.2 names the curve; EdDSA alone is nearly always Ed25519.
        const bool isEd448 = m_algorithm == "Ed448"_L1;
        const bool namesCurve = isEd448 || m_algorithm == "Ed25519"_L1;
        const auto algorithm = namesCurve ? Jose::Algorithm::EdDSA : Jose::parseAlgorithm(m_algorithm);
        if (!algorithm)
            return context.fail(wrongUsage(Text::tr("'%1' is no signature algorithm.").arg(m_algorithm)));
        if (m_input != "-"_L1 && !m_input.startsWith(u'@'))
            return context.fail(wrongUsage(Text::tr("The value is a secret: give @FILE, or - for standard input.")));
        const auto input = context.readInput(m_input);
        if (!input)
            return context.fail(input.error());
        const auto hash = Jose::tokenHash(withoutLineEnd(input->reveal()), *algorithm, isEd448);
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.token-hash/1"_s).string("alg", m_algorithm);
            json.utf8("hash", hash).endObject();
            return context.writeJson(json.view());
        }
        context.write(QByteArray(hash + '\n'));
        return ExitCode::Done;
    }

private:
    QString m_input;
    QString m_algorithm = u"RS256"_s;
};

} // namespace

std::vector<std::unique_ptr<Verb>> makeJoseTextVerbs()
{
    std::vector<std::unique_ptr<Verb>> verbs;
    verbs.push_back(std::make_unique<PkceVerb>());
    verbs.push_back(std::make_unique<Base64UrlVerb>());
    verbs.push_back(std::make_unique<TokenHashVerb>());
    return verbs;
}

} // namespace Countersign::Cli
