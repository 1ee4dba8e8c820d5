// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QLoggingCategory>

// One category a layer, named "countersign.<layer>". All of them are declared here and nowhere else.

namespace Countersign {

COUNTERSIGN_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcBase) COUNTERSIGN_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcCrypto) COUNTERSIGN_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcJose) COUNTERSIGN_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcProtocol) COUNTERSIGN_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcCache) COUNTERSIGN_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcHttp) COUNTERSIGN_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcUserAgent) COUNTERSIGN_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcStorage) COUNTERSIGN_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcFlows) COUNTERSIGN_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcClient) COUNTERSIGN_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcUi) COUNTERSIGN_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcApp)

    //! Puts redaction between every log message of the process, Qt's own included, and the sink.
    //!
    //! Secrets: whatever a message contains, what redacted() recognises is replaced before it is written.
    //! Thread:  call once, early in main().
    COUNTERSIGN_EXPORT void installRedactingLogSink();

//! Lets names, mail addresses and object ids through to the log. Off by default. Never affects tokens.
COUNTERSIGN_EXPORT void setPersonalDataLogged(bool logged);
COUNTERSIGN_EXPORT bool isPersonalDataLogged();

} // namespace Countersign
