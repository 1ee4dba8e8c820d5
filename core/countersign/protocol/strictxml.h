// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QStringList>
#include <QtCore/QXmlStreamReader>

namespace Countersign::Protocol {

//! Reads XML from strangers: UTF-8, no DTD, no entities but XML's own five, no depth without end.
class StrictXml
{
public:
    //! Secrets: the text is wiped on destruction.
    explicit StrictXml(QByteArrayView xml);
    ~StrictXml();
    Q_DISABLE_COPY_MOVE(StrictXml)

    //! The next start or end of an element, or its text; false at the end and at an error.
    bool next();
    //! Whether the document was read to its end without fault.
    Result<void> outcome() const;

    bool isStart() const { return m_reader.isStartElement(); }
    bool isEnd() const { return m_reader.isEndElement(); }
    bool isNamed(QLatin1StringView name) const { return m_reader.name() == name; }
    bool isNamed(QLatin1StringView space, QLatin1StringView name) const
    {
        return m_reader.name() == name && m_reader.namespaceUri() == space;
    }
    QString space() const { return m_reader.namespaceUri().toString(); }
    QString attribute(QLatin1StringView name) const { return m_reader.attributes().value(name).toString(); }
    QString attribute(QLatin1StringView space, QLatin1StringView name) const
    {
        return m_reader.attributes().value(space, name).toString();
    }
    //! The names of the elements around this one, its own last.
    const QStringList &path() const { return m_path; }
    bool isWithin(QLatin1StringView name) const { return m_path.contains(name); }
    //! At a start: the text up to the end of the element. Fails when there are elements in it.
    QString elementText();
    //! At a start: the element as it stands in the document, tags included; goes to its end.
    QByteArray elementSource();

private:
    void fail(const QString &why);

    QString m_text;
    QXmlStreamReader m_reader;
    QStringList m_path;
    qint64 m_tokenStart = 0;
    QString m_problem;
    bool m_isLeaving = false;
};

} // namespace Countersign::Protocol
