// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/strictxml.h>

#include <QtCore/QStringDecoder>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

constexpr qsizetype maximumDepth = 64;

} // namespace

StrictXml::StrictXml(QByteArrayView xml)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    m_text = decoder(xml);
    if (decoder.hasError())
        fail(u"it is not UTF-8"_s);
    else
        m_reader.addData(m_text);
}

StrictXml::~StrictXml()
{
    m_text.fill(QChar::Null);
}

void StrictXml::fail(const QString &why)
{
    if (m_problem.isEmpty())
        m_problem = why;
}

bool StrictXml::next()
{
    if (std::exchange(m_isLeaving, false))
        m_path.removeLast();
    while (m_problem.isEmpty() && !m_reader.atEnd()) {
        m_tokenStart = m_reader.characterOffset();
        switch (m_reader.readNext()) {
        case QXmlStreamReader::StartElement:
            m_path.append(m_reader.name().toString());
            if (m_path.size() > maximumDepth)
                fail(u"it is nested too deeply"_s);
            return m_problem.isEmpty();
        case QXmlStreamReader::EndElement: m_isLeaving = true; return true;
        case QXmlStreamReader::Characters: return true;
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference: fail(u"it defines or uses entities"_s); break;
        case QXmlStreamReader::Invalid: fail(u"it is not well-formed"_s); break;
        default: break;
        }
    }
    return false;
}

Result<void> StrictXml::outcome() const
{
    if (!m_problem.isEmpty() || m_reader.hasError())
        return Error{
            ErrorCode::InvalidResponse,
            u"the XML document cannot be read: %1"_s.arg(m_problem.isEmpty() ? u"it is cut off"_s : m_problem)};
    return {};
}

QString StrictXml::elementText()
{
    const auto text = m_reader.readElementText(QXmlStreamReader::ErrorOnUnexpectedElement);
    m_isLeaving = true;
    if (m_reader.hasError())
        fail(u"text was expected in an element"_s);
    return text;
}

QByteArray StrictXml::elementSource()
{
    // Behind text the reader has looked one character ahead, at the '<' of what follows.
    const auto start = m_text.at(m_tokenStart) == u'<' ? m_tokenStart : m_tokenStart - 1;
    const auto depth = m_path.size();
    while (next()) {
        if (isEnd() && m_path.size() == depth)
            break;
    }
    const auto source = QStringView(m_text).sliced(start, m_reader.characterOffset() - start);
    if (!source.startsWith(u'<') || !source.endsWith(u'>'))
        fail(u"an element cannot be cut out"_s);
    return source.toUtf8();
}

} // namespace Countersign::Protocol
