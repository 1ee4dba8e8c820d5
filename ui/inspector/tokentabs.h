// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/tokencheck.h"
#include "widgets/tearabletabs.h"

#include <countersign/client/publicclient.h>

#include <optional>

namespace Countersign::Desktop {

//! A token that is looked at, and whose it is.
struct ShownToken
{
    Jose::TokenDocument document;
    QString profileId = {}; //!< what is expected of it; empty: not known
    std::optional<KnownProvider> provider = {}; //!< of that profile, as far as a sign-in has learnt it
    std::optional<Expectations> left = {}; //!< what was expected of it when it was last looked at, if it was
    QString tokenId = {}; //!< by what the cache knows it; empty: it came from elsewhere
};

//! What a token is, who issued it and, unless \p masked, to whom. Nothing of it is secret.
QString tokenTitle(const Jose::TokenDocument &document, bool masked);

//! A tab for each token that is looked at, and one more for the box that takes another, while that is wanted.
//! Secrets: holds the tokens, hands them to nobody who does not ask.
class TokenTabs final : public TearableTabs
{
    Q_OBJECT
public:
    explicit TokenTabs(QWidget *parent = nullptr);

    //! After those that are there.
    void append(const ShownToken &token);
    //! And brings it to the front.
    void insert(int place, const ShownToken &token);
    const ShownToken &token(int place) const { return m_tokens.at(place); }
    void setToken(int place, const ShownToken &token) { m_tokens[place] = token; }
    ShownToken take(int place);
    //! Closes them all, the box's too. No signal.
    void clear();
    qsizetype tokenCount() const { return m_tokens.size(); }
    //! Where the same token is; -1: nowhere.
    int placeOf(const Jose::TokenDocument &document) const;
    //! Of all tokens together.
    qsizetype byteCount() const;
    //! The box's tab, after those of the tokens, and in front.
    void openBox();
    void closeBox();
    bool hasBox() const { return count() > m_tokens.size(); }
    bool isBoxInFront() const { return hasBox() && currentIndex() == m_tokens.size(); }
    //! From now on each tab has one; tabCloseRequested() tells of it.
    void addCloseButtons() { m_hasCloseButtons = true; }
    //! Names people in no tab.
    void setMasked(bool masked);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;

private:
    void putTab(int place);
    void label(int place);
    void addCloseButton(int place, const QString &name);

    QList<ShownToken> m_tokens;
    bool m_hasCloseButtons = false;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop
