// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/almostinverse.h>

#include <bit>

namespace Countersign {

namespace {

constexpr int wordBits = 64;

bool isZero(const Words256 &a)
{
    return (a[0] | a[1] | a[2] | a[3]) == 0;
}

bool isOne(const Words256 &a)
{
    return a[0] == 1 && (a[1] | a[2] | a[3]) == 0;
}

// Nothing is carried out of the highest word.
void add(Words256 &a, const Words256 &b)
{
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::uint64_t sum = a[i] + b[i];
        const std::uint64_t carried = sum + carry;
        carry = static_cast<std::uint64_t>(sum < a[i]) | static_cast<std::uint64_t>(carried < sum);
        a[i] = carried;
    }
}

// Whether it borrowed.
bool subtract(Words256 &a, const Words256 &b)
{
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::uint64_t difference = a[i] - b[i];
        const std::uint64_t borrowed = difference - borrow;
        borrow = static_cast<std::uint64_t>(a[i] < b[i]) | static_cast<std::uint64_t>(difference < borrow);
        a[i] = borrowed;
    }
    return borrow != 0;
}

// By 1 to 63 bits.
void shiftRight(Words256 &a, int bits)
{
    for (std::size_t i = 0; i + 1 < a.size(); ++i)
        a[i] = a[i] >> bits | a[i + 1] << (wordBits - bits);
    a.back() >>= bits;
}

void shiftLeft(Words256 &a, int bits)
{
    for (std::size_t i = a.size() - 1; i > 0; --i)
        a[i] = a[i] << bits | a[i - 1] >> (wordBits - bits);
    a.front() <<= bits;
}

// Halves \p a until it is odd and doubles \p b as often; the number of times. \p a is not 0.
int halve(Words256 &a, Words256 &b)
{
    int total = 0;
    while ((a[0] & 1) == 0) {
        const int zeros = a[0] == 0 ? wordBits - 1 : std::countr_zero(a[0]);
        shiftRight(a, zeros);
        shiftLeft(b, zeros);
        total += zeros;
    }
    return total;
}

} // namespace

std::optional<AlmostInverse> almostInverse(const Words256 &number, const Words256 &modulus)
{
    if (isZero(number) || (modulus[0] & 1) == 0)
        return {};
    // Kept all the way: modulus = u s + v r, and number s = v 2^exponent modulo the modulus. So nothing outgrows 256
    // bits while u and v are not 0.
    Words256 u = modulus;
    Words256 v = number;
    Words256 r{};
    Words256 s{1};
    int exponent = halve(v, r);
    for (;;) {
        Words256 difference = u;
        if (subtract(difference, v)) {
            subtract(v, u);
            add(s, r);
            exponent += halve(v, r);
        } else if (!isZero(difference)) {
            u = difference;
            add(r, s);
            exponent += halve(u, s);
        } else {
            break; // both are the greatest common divisor
        }
    }
    if (!isOne(v))
        return {};
    return AlmostInverse{.value = s, .exponent = exponent};
}

} // namespace Countersign
