// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/operation.h>
#include <countersign/flows/flowcontext.h>
#include <countersign/http/httptransport.h>

#include <QtCore/QUuid>

namespace Countersign {

//! The steps that flows share, whatever they end with: the store, the provider's endpoints, one request at a time.
template <typename Base> class ProviderFlow : public Base
{
protected:
    ProviderFlow(FlowContext &context, Authority authority, QObject *parent)
        : Base(parent), m_context(context), m_authority(std::move(authority)), m_flowId(QUuid::createUuid())
    {
    }

    // Steps --------------------------------------------------------------------------------------------
    void openStore()
    {
        this->enter(Operation::Stage::OpeningStore);
        this->setDeadline(storeDeadline, QStringLiteral("Opening the store"));
        m_context.services.cache.open(this, [this](const Result<void> &opened) {
            if (this->isFinished())
                return;
            if (!opened)
                return failNamed(opened.error());
            this->next();
        });
    }
    void discover()
    {
        this->enter(Operation::Stage::Discovering);
        findMetadata([this](const Result<void> &found) {
            if (!found)
                return failNamed(found.error());
            this->next();
        });
    }

    // For the steps of a derived flow --------------------------------------------------------------------
    using DoneHandler = std::function<void(const Result<void> &)>;
    using AnswerHandler = std::function<void(const Result<HttpResponse> &)>;
    //! Fills m_metadata; may call \p done at once.
    void findMetadata(DoneHandler done)
    {
        if (this->isFinished())
            return; // cancelled by whoever watches the progress
        if (const auto known = m_context.providers.metadata(m_authority)) {
            m_metadata = *known;
            return done({});
        }
        this->setDeadline(requestDeadline(), QStringLiteral("Asking the provider for its endpoints"));
        m_metadataTicket = m_context.providers.fetchMetadata(m_authority, correlation(),
                                                             [this, done = std::move(done)](const auto &metadata) {
                                                                 if (!metadata)
                                                                     return done(metadata.error());
                                                                 m_metadata = *metadata;
                                                                 done({});
                                                             });
    }
    //! One request; whatever becomes of it is handed to \p handler.
    void exchange(HttpRequest request, AnswerHandler handler)
    {
        if (this->isFinished())
            return;
        request.timeout = m_context.configuration.requestTimeout;
        request.correlationId = correlation();
        this->setDeadline(requestDeadline(), QStringLiteral("The request"));
        m_exchange = m_context.services.http.send(std::move(request), std::move(handler));
    }
    void failNamed(const Error &error) { this->fail(Error(error).withCorrelationId(correlation())); }
    void release() override
    {
        m_exchange.reset();
        m_metadataTicket.reset();
    }
    QString correlation() const { return m_flowId.toString(QUuid::WithoutBraces); }
    //! The transport has its own deadline and knows why; this is for one that does not.
    std::chrono::milliseconds requestDeadline() const
    {
        return m_context.configuration.requestTimeout + std::chrono::seconds(1);
    }

    FlowContext &m_context;
    Authority m_authority;
    QUuid m_flowId;
    Protocol::ProviderMetadata m_metadata;

private:
    std::unique_ptr<HttpExchange> m_exchange;
    std::unique_ptr<ProviderCache::Ticket> m_metadataTicket;
};

} // namespace Countersign
