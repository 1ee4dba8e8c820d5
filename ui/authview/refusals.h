// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStringView>

namespace Countersign {

//! Providers' pages that say: not in an embedded window.
enum class ProviderRefusal : quint8 {
    None,
    EmbeddedAgent, //!< Google and others: disallowed_useragent
    DeviceRequired, //!< Entra's device compliance, which only the system's browser can prove
};

//! Recognises them by what they show: error codes, which are not translated.
[[nodiscard]] ProviderRefusal providerRefusal(QStringView pageText);

} // namespace Countersign
