// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QHash>
#include <QtCore/QJsonValue>
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
    bool has(const QString &language) const { return !m_texts.value(language).trimmed().isEmpty(); }

    friend bool operator==(const LocalizedText &, const LocalizedText &) = default;

private:
    QHash<QString, QString> m_texts;
};

} // namespace Countersign
