// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokentabs.h"

#include "text/checktext.h"

#include <QtCore/QSignalBlocker>

#include <algorithm>

namespace Countersign::Desktop {

TokenTabs::TokenTabs(QWidget *parent) : TearableTabs(parent)
{
    setAccessibleName(tr("Tokens that were found"));
    setAccessibleDescription(tr("A tab that is dragged out of the bar gets a window of its own."));
    setToolTip(accessibleDescription());
}

void TokenTabs::setTokens(QList<ShownToken> tokens)
{
    const QSignalBlocker still(this);
    m_tokens = std::move(tokens);
    while (count() > 0)
        removeTab(0);
    for (const auto &token : std::as_const(m_tokens))
        addTab(tokenKindText(token.document.kind()));
    updateGeometry(); // a bar that is not in sight forgets to say that it needs room now
}

ShownToken TokenTabs::take(int place)
{
    auto token = m_tokens.takeAt(place);
    removeTab(place);
    return token;
}

void TokenTabs::insert(int place, const ShownToken &token)
{
    // Whoever hears of the tab asks for its token.
    const int at = std::clamp(place, 0, int(m_tokens.size()));
    m_tokens.insert(at, token);
    insertTab(at, tokenKindText(token.document.kind()));
    updateGeometry();
    setCurrentIndex(at);
}

} // namespace Countersign::Desktop
