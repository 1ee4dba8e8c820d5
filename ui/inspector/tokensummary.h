// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <countersign/jose/tokendocument.h>

#include <QtCore/QDateTime>

namespace Countersign::Desktop {

//! A word on a token with what it means.
struct TokenBadge
{
    QString text;
    QString explanation;
    ColorRole role = ColorRole::Info;
};

//! What a token says, in plain words, made by rules. Nothing of it is verified.
struct TokenSummary
{
    QString kind;
    QString sentence;
    QList<TokenBadge> badges;
};

//! \p masked leaves out what names a person.
TokenSummary summarize(const Jose::TokenDocument &document, const QDateTime &at, bool masked = false);

} // namespace Countersign::Desktop
