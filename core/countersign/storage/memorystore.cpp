// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/memorystore.h>

#include <countersign/base/background.h>

using namespace Qt::StringLiterals;

namespace Countersign {

QString MemoryStore::name() const
{
    return u"Memory"_s;
}

QString MemoryStore::id() const
{
    return u"memory"_s;
}

void MemoryStore::load(QObject *context, LoadHandler handler)
{
    later(context, [this, handler = std::move(handler)] {
        if (m_error)
            return handler(*m_error);
        handler(StoredBlob{m_content.bytes.clone(), m_content.generation});
    });
}

void MemoryStore::save(StoredBlob blob, QObject *context, DoneHandler handler)
{
    if (!m_error)
        m_content = std::move(blob);
    probe(context, std::move(handler));
}

void MemoryStore::probe(QObject *context, DoneHandler handler)
{
    later(context,
          [error = m_error, handler = std::move(handler)] { handler(error ? Result<void>(*error) : Result<void>()); });
}

void MemoryStore::clear(QObject *context, DoneHandler handler)
{
    if (!m_error)
        m_content = {};
    probe(context, std::move(handler));
}

} // namespace Countersign
