// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>

#include <QtCore/QList>
#include <QtCore/QString>

namespace Countersign::Desktop {

//! What a person can do about a failure, as a button.
enum class ErrorAction : quint8 { TryAgain, SignIn, UseBrowser, UseDeviceCode, Unlock, UseSessionOnly, CopyDetails };

//! A failure in four parts: what happened, why, what to do, and the detail for whoever has to mend it.
struct ErrorText
{
    QString what;
    QString why;
    QString advice;
    QList<ErrorAction> actions;
    QString detail; //!< codes, correlation id, the provider's own words; no secret
    QString command = {}; //!< what helps on the command line; may be empty
};

//! The only place where a failure becomes words for a person.
ErrorText errorText(const Error &error);
//! The sentence for what a cache keeps of a failure: an OAuth error code, or the identifier of a cause or a code.
QString reasonText(const QString &code);
//! The first part alone.
QString whatHappened(ErrorCode code);
//! Empty for ErrorCause::Unspecified only.
QString whyItHappened(ErrorCause cause);
QString buttonText(ErrorAction action);

} // namespace Countersign::Desktop
