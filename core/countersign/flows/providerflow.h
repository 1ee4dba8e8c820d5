// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/operation.h>
#include <countersign/flows/flowcontext.h>
#include <countersign/flows/httpanswers.h>
#include <countersign/flows/operations.h>
#include <countersign/http/httptransport.h>
#include <countersign/protocol/authorization.h>

#include <QtCore/QUuid>

namespace Countersign {

//! The steps that flows share, whatever they end with: the store, the provider's endpoints, one request at a time.
template <typename Base> class ProviderFlow : public Base
{
protected:
    ProviderFlow(FlowContext &context, Authority authority, QObject *parent)
        : Base(parent), m_context(context), m_authority(std::move(authority))
    {
        setCorrelationId(QUuid::createUuid());
    }

    // Steps --------------------------------------------------------------------------------------------
    void openStore()
    {
        if (!this->enter(Operation::Stage::OpeningStore))
            return;
        this->setDeadline(storeDeadline, QStringLiteral("Opening the store"));
        m_context.services.cache.open(this, [this](const Result<void> &opened) {
            if (this->isFinished())
                return;
            if (!opened)
                return failNamed(opened.error());
            useOpenStore();
        });
    }
    //! What the first save would have to ask a person comes before anything is opened.
    void prepareStore()
    {
        this->setDeadline(newStoreDeadline, QStringLiteral("Preparing the store"));
        m_context.services.cache.prepare(this, [this](const Result<void> &prepared) {
            if (this->isFinished())
                return;
            if (!prepared)
                return failNamed(prepared.error());
            this->next();
        });
    }
    void discover()
    {
        if (!this->enter(Operation::Stage::Discovering))
            return;
        findMetadata([this](const Result<void> &found) {
            if (!found)
                return failNamed(found.error());
            if (!authenticates())
                return this->next();
            if (const auto settled = authenticate(); !settled)
                return failNamed(settled.error());
            this->next();
        });
    }

    // For the steps of a derived flow --------------------------------------------------------------------
    //! The end of openStore().
    virtual void useOpenStore() { this->next(); }
    using DoneHandler = std::function<void(const Result<void> &)>;
    using AnswerHandler = std::function<void(const Result<HttpResponse> &)>;
    //! Fills m_metadata; may call \p done at once.
    void findMetadata(DoneHandler done)
    {
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
    //! Whether requests go to endpoints that want to know the client.
    virtual bool authenticates() const { return true; }
    //! Sets m_authentication; needs the open store and m_metadata.
    Result<void> authenticate()
    {
        auto authentication = m_context.authentication(m_authority, m_metadata);
        if (!authentication)
            return authentication.error();
        m_authentication = *std::move(authentication);
        return {};
    }
    //! One request; whatever becomes of it is handed to \p handler.
    virtual void exchange(HttpRequest request, AnswerHandler handler)
    {
        if (this->isFinished())
            return;
        request.timeout = m_context.configuration.requestTimeout;
        request.correlationId = correlation();
        this->setDeadline(requestDeadline(), QStringLiteral("The request"));
        m_exchange = m_context.services.http.send(std::move(request), std::move(handler));
    }
    //! The same; failing to get an answer ends the flow.
    void send(HttpRequest request, std::function<void(const HttpResponse &)> handler)
    {
        exchange(std::move(request), [this, handler = std::move(handler)](const Result<HttpResponse> &response) {
            if (!response)
                return failNamed(response.error());
            handler(*response);
        });
    }
    //! Sets \p page to where the person goes, with the request pushed first where provider or caller want it
    //! (RFC 9126), and takes the next step.
    void findPage(const Protocol::StartedAuthorization &started, PushedRequests wanted, QUrl &page)
    {
        const auto &endpoint = m_metadata.pushedAuthorizationRequestEndpoint;
        const bool isRequired = m_metadata.requiresPushedRequests || m_context.configuration.requiresPushedRequests;
        if (endpoint.isEmpty() && isRequired)
            return failNamed(Error{
                ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                QStringLiteral("Requests have to be pushed to this provider, but it names no endpoint for them.")});
        if (endpoint.isEmpty() || (!isRequired && wanted == PushedRequests::WhenRequired)) {
            page = Protocol::authorizationUrl(m_metadata, started);
            return this->next();
        }
        auto pushing = Protocol::encodePushed(started, m_context.configuration.clientId, m_authentication);
        send(formRequest(HttpPurpose::PushedAuthorization, endpoint, std::move(pushing)),
             [this, &page](const HttpResponse &response) {
                 const auto pushed = Protocol::parsePushedAuthorization(answerOf(response), m_context.now());
                 if (!pushed)
                     return failNamed(pushed.error());
                 page = Protocol::authorizationUrl(m_metadata, m_context.configuration.clientId, *pushed);
                 this->next();
             });
    }
    //! Fails unless the endpoint is there.
    bool requireEndpoint(const QUrl &endpoint, QLatin1StringView name)
    {
        if (!endpoint.isEmpty())
            return true;
        failNamed(Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                        QStringLiteral("The provider names no %1.").arg(QString(name))});
        return false;
    }
    Error named(const Error &error) const
    {
        const bool hasProof = m_authentication.method() != Protocol::ClientAuthentication::Method::None;
        return (hasProof ? Error(error) : Protocol::withMissingSecret(error)).withCorrelationId(correlation());
    }
    void failNamed(const Error &error) { this->fail(named(error)); }
    void release() override
    {
        m_exchange.reset();
        m_metadataTicket.reset();
        m_authentication = {};
    }
    //! Every request and every error carries it.
    void setCorrelationId(const QUuid &id)
    {
        m_flowId = id;
        if constexpr (std::is_base_of_v<TokenOperation, Base>)
            this->m_correlationId = id;
    }
    QString correlation() const { return m_flowId.toString(QUuid::WithoutBraces); }
    //! The transport has its own deadline and knows why; this is for one that does not.
    std::chrono::milliseconds requestDeadline() const
    {
        return m_context.configuration.requestTimeout + std::chrono::seconds(1);
    }

    FlowContext &m_context;
    Authority m_authority;
    Protocol::ProviderMetadata m_metadata;
    Protocol::ClientAuthentication m_authentication; // of this client, at this provider

private:
    QUuid m_flowId;
    std::unique_ptr<HttpExchange> m_exchange;
    std::unique_ptr<ProviderCache::Ticket> m_metadataTicket;
};

} // namespace Countersign
