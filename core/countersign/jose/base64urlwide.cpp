// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64urlwide.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <array>
#include <cstddef>
#include <immintrin.h>
#define COUNTERSIGN_HAS_AVX2
#endif

namespace Countersign::Jose {

#ifdef COUNTERSIGN_HAS_AVX2

namespace {

#define COUNTERSIGN_AVX2 __attribute__((target("avx2")))

COUNTERSIGN_AVX2 inline __m256i all(int byte)
{
    return _mm256_set1_epi8(static_cast<char>(byte));
}

// The kinds of characters by their upper four bits: '-', digits, letters up to O, letters beyond with '_', small
// letters beyond; the small letters up to o are like the capital ones.
enum Kind : char { Minus = 1, Digit = 2, Letter = 4, Capital = 8, Small = 16, Foreign = 32 };

//! The same table for both halves of a register.
COUNTERSIGN_AVX2 inline __m256i twice(const std::array<char, 16> &table)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i *>(table.data())));
}

//! By the lower four bits of a character: the kinds that have none such.
constexpr std::array<char, 16> missingKinds()
{
    std::array<char, 16> table{};
    for (int low = 0; low < 16; ++low) {
        int missing = Foreign;
        missing |= low == 0xd ? 0 : Minus;
        missing |= low <= 9 ? 0 : Digit;
        missing |= low >= 1 ? 0 : Letter;
        missing |= low <= 0xa || low == 0xf ? 0 : Capital;
        missing |= low <= 0xa ? 0 : Small;
        table[static_cast<std::size_t>(low)] = static_cast<char>(missing);
    }
    return table;
}

constexpr std::array<char, 16> kindByUpperBits{Foreign, Foreign, Minus,   Digit,   Letter,  Capital, Letter,  Small,
                                               Foreign, Foreign, Foreign, Foreign, Foreign, Foreign, Foreign, Foreign};
constexpr auto missingByLowerBits = missingKinds();
// What makes a character its value; '_' takes the place 8 beyond that of its kind.
constexpr std::array<char, 16> stepByUpperBits{0, 0, 62 - '-', 52 - '0', -'A', -'A',     26 - 'a', 26 - 'a',
                                               0, 0, 0,        0,        0,    63 - '_', 0,        0};

//! The value of each character. False if one is foreign.
COUNTERSIGN_AVX2 inline bool valuesOf(__m256i c, __m256i &values)
{
    const __m256i nibble = all(0x0f);
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi32(c, 4), nibble);
    const __m256i lower = _mm256_and_si256(c, nibble);
    const __m256i kind = _mm256_shuffle_epi8(twice(kindByUpperBits), upper);
    const __m256i missing = _mm256_shuffle_epi8(twice(missingByLowerBits), lower);
    if (_mm256_testz_si256(kind, missing) == 0)
        return false;
    const __m256i underscore = _mm256_and_si256(_mm256_cmpeq_epi8(c, all('_')), all(8));
    const __m256i step = _mm256_shuffle_epi8(twice(stepByUpperBits), _mm256_or_si256(upper, underscore));
    values = _mm256_add_epi8(c, step);
    return true;
}

//! 32 values of six bits as 24 bytes, in the lower three quarters.
COUNTERSIGN_AVX2 inline __m256i packed(__m256i values)
{
    const __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi32(0x01400140)); // a * 64 + b
    const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000)); // ab * 4096 + cd
    // Each four is three bytes, the highest first.
    const __m256i order = _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1, //
                                           2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    const __m256i bytes = _mm256_shuffle_epi8(fours, order);
    return _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7));
}

COUNTERSIGN_AVX2 qsizetype decodeByAvx2(const unsigned char *in, qsizetype size, unsigned char *out)
{
    qsizetype done = 0;
    // Each store writes 32 bytes for 24: the eight further ones must have room, too.
    for (; size - done >= 44; done += 32, out += 24) {
        __m256i values;
        if (!valuesOf(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(in + done)), values))
            break;
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(out), packed(values));
    }
    return done;
}

} // namespace

qsizetype decodeBase64UrlWide(const unsigned char *in, qsizetype size, unsigned char *out)
{
    static const bool isPossible = __builtin_cpu_supports("avx2") != 0;
    return isPossible ? decodeByAvx2(in, size, out) : 0;
}

#else

qsizetype decodeBase64UrlWide(const unsigned char *, qsizetype, unsigned char *)
{
    return 0;
}

#endif

} // namespace Countersign::Jose
