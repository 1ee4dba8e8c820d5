// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/logging.h>

#include <countersign/base/redaction.h>

#include <QtCore/QMessageLogContext>

#include <atomic>

namespace Countersign {

Q_LOGGING_CATEGORY(lcBase, "countersign.base", QtWarningMsg)
Q_LOGGING_CATEGORY(lcCrypto, "countersign.crypto", QtWarningMsg)
Q_LOGGING_CATEGORY(lcJose, "countersign.jose", QtWarningMsg)
Q_LOGGING_CATEGORY(lcProtocol, "countersign.protocol", QtWarningMsg)
Q_LOGGING_CATEGORY(lcCache, "countersign.cache", QtWarningMsg)
Q_LOGGING_CATEGORY(lcHttp, "countersign.http", QtWarningMsg)
Q_LOGGING_CATEGORY(lcUserAgent, "countersign.useragent", QtWarningMsg)
Q_LOGGING_CATEGORY(lcStorage, "countersign.storage", QtWarningMsg)
Q_LOGGING_CATEGORY(lcFlows, "countersign.flows", QtWarningMsg)
Q_LOGGING_CATEGORY(lcClient, "countersign.client", QtWarningMsg)
Q_LOGGING_CATEGORY(lcUi, "countersign.ui", QtWarningMsg)
Q_LOGGING_CATEGORY(lcApp, "countersign.app", QtWarningMsg)

namespace {

std::atomic<bool> personalDataLogged = false;
QtMessageHandler previousHandler = nullptr;

void writeRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (!previousHandler)
        return;
    const QString safe = redacted(message);
    previousHandler(type, context, personalDataLogged ? safe : withoutPersonalData(safe));
}

} // namespace

void installRedactingLogSink()
{
    const auto before = qInstallMessageHandler(writeRedacted);
    // Installing twice must not make the sink call itself.
    if (before != writeRedacted)
        previousHandler = before;
}

void setPersonalDataLogged(bool logged)
{
    personalDataLogged = logged;
}

bool isPersonalDataLogged()
{
    return personalDataLogged;
}

} // namespace Countersign
