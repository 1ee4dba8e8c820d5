// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QJsonValue>
#include <QtCore/QList>
#include <QtCore/QLocale>
#include <QtCore/QString>

namespace Countersign {

//! A text of a data file in the languages that the file has: { "en": "…", "de": "…" }.
class COUNTERSIGN_EXPORT LocalizedText
{
public:
    static LocalizedText fromJson(const QJsonValue &value);

    //! In the locale's language, otherwise in English.
    QString in(const QLocale &locale) const;
    bool isEmpty() const { return m_texts.isEmpty(); }
    bool has(const QString &language) const { return !value(language).trimmed().isEmpty(); }

    friend bool operator==(const LocalizedText &, const LocalizedText &) = default;

private:
    QString value(QStringView language) const;

    struct Text
    {
        QString language;
        QString text;

        friend bool operator==(const Text &, const Text &) = default;
    };
    // There are a thousand of these with two languages each: a hash would take two kilobytes for every one.
    QList<Text> m_texts;
};

} // namespace Countersign
