// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QAnyStringView>
#include <QtCore/QByteArrayView>
#include <QtCore/QStringView>

#include <type_traits>

namespace Countersign::Jose {

//! Without a conversion: most claims are compared once and never shown. Issuers, audiences and key names are ASCII
//! nearly always, and then a comparison unit by unit is all there is to do.
inline bool isSame(QByteArrayView utf8, QStringView text)
{
    if (utf8.size() == text.size()) {
        unsigned difference = 0;
        unsigned all = 0;
        for (qsizetype i = 0; i < utf8.size(); ++i) {
            const unsigned byte = static_cast<unsigned char>(utf8[i]);
            difference |= byte ^ unsigned { text[i].unicode() };
            all |= byte;
        }
        if (all < 0x80)
            return difference == 0;
    }
    return QAnyStringView::equal(QUtf8StringView(utf8.data(), utf8.size()), text);
}

inline bool isSame(QAnyStringView any, QStringView text)
{
    return any.visit([text](auto view) {
        if constexpr (std::is_same_v<decltype(view), QUtf8StringView>)
            return isSame(QByteArrayView(view.data(), view.size()), text);
        else
            return QAnyStringView::equal(view, text);
    });
}

} // namespace Countersign::Jose
