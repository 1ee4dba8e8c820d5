// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/storechoice.h>

#include <countersign/storage/keychainstore.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/sealedfilestore.h>

#include <QtCore/QDir>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

Result<std::unique_ptr<TokenStore>> makeSealedStore(const QString &path, RandomSource &random,
                                                    const PassphraseSource &source)
{
    if (!source)
        return Error{ErrorCode::StorageUnavailable, ErrorCause::PassphraseWrong,
                     u"The sealed file needs its passphrase, and nobody can be asked for it."_s};
    auto passphrase = source();
    if (!passphrase)
        return passphrase.error();
    if (passphrase->isEmpty())
        return Error{ErrorCode::StorageUnavailable, ErrorCause::PassphraseWrong, u"The passphrase is empty."_s};
    return std::unique_ptr<TokenStore>(std::make_unique<SealedFileStore>(*std::move(passphrase), random, path));
}

} // namespace

Result<StoreChoice> StoreChoice::parse(const QString &text)
{
    using Kind = TokenStore::Kind;
    if (text.isEmpty() || text == "keychain"_L1)
        return StoreChoice{Kind::Keychain, {}};
    if (text == "memory"_L1)
        return StoreChoice{Kind::Memory, {}};
    if (text == "file"_L1 || text.startsWith("file:"_L1))
        return StoreChoice{Kind::SealedFile, text.mid(5)};
    if (text.startsWith("msal:"_L1) && text.size() > 5)
        return StoreChoice{Kind::MsalFile, text.mid(5)};
    return Error{ErrorCode::InvalidArgument,
                 u"'%1' is no store: write keychain, memory, file:PATH or msal:PATH."_s.arg(text)};
}

StoreChoice StoreChoice::fromAnywhere() const
{
    return {.kind = kind, .path = path.isEmpty() ? path : QDir::current().absoluteFilePath(path)};
}

QString StoreChoice::toString() const
{
    switch (kind) {
    case TokenStore::Kind::Keychain: return u"keychain"_s;
    case TokenStore::Kind::Memory: return u"memory"_s;
    case TokenStore::Kind::SealedFile: return u"file:"_s + path;
    case TokenStore::Kind::MsalFile: return u"msal:"_s + path;
    }
    Q_UNREACHABLE();
}

Result<std::unique_ptr<TokenStore>> makeStore(const StoreChoice &choice, RandomSource &random,
                                              const PassphraseSource &passphrase)
{
    using Store = std::unique_ptr<TokenStore>;
    switch (choice.kind) {
    case TokenStore::Kind::Keychain: return Store(std::make_unique<KeychainStore>(random));
    case TokenStore::Kind::Memory: return Store(std::make_unique<MemoryStore>());
    case TokenStore::Kind::SealedFile: return makeSealedStore(choice.path, random, passphrase);
    case TokenStore::Kind::MsalFile: return Store(std::make_unique<MsalFileStore>(choice.path));
    }
    Q_UNREACHABLE();
}

} // namespace Countersign::App
