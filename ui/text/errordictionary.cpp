// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/errordictionary.h"

#include <dictionary/datafile.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QList<ErrorAction> actionsFrom(const QJsonArray &names)
{
    static const QHash<QString, ErrorAction> known{
        {u"try_again"_s, ErrorAction::TryAgain},     {u"sign_in"_s, ErrorAction::SignIn},
        {u"use_browser"_s, ErrorAction::UseBrowser}, {u"use_device_code"_s, ErrorAction::UseDeviceCode},
        {u"unlock"_s, ErrorAction::Unlock},          {u"use_session_only"_s, ErrorAction::UseSessionOnly}};
    QList<ErrorAction> actions;
    for (const auto name : names) {
        if (const auto found = known.constFind(name.toString()); found != known.constEnd())
            actions.append(*found);
    }
    return actions;
}

ErrorEntry entryFrom(const QJsonObject &json)
{
    const auto text = [&json](QLatin1StringView name) { return json.value(name).toString(); };
    return {.id = text("id"_L1),
            .code = text("code"_L1),
            .cause = text("cause"_L1),
            .oauth = text("oauth"_L1),
            .serverCode = json.value("server_code"_L1).toInt(),
            .provider = text("provider"_L1),
            .why = LocalizedText::fromJson(json.value("why"_L1)),
            .advice = LocalizedText::fromJson(json.value("advice"_L1)),
            .actions = actionsFrom(json.value("actions"_L1).toArray()),
            .link = QUrl(text("link"_L1)),
            .command = text("command"_L1)};
}

template <typename Predicate> const ErrorEntry *firstThat(Predicate predicate)
{
    const auto &entries = errorEntries();
    const auto found = std::find_if(entries.begin(), entries.end(), predicate);
    return found == entries.end() ? nullptr : &*found;
}

} // namespace

const QList<ErrorEntry> &errorEntries()
{
    static const auto entries = [] {
        QList<ErrorEntry> read;
        const auto items = readDataFile(u"errors"_s).value("errors"_L1).toArray();
        for (const auto item : items)
            read.append(entryFrom(item.toObject()));
        return read;
    }();
    return entries;
}

const ErrorEntry *findErrorEntry(const QString &code)
{
    return code.isEmpty() ? nullptr : firstThat([&code](const ErrorEntry &each) {
        return each.oauth == code || (each.cause == code && each.code.isEmpty());
    });
}

const ErrorEntry *findErrorEntry(const Error &error)
{
    for (const auto code : error.oauth().serverCodes) {
        if (const auto *entry = firstThat([code](const ErrorEntry &each) { return each.serverCode == code; }))
            return entry;
    }
    // Providers say it in many words; that no secret was sent is known here.
    const bool isOurs = error.cause() == ErrorCause::ClientSecretMissing;
    if (!isOurs && !error.oauth().error.isEmpty()) {
        if (const auto *entry =
                firstThat([&error](const ErrorEntry &each) { return each.oauth == error.oauth().error; }))
            return entry;
    }
    if (error.cause() == ErrorCause::Unspecified)
        return nullptr;
    return firstThat([code = identifier(error.code()), cause = identifier(error.cause())](const ErrorEntry &each) {
        return each.cause == cause && (each.code.isEmpty() || each.code == code);
    });
}

} // namespace Countersign::Desktop
