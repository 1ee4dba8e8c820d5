// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/formcodec.h>

using namespace Countersign::Jose;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto parsed = FormParameters::parse(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!parsed)
        return 0;
    FormEncoder encoder;
    for (const auto &parameter : parsed->parameters())
        encoder.add(parameter.name, parameter.value);
    const auto again = FormParameters::parse(encoder.view());
    if (!again || again->parameters().size() != parsed->parameters().size()
        || again->duplicates() != parsed->duplicates())
        __builtin_trap();
    for (qsizetype i = 0; i < parsed->parameters().size(); ++i) {
        if (again->parameters()[i].name != parsed->parameters()[i].name
            || again->parameters()[i].value != parsed->parameters()[i].value)
            __builtin_trap();
    }
    return 0;
}
