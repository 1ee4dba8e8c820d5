// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/refusals.h>

#include <QtCore/QString>

using namespace Qt::StringLiterals;

namespace Countersign {

ProviderRefusal providerRefusal(QStringView pageText)
{
    if (pageText.contains("disallowed_useragent"_L1))
        return ProviderRefusal::EmbeddedAgent;
    // 53000 device not compliant, 53001 not domain joined, 53003 blocked by Conditional Access, 50097 device
    // authentication required, 50129 not workplace joined, 530003 device must be managed.
    for (const auto code : {"53000"_L1, "53001"_L1, "53003"_L1, "50097"_L1, "50129"_L1, "530003"_L1}) {
        for (const auto prefix : {"AADSTS"_L1, "Error Code: "_L1}) {
            const QString sign = prefix + code;
            const qsizetype at = pageText.indexOf(sign);
            if (at < 0)
                continue;
            // The whole number, not the beginning of another one.
            const qsizetype end = at + sign.size();
            if (end == pageText.size() || !pageText.at(end).isDigit())
                return ProviderRefusal::DeviceRequired;
        }
    }
    return ProviderRefusal::None;
}

} // namespace Countersign
