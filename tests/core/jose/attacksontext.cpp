// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Rows 18 to 20, 22, 25 to 27, 31, 45: the text before anything in it is believed.
#include "attackcorpus.h"

#include <countersign/jose/tokendocument.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose::Attacks {

namespace {

Attack attack(int row, const QByteArray &name, const QByteArray &token, const QString &warning)
{
    return {row, name, token, validated(token), warning};
}

List shapes()
{
    const auto good = signedClaims(soundClaims());
    const auto parts = good.split('.');
    const auto count = u"segment_count"_s;
    return {attack(18, "nothing", {}, {}),
            attack(18, "one part", parts[1], {}),
            attack(18, "two parts", parts[0] + '.' + parts[1], count),
            attack(18, "four parts", good + ".AAAA", count),
            attack(18, "five parts", good + ".AA.AA", count),
            attack(18, "six parts", good + ".AA.AA.AA", count),
            attack(18, "leading dot", '.' + good, count),
            attack(18, "trailing dot", good + '.', count),
            attack(18, "dots only", "..", {}),
            attack(18, "a million dots", good + QByteArray(1'000'000, '.'), count)};
}

List spellings()
{
    const auto good = signedClaims(soundClaims());
    const auto parts = good.split('.');
    const auto withSignature = [&parts](const QByteArray &end) -> QByteArray {
        return parts[0] + '.' + parts[1] + '.' + end;
    };
    // 256 bytes leave four bits over: the last character has fifteen other spellings.
    auto respelled = parts[2];
    respelled.back() = respelled.back() == 'A' ? 'B' : static_cast<char>(respelled.back() + 1);
    return {attack(19, "padding", good + "==", u"base64_padding"_s),
            attack(19, "padding in the header", parts[0] + "=." + parts[1] + '.' + parts[2], u"base64_padding"_s),
            attack(19, "plus", withSignature('+' + parts[2].sliced(1)), u"base64_standard_alphabet"_s),
            attack(19, "slash", withSignature('/' + parts[2].sliced(1)), u"base64_standard_alphabet"_s),
            attack(19, "a space inside", good.first(20) + ' ' + good.sliced(20), u"base64_white_space"_s),
            attack(19, "a line end inside", good.first(20) + '\n' + good.sliced(20), u"base64_white_space"_s),
            attack(19, "a line end behind", good + '\n', {}),
            attack(19, "a space before", ' ' + good, {}),
            attack(19, "a question mark", good + '?', u"base64_foreign_character"_s),
            attack(19, "NUL", good.first(20) + '\0' + good.sliced(20), u"base64_foreign_character"_s),
            attack(19, "trailing bits", withSignature(respelled), u"base64_trailing_bits"_s),
            attack(19, "1 mod 4", good + "AAA", u"base64_impossible_length"_s)};
}

List documents()
{
    List list;
    const auto inHeader = [&list](int row, const QByteArray &name, const QByteArray &members, const QString &warning) {
        list.append(attack(row, name + " in the header", signedWithHeader(members), warning));
    };
    const auto inClaims = [&list](int row, const QByteArray &name, const QByteArray &claims, const QString &warning) {
        list.append(attack(row, name + " in the claims", signedClaims(claims), warning));
    };
    const auto duplicate = u"json_duplicate_name"_s;
    inHeader(20, "duplicate", R"(,"alg":"none")", duplicate);
    inHeader(20, "escaped duplicate", R"(,"\u0061lg":"none")", duplicate);
    inClaims(20, "duplicate", soundClaims().chopped(1) + R"(,"sub":"eve"})", duplicate);
    inClaims(20, "escaped duplicate", soundClaims().chopped(1) + R"(,"\u0073ub":"eve"})", duplicate);
    inClaims(20, "nested duplicate", claimsWith(R"("a":[{"b":1,"b":2}])"), duplicate);
    inClaims(22, "overlong", claimsWith("\"a\":\"\xc0\xaf\""), u"json_invalid_utf8"_s);
    inClaims(22, "FF FE", claimsWith("\"a\":\"\xff\xfe\""), u"json_invalid_utf8"_s);
    inClaims(22, "lone surrogate", claimsWith("\"a\":\"\\ud800\""), u"json_lone_surrogate"_s);
    inClaims(22, "surrogate in UTF-8", claimsWith("\"a\":\"\xed\xa0\x80\""), u"json_invalid_utf8"_s);
    inClaims(22, "byte order mark", "\xef\xbb\xbf" + soundClaims(), u"json_byte_order_mark"_s);
    QByteArray utf16;
    for (const char c : soundClaims())
        utf16 += QByteArray(1, c) + '\0';
    inClaims(22, "UTF-16", "\xff\xfe" + utf16, u"json_utf16"_s);
    inHeader(22, "lone surrogate", R"(,"x":"\ud800")", u"json_lone_surrogate"_s);
    inClaims(25, "trailing data", soundClaims() + 'x', u"json_trailing_data"_s);
    inClaims(25, "second document", soundClaims() + soundClaims(), u"json_trailing_data"_s);
    inClaims(25, "NUL behind", soundClaims() + '\0', u"json_trailing_data"_s);
    inClaims(25, "comment", "{/**/" + soundClaims().sliced(1), u"json_comment"_s);
    inClaims(25, "line comment", soundClaims().chopped(1) + "//\n}", u"json_comment"_s);
    inClaims(25, "single quotes", soundClaims().replace('"', '\''), u"json_single_quotes"_s);
    inClaims(25, "trailing comma", soundClaims().chopped(1) + ",}", u"json_trailing_comma"_s);
    return list;
}

//! Rows 26 and 27. What keeps them cheap is what is asserted: the caps refuse before the work is done.
List sizes()
{
    const auto nested = [](int depth) {
        return signedClaims(claimsWith("\"a\":" + QByteArray(depth, '[') + QByteArray(depth, ']')));
    };
    QByteArray wide = soundClaims().chopped(1);
    for (int i = 0; i < 100'000; ++i)
        wide += ",\"m" + QByteArray::number(i) + "\":0";
    const auto long10 = claimsWith("\"a\":\"" + QByteArray(10'000'000, 'a') + '"');
    const auto tooLarge = u"too_large_to_verify"_s;
    return {
        attack(26, "17 arrays in one another", nested(17), u"not_well_formed"_s),
        attack(26, "1000 arrays", nested(1000), u"json_too_deep"_s),
        attack(26, "100 000 arrays", nested(100'000), u"json_too_deep"_s),
        attack(26, "100 000 members", signedClaims(wide + '}'), tooLarge),
        attack(26, "text of 10 MB", signedClaims(long10), u"too_large"_s),
        attack(26, "header of 1 MB", signedWithHeader(",\"x\":\"" + QByteArray(1'000'000, 'x') + '"'), tooLarge),
        attack(27, "just above 64 KiB", signedClaims(claimsWith("\"a\":\"" + QByteArray(49'000, 'a') + '"')), tooLarge),
        attack(27, "1 MiB", signedClaims(claimsWith("\"a\":\"" + QByteArray(1 << 20, 'a') + '"')), tooLarge),
        attack(27, "100 MiB", "eyJhbGciOiJSUzI1NiJ9." + QByteArray(100 << 20, 'A'), u"too_large"_s)};
}

List nesting()
{
    auto token = signedClaims(soundClaims());
    const auto inner = token;
    for (int i = 0; i < 8; ++i)
        token = signedWithHeader(R"(,"cty":"JWT")", token);
    const auto twice = signedWithHeader(R"(,"cty":"JWT")", inner);
    const auto lying = signedWithHeader(R"(,"cty":"JWT")");
    const auto within = signedClaims(claimsWith("\"at\":\"" + inner + '"'));
    return {attack(31, "a token in a token", twice, {}),
            attack(31, "nine deep", token, u"nested_too_deep"_s),
            {31, "cty lies", lying, validated(lying), {}, true},
            {31, "a token in a claim", within, validated(within), {}, true}};
}

List lookAlikes()
{
    const auto good = signedClaims(soundClaims());
    return {attack(45, "SD-JWT", good + "~" + encodeBase64Url(R"(["salt","name","Ada"])") + "~", {}),
            attack(45, "tilde alone", good + "~", {}),
            attack(45, "PASETO", "v4.public.eyJkYXRhIjoidGhpcyJ9AAAA", {}),
            attack(45, "PASETO local", "v4.local.AAAA", {}),
            attack(45, "opaque", "gho_16C7e42F292c6912E7710c838347Ae178B4a", {}),
            attack(45, "Entra's opaque refresh token", "0.AXoAbcdefgh.AgABAAEAAAD", {})};
}

} // namespace

List onText()
{
    return shapes() + spellings() + documents() + sizes() + nesting() + lookAlikes();
}

} // namespace Countersign::Jose::Attacks
