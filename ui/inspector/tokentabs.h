// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/tearabletabs.h"

#include <countersign/client/publicclient.h>
#include <countersign/jose/tokendocument.h>

#include <optional>

namespace Countersign::Desktop {

//! A token that is looked at, and whose it is.
struct ShownToken
{
    Jose::TokenDocument document;
    QString profileId; //!< what is expected of it; empty: not known
    std::optional<KnownProvider> provider = {}; //!< of that profile, as far as a sign-in has learnt it
};

//! A tab for each token that is looked at. Secrets: holds the tokens, hands them to nobody who does not ask.
class TokenTabs final : public TearableTabs
{
    Q_OBJECT
public:
    explicit TokenTabs(QWidget *parent = nullptr);

    //! Instead of those that were there. No signal: whoever calls shows the first.
    void setTokens(QList<ShownToken> tokens);
    const ShownToken &token(int place) const { return m_tokens.at(place); }
    ShownToken take(int place);
    //! And brings it to the front.
    void insert(int place, const ShownToken &token);
    qsizetype tokenCount() const { return m_tokens.size(); }

private:
    QList<ShownToken> m_tokens;
};

} // namespace Countersign::Desktop
