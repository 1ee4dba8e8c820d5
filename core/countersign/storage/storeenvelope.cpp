// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/storeenvelope.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/digest.h>

#include <QtCore/QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr QByteArrayView envelopeMagic = "CSGN";
constexpr QByteArrayView sealedMagic = "CSGS";
constexpr char currentVersion = 1;
constexpr qsizetype digestBytes = 32;
constexpr qsizetype envelopeHead = 4 + 1 + 1 + 8;

template <typename T> void append(QByteArray &out, T value)
{
    const T bytes = qToBigEndian(value);
    out.append(reinterpret_cast<const char *>(&bytes), sizeof bytes);
}

template <typename T> T take(QByteArrayView &in)
{
    const T value = qFromBigEndian<T>(in.data());
    in = in.sliced(static_cast<qsizetype>(sizeof(T)));
    return value;
}

QByteArrayView take(QByteArrayView &in, qsizetype size)
{
    const QByteArrayView head = in.first(size);
    in = in.sliced(size);
    return head;
}

Error damaged(const QString &what)
{
    return {ErrorCode::StorageDamaged, what};
}

} // namespace

Secret StoreEnvelope::encode() const
{
    QByteArray head = envelopeMagic.toByteArray();
    head.append(currentVersion);
    head.append(static_cast<char>(form));
    append(head, generation);
    head.append(storeId);
    Secret bytes = Secret::ofSize(head.size() + payload.size() + digestBytes);
    // Not memcpy: an empty payload has no address.
    const auto put = [](QByteArrayView part, char *to) { return std::copy(part.begin(), part.end(), to); };
    char *to = put(payload.reveal(), put(head, reinterpret_cast<char *>(bytes.writable().data())));
    put(digest(HashAlgorithm::Sha256, bytes.reveal().chopped(digestBytes)), to);
    return bytes;
}

Result<StoreEnvelope> StoreEnvelope::parse(QByteArrayView bytes)
{
    if (bytes.size() < envelopeHead + digestBytes || !bytes.startsWith(envelopeMagic))
        return damaged(u"the keychain item is not a token cache"_s);
    if (bytes[4] != currentVersion)
        return Error{ErrorCode::NotSupported, u"the keychain item was written by a later version"_s};
    const QByteArrayView sum = bytes.last(digestBytes);
    if (!equalInConstantTime(digest(HashAlgorithm::Sha256, bytes.chopped(digestBytes)), sum))
        return damaged(u"the keychain item is torn"_s);
    QByteArrayView rest = bytes.chopped(digestBytes).sliced(5);
    StoreEnvelope envelope;
    const char form = take(rest, 1).front();
    envelope.generation = take<quint64>(rest);
    if (form == static_cast<char>(Form::Document)) {
        envelope.payload = Secret::copyOf(rest);
        return envelope;
    }
    if (form != static_cast<char>(Form::Key) || rest.size() != storeIdSize + sealingKeySize)
        return damaged(u"the keychain item has an unknown form"_s);
    envelope.form = Form::Key;
    envelope.storeId = take(rest, storeIdSize).toByteArray();
    envelope.payload = Secret::copyOf(rest);
    return envelope;
}

QByteArray SealedHeader::encode() const
{
    QByteArray bytes = sealedMagic.toByteArray();
    bytes.append(currentVersion);
    bytes.append(hasPassphrase ? '\1' : '\0');
    append(bytes, hasPassphrase ? cost.cost : quint64{0});
    append(bytes, hasPassphrase ? cost.blockSize : quint32{0});
    append(bytes, hasPassphrase ? cost.parallelization : quint32{0});
    bytes.append(salt);
    bytes.append(storeId);
    append(bytes, generation);
    Q_ASSERT(bytes.size() == size);
    return bytes;
}

Result<SealedHeader> SealedHeader::parse(QByteArrayView file)
{
    if (file.size() < size + sealingOverhead || !file.startsWith(sealedMagic))
        return damaged(u"the file is not a sealed token cache"_s);
    if (file[4] != currentVersion)
        return Error{ErrorCode::NotSupported, u"the sealed file was written by a later version"_s};
    if (file[5] != '\0' && file[5] != '\1')
        return damaged(u"the sealed file has an unknown form"_s);
    QByteArrayView rest = file.first(size).sliced(6);
    SealedHeader header;
    header.hasPassphrase = file[5] == '\1';
    const ScryptCost cost{take<quint64>(rest), take<quint32>(rest), take<quint32>(rest)};
    header.salt = take(rest, scryptSaltSize).toByteArray();
    header.storeId = take(rest, storeIdSize).toByteArray();
    header.generation = take<quint64>(rest);
    // A foreign file must not make this machine work for hours.
    if (header.hasPassphrase && !cost.isAcceptable())
        return damaged(u"the sealed file demands an unacceptable cost"_s);
    if (header.hasPassphrase)
        header.cost = cost;
    return header;
}

} // namespace Countersign
