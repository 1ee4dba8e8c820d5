// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenextraction.h>

using namespace Countersign::Jose;

namespace {

void require(bool condition)
{
    if (!condition)
        __builtin_trap();
}

void visit(const TokenDocument &document, int depth)
{
    require(depth <= TokenDocument::maximumNesting);
    require(document.nested().size() <= TokenDocument::maximumNested);
    require(document.warnings().size() <= TokenDocument::maximumWarnings);
    for (const auto &part : document.parts())
        require(part.offset >= 0 && part.offset + part.size <= document.text().size());
    for (const auto &nested : document.nested())
        visit(*nested.document, depth + 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    visit(TokenDocument::read(text), 1);
    const auto candidates = extractTokens(text);
    require(candidates.size() <= maximumCandidates);
    for (const auto &candidate : candidates)
        visit(TokenDocument::read(candidate.token), 1);
    return 0;
}
