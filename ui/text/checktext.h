// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/checkreport.h>
#include <countersign/jose/tokendocument.h>

#include "text/timetext.h"
#include "widgets/theme.h"

namespace Countersign::Desktop {

// Words for the checks and remarks of the core: resources/checks.json.

QString checkTitle(const QString &id);
//! Why the rule exists.
QString checkReason(const QString &id);
//! What to do when it fails.
QString checkAdvice(const QString &id);
//! Why this token got this outcome, in the reader's language: the core's own sentence where there is no other.
QString checkDetail(const Jose::Check &check);
//! "Pass", "Fail", "Warning", "Not possible", "Not applicable".
QString outcomeText(Jose::CheckOutcome outcome);
ColorRole outcomeColor(Jose::CheckOutcome outcome);
//! The drawing beside the word: the shape differs, not only the colour.
QString outcomeSymbol(Jose::CheckOutcome outcome);
//! What stands for a value, such as "3 keys", in the reader's language; a value itself stays as it is.
QString checkTerm(const QString &english);
//! What was found, and what was expected instead: "Found a, expected b." Foreign text is isolated.
QString comparisonText(const Jose::Check &check, TimeStyle style = TimeStyle::Local,
                       const QDateTime &at = QDateTime::currentDateTimeUtc());
//! A remark's sentence.
QString warningText(const Jose::TokenWarning &warning);
ColorRole severityColor(Jose::TokenSeverity severity);
//! What a token seems to be, for people.
QString tokenKindText(Jose::TokenKind kind);

} // namespace Countersign::Desktop
