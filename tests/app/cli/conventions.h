// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the tests share that hold every verb against the same rules.
#pragma once

#include <cli/commandline.h>
#include <cli/verbs.h>

#include <QtCore/QJsonDocument>

namespace CountersignTest {

// Nobody's: {"alg":"none"}.{"sub":"ada","exp":1}.
inline constexpr QLatin1StringView oldToken("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJleHAiOjF9.");

//! The last name of an option: the long one.
inline QString longName(const Countersign::Cli::OptionDescription &option)
{
    return option.names.last();
}

inline bool takesValue(const Countersign::Cli::OptionDescription &option)
{
    return !option.isPositional && (!option.value.isEmpty() || !option.choices.isEmpty());
}

inline QList<QByteArray> jsonObjectsIn(const QByteArray &text)
{
    QList<QByteArray> objects;
    for (const auto &line : text.split('\n')) {
        if (QJsonDocument::fromJson(line).isObject())
            objects.append(line);
    }
    return objects;
}

inline Countersign::Result<Countersign::Cli::Invocation> parsed(const QStringList &arguments)
{
    Countersign::Cli::CommandLine commandLine(Countersign::Cli::allVerbs());
    return commandLine.parse(arguments);
}

} // namespace CountersignTest
