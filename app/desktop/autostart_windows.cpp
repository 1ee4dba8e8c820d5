// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QSettings>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr auto valueName = "Countersign"_L1;

//! The programs that Windows starts for this person.
std::unique_ptr<QSettings> runKey()
{
    return std::make_unique<QSettings>(u"HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"_s,
                                       QSettings::NativeFormat);
}

} // namespace

bool startsAtLogin()
{
    return runKey()->contains(valueName);
}

Result<void> setStartsAtLogin(bool starts)
{
    const auto key = runKey();
    if (starts)
        key->setValue(valueName,
                      u"\"%1\" --hidden"_s.arg(QDir::toNativeSeparators(QCoreApplication::applicationFilePath())));
    else
        key->remove(valueName);
    key->sync();
    if (key->status() == QSettings::NoError)
        return {};
    return Error{ErrorCode::StorageUnavailable, u"The Run key of the registry cannot be written."_s};
}

} // namespace Countersign::Desktop
