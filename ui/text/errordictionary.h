// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/errortext.h"

#include <countersign/client/localizedtext.h>

#include <QtCore/QUrl>

namespace Countersign::Desktop {

//! One entry of resources/errors.json: a failure that is known by its cause, the provider's word or Microsoft's number.
struct ErrorEntry
{
    QString id;
    QString code; //!< identifier(ErrorCode), where the cause alone does not tell; or empty
    QString cause; //!< identifier(ErrorCause); or empty
    QString oauth; //!< the provider's `error`; or empty
    int serverCode = 0; //!< an AADSTS number; or 0
    QString provider; //!< whose it is; empty: anybody's
    LocalizedText why;
    LocalizedText advice;
    QList<ErrorAction> actions;
    QUrl link; //!< where it can be mended; opened only by a click
    QString command; //!< the command line's equivalent
};

const QList<ErrorEntry> &errorEntries();
//! The entry that says most: Microsoft's number before the provider's word before the cause, but for a missing client
//! secret, of which the provider's word says less. Null when none is known.
const ErrorEntry *findErrorEntry(const Error &error);
//! By the provider's word or the identifier of a cause. Null when none is known.
const ErrorEntry *findErrorEntry(const QString &code);

} // namespace Countersign::Desktop
