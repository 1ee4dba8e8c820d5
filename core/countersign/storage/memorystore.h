// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/storage/tokenstore.h>

namespace Countersign {

//! Forgets everything with the process. For tests and for those who want no trace.
class COUNTERSIGN_EXPORT MemoryStore final : public TokenStore
{
public:
    Kind kind() const override { return Kind::Memory; }
    QString name() const override;
    QString folder() const override { return {}; }
    QString id() const override;
    void load(QObject *context, LoadHandler handler) override;
    void save(StoredBlob blob, QObject *context, DoneHandler handler) override;
    void probe(QObject *context, DoneHandler handler) override;
    void clear(QObject *context, DoneHandler handler) override;

    //! What is kept now, for tests.
    const StoredBlob &content() const { return m_content; }
    //! Every call fails with \p error until it is set to nothing, for tests.
    void failWith(std::optional<Error> error) { m_error = std::move(error); }

private:
    StoredBlob m_content;
    std::optional<Error> m_error;
};

} // namespace Countersign
