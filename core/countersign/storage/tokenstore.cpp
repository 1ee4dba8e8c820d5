// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/tokenstore.h>

#include <countersign/base/background.h>

#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign {

TokenStore::~TokenStore() = default;

QString TokenStore::lockPath() const
{
    return folder().isEmpty() ? QString() : folder() + u'/' + id() + u".lock"_s;
}

void TokenStore::prepare(QObject *context, DoneHandler handler)
{
    later(context, [handler = std::move(handler)] { handler({}); });
}

QString identifier(TokenStore::Kind kind)
{
    switch (kind) {
    case TokenStore::Kind::Memory: return u"memory"_s;
    case TokenStore::Kind::Keychain: return u"keychain"_s;
    case TokenStore::Kind::SealedFile: return u"sealed_file"_s;
    case TokenStore::Kind::MsalFile: return u"msal_file"_s;
    }
    Q_UNREACHABLE();
}

QString defaultStoreFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/countersign"_s;
}

} // namespace Countersign
