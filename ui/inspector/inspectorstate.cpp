// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Which tokens of accounts were open when the program ended. What is written names them; their text stays in the cache.
#include "inspector/inspectorpage.h"
#include "inspector/tokenbox.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "inspector/tokenwindow.h"

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

QJsonObject InspectorPage::saveState() const
{
    auto ids = m_wanted;
    const auto add = [&ids](const QString &id) {
        if (!id.isEmpty() && !ids.contains(id))
            ids.append(id);
    };
    for (int place = 0; place < tokenCount(); ++place)
        add(m_tokens->token(place).tokenId);
    for (const auto &window : m_windows) {
        if (window)
            add(window->token().tokenId);
    }
    if (ids.isEmpty())
        return {};
    const int front = m_tokens->currentIndex();
    const auto inFront = front >= 0 && front < tokenCount() ? m_tokens->token(front).tokenId : m_wantedInFront;
    return {{u"tokens"_s, QJsonArray::fromStringList(ids)}, {u"front"_s, inFront}};
}

void InspectorPage::restoreState(const QJsonObject &state)
{
    m_wanted.clear();
    const auto ids = state.value("tokens"_L1).toArray();
    for (const auto id : ids) {
        const auto text = id.toString();
        if (!text.isEmpty() && m_wanted.size() < maximumTokens)
            m_wanted.append(text);
    }
    m_wantedInFront = state.value("front"_L1).toString();
    if (!m_wanted.isEmpty())
        Q_EMIT tokensWanted();
}

QStringList InspectorPage::takeWanted()
{
    auto wanted = std::exchange(m_wanted, {});
    // The one that was in front comes last, which is in front.
    if (wanted.contains(m_wantedInFront))
        wanted.append(m_wantedInFront);
    return wanted;
}

void InspectorPage::tellGone(int count)
{
    const auto text = tr("%n token(s) that stood here are not in the cache any more: replaced by newer ones, or their "
                         "account is signed out.",
                         nullptr, count);
    if (isAsking())
        m_box->sayProblem(text);
    Q_EMIT said(text);
}

} // namespace Countersign::Desktop
