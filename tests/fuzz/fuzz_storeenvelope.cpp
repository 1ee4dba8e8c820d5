// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/digest.h>
#include <countersign/storage/storeenvelope.h>

using namespace Countersign;

namespace {

void require(bool condition)
{
    if (!condition)
        __builtin_trap();
}

//! Accepted bytes are the only form of what they mean.
void readEnvelope(QByteArrayView bytes)
{
    const auto envelope = StoreEnvelope::parse(bytes);
    if (!envelope)
        return;
    const Secret again = envelope->encode();
    require(again.reveal() == bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    readEnvelope(bytes);
    // Behind the checksum, which no mutation gets past.
    const QByteArray text = bytes.toByteArray();
    const QByteArray whole = text + digest(HashAlgorithm::Sha256, text);
    readEnvelope(whole);

    StoreEnvelope envelope;
    envelope.generation = static_cast<quint64>(size);
    envelope.payload = Secret::copyOf(bytes);
    const auto read = StoreEnvelope::parse(envelope.encode().reveal());
    require(read.hasValue() && read->payload == envelope.payload && read->generation == envelope.generation);

    if (const auto header = SealedHeader::parse(bytes)) {
        const QByteArray again = header->encode();
        require(again.size() == SealedHeader::size);
        require(!header->hasPassphrase || (header->cost.isAcceptable() && bytes.startsWith(again)));
    }
    return 0;
}
