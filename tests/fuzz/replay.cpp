// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over its seeds, over every prefix of them and over each with one byte changed.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

std::size_t replay(std::vector<std::uint8_t> bytes)
{
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    std::size_t runs = 1;
    // Long seeds are sampled: the suite has to stay quick.
    const std::size_t stride = bytes.size() / 256 + 1;
    for (std::size_t at = 0; at < bytes.size(); at += stride, runs += 2) {
        LLVMFuzzerTestOneInput(bytes.data(), at);
        const auto original = bytes[at];
        bytes[at] = static_cast<std::uint8_t>(original ^ 0x5aU);
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        bytes[at] = original;
    }
    return runs;
}

} // namespace

int main(int argc, char **argv)
{
    std::size_t runs = replay({});
    std::size_t seeds = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto &entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            runs += replay({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
            ++seeds;
        }
    }
    std::printf("%zu seeds, %zu runs\n", seeds, runs);
    return seeds > 0 ? 0 : 1;
}
