// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwkset.h>

#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jwkdata.h>
#include <countersign/jose/sametext.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JsonLimits setLimits{.maximumSize = JwkSet::maximumBytes, .maximumDepth = 8, .maximumValues = 50'000};

Error unusable(const QString &reason)
{
    return {ErrorCode::InvalidResponse, ErrorCause::KeySetInvalid, reason};
}

bool isMixed(const QList<Jwk> &keys)
{
    const auto isSymmetric = [](const Jwk &key) { return key.isSymmetric(); };
    return std::any_of(keys.begin(), keys.end(), isSymmetric) && !std::all_of(keys.begin(), keys.end(), isSymmetric);
}

constexpr QByteArrayView pemOpening = "-----BEGIN ";

//! A PEM block that may hold a key, with what stands between it and the next one.
struct KeyBlock
{
    QByteArrayView text;
    bool isCertificate = false;
};

//! Spec: RFC 7468 §2. Other blocks are passed over, for example the parameters that some tools write before an EC key.
QList<KeyBlock> keyBlocks(QByteArrayView text)
{
    QList<KeyBlock> blocks;
    for (auto begin = text.indexOf(pemOpening); begin >= 0;) {
        const auto next = text.indexOf(pemOpening, begin + pemOpening.size());
        const auto block = text.sliced(begin, (next < 0 ? text.size() : next) - begin);
        const auto labelEnd = block.indexOf("-----", pemOpening.size());
        const auto label = labelEnd < 0 ? QByteArrayView() : block.first(labelEnd);
        const bool isCertificate = label.endsWith("CERTIFICATE");
        if (isCertificate || label.endsWith("PRIVATE KEY") || label.endsWith("PUBLIC KEY"))
            blocks << KeyBlock{block, isCertificate};
        begin = next;
    }
    return blocks;
}

} // namespace

FittingKeys JwkSet::fitting(Algorithm algorithm, std::optional<QAnyStringView> keyId, KeyPurpose purpose) const
{
    FittingKeys named;
    FittingKeys unnamed;
    for (const Jwk &key : m_keys) {
        if (!key.algorithms(purpose).contains(algorithm))
            continue;
        const bool isNamed = !keyId || isSame(*keyId, key.keyId());
        // A key without a name may be the one that the token names; a key with another name is not.
        if (!isNamed && !key.keyId().isEmpty())
            continue;
        FittingKeys &target = isNamed ? named : unnamed;
        const auto isSame = [&key](const Jwk *other) { return isSameKey(key, *other); };
        if (std::none_of(target.cbegin(), target.cend(), isSame))
            target.append(&key);
    }
    return named.isEmpty() ? unnamed : named;
}

JwkSet::JwkSet(QList<Jwk> keys) : m_keys(std::move(keys))
{
}

Result<JwkSet> JwkSet::parse(QByteArrayView json)
{
    if (json.size() > maximumBytes)
        return unusable(u"The key set is too large"_s);
    const auto object = JsonObject::parse(Secret::copyOf(json), setLimits);
    if (!object)
        return unusable(object.error().message());
    const auto items = object->array("keys");
    if (!items)
        return unusable(u"The key set has no list of keys"_s);

    JwkSet set;
    qsizetype index = 0;
    for (const JsonValue &item : *items) {
        if (index == maximumKeys)
            return unusable(u"The key set has too many keys"_s);
        const auto member = item.object();
        auto key = member ? JwkData::read(*member)
                          : Result<Jwk>(Error{ErrorCode::InvalidArgument, u"The key is no JSON object"_s});
        if (key)
            set.m_keys << *std::move(key);
        else
            set.m_skipped << Skipped{index, member ? member->string("kid").value_or(QString()) : QString(),
                                     key.error()};
        ++index;
    }
    if (isMixed(set.m_keys))
        return unusable(u"The key set mixes symmetric and asymmetric keys"_s);
    return set;
}

Result<JwkSet> JwkSet::fromPem(QByteArrayView text, const Secret &passphrase)
{
    auto blocks = keyBlocks(text);
    if (blocks.isEmpty())
        return Jwk::fromPem(text, passphrase).error();
    if (blocks.size() > maximumKeys)
        return unusable(u"The file has too many keys"_s);
    // A certificate beside a key is that key's, or one of its issuers'.
    const bool hasKeys =
        std::any_of(blocks.cbegin(), blocks.cend(), [](const KeyBlock &b) { return !b.isCertificate; });
    JwkSet set;
    for (qsizetype index = 0; index < blocks.size(); ++index) {
        const auto &block = blocks.at(index);
        if (block.isCertificate && (hasKeys || index > 0)) {
            set.m_skipped << Skipped{
                index, {}, Error{ErrorCode::InvalidArgument, u"A further certificate is no key to use"_s}};
            continue;
        }
        const auto key = Jwk::fromPem(block.text, passphrase);
        if (key)
            set.addOnce(*key);
        else if (blocks.size() == 1 || key.error().cause() == ErrorCause::PassphraseWrong)
            return key.error();
        else
            set.m_skipped << Skipped{index, {}, key.error()};
    }
    if (set.isEmpty())
        return set.m_skipped.first().reason;
    return set;
}

//! The halves of one key are one key, and the private one can do more.
void JwkSet::addOnce(const Jwk &key)
{
    const auto known = std::find_if(m_keys.begin(), m_keys.end(),
                                    [&key](const Jwk &other) { return other.thumbprint() == key.thumbprint(); });
    if (known == m_keys.end())
        m_keys << key;
    else if (!known->isPrivate())
        *known = key;
}

Result<JwkSet> JwkSet::fromFile(QByteArrayView content, const Secret &passphrase)
{
    if (content.contains(pemOpening))
        return fromPem(content, passphrase);
    const auto object = JsonObject::parse(Secret::copyOf(content), setLimits);
    if (!object)
        return Error{ErrorCode::InvalidArgument,
                     u"This is neither a JWK, a JWK set nor PEM: "_s + object.error().message()};
    if (object->contains("keys"))
        return parse(content);
    const auto key = JwkData::read(*object);
    if (!key)
        return key.error();
    return JwkSet({*key});
}

bool JwkSet::hasPrivateKeys() const
{
    return std::any_of(m_keys.begin(), m_keys.end(), [](const Jwk &key) { return key.isPrivate(); });
}

QList<Jwk> JwkSet::candidates(const KeyQuery &query, KeyPurpose purpose) const
{
    QList<Jwk> result;
    for (const Jwk *key : fitting(query.algorithm, query.keyId, purpose))
        result << *key;
    return result;
}

Result<Jwk> JwkSet::select(const KeyQuery &query, KeyPurpose purpose) const
{
    const auto found = fitting(query.algorithm, query.keyId, purpose);
    if (found.size() == 1)
        return *found.first();
    const QString which = found.isEmpty() ? u"No key fits the algorithm %1 and the key id"_s
                                          : u"Several keys fit the algorithm %1 and the key id"_s;
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, which.arg(name(query.algorithm))};
}

QByteArray JwkSet::toJson() const
{
    JsonWriter json;
    json.beginObject().name("keys").beginArray();
    for (const Jwk &key : m_keys) {
        // A symmetric key has no public half to show.
        if (!key.isSymmetric())
            json.raw(key.toJson());
    }
    json.endArray().endObject();
    return json.take();
}

} // namespace Countersign::Jose
