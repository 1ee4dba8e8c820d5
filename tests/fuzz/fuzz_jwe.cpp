// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwe.h>
#include <countersign/jose/jwtencryption.h>
#include <countersign/jose/unverifiedjwt.h>

using namespace Countersign::Jose;

namespace {

// RFC 7516 appendix A.3 and RFC 7518 appendix C: a key of the seeds, and one that lets ECDH-ES be reached.
JwkSet setOf(const char *json)
{
    const auto key = Jwk::parse(QByteArrayView(json));
    return key ? JwkSet({*key}) : JwkSet();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto symmetric = setOf(R"({"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"})");
    static const auto curve = setOf(
        R"({"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",)"
        R"("y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"})");
    const QByteArrayView token(data, static_cast<qsizetype>(size));
    JweRules rules;
    rules.allowDecompression = true;
    for (const auto *keys : {&symmetric, &curve}) {
        const auto plain = decryptJwe(token, *keys, rules);
        if (plain && plain->plaintext.size() > JweRules::maximumRatio * token.size())
            __builtin_trap();
        const auto jwt = UnverifiedJwt::decrypt(token, {KeyManagement::A128Kw, ContentEncryption::A128CbcHs256, *keys});
        if (jwt && !jwt->wasEncrypted())
            __builtin_trap();
    }
    return 0;
}
