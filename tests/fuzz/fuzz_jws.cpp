// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jws.h>

using namespace Countersign::Jose;

namespace {

// RFC 7515 appendices A.1 and A.3: the keys of the seeds.
JwkSet setOf(const char *json)
{
    const auto key = Jwk::parse(QByteArrayView(json));
    return key ? JwkSet({*key}) : JwkSet();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto symmetric =
        setOf(R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9)"
              R"(CAow"})");
    static const auto curve = setOf(R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                                    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
    const QByteArrayView token(data, static_cast<qsizetype>(size));
    for (const auto *keys : {&symmetric, &curve}) {
        JwsRules rules;
        rules.allowUnencodedPayload = false;
        const auto verified = verifyJws(token, *keys, rules);
        if (!verified)
            continue;
        // Nobody but the key's holder makes such a signature: without the key, or with another set, it is none.
        if (verified->payload.size() > token.size() || verifyJws(token, JwkSet(), rules))
            __builtin_trap();
    }
    return 0;
}
