// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/http/exchangeobserver.h>

#include <QtCore/QList>

namespace Countersign::App {

//! Keeps every exchange and writes them down as a HAR 1.2 document, which browsers and proxies read.
//!
//! Secrets: the records are redacted at the source, so the file holds addresses without queries, names of parameters,
//! statuses, sizes and times, and no value that was sent or received.
class HarTrace final : public ExchangeObserver
{
public:
    void exchangeFinished(const ExchangeRecord &record) override;

    const QList<ExchangeRecord> &records() const { return m_records; }
    QByteArray toHar() const;
    //! Replaces \p path by toHar(), readable by its owner only.
    //!
    //! Errors: StorageUnavailable.
    [[nodiscard]] Result<void> save(const QString &path) const;

private:
    QList<ExchangeRecord> m_records;
};

} // namespace Countersign::App
