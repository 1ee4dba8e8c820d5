// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/resourcemetadataflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/challenge.h>

namespace Countersign {

ResourceMetadataFlow::ResourceMetadataFlow(FlowContext &context, ResourceMetadataParameters parameters, QObject *parent)
    : ProviderFlow(context, context.configuration.authority, parent), m_parameters(std::move(parameters))
{
    run<ResourceMetadataFlow>({&ResourceMetadataFlow::ask});
}

Result<QUrl> ResourceMetadataFlow::address() const
{
    if (m_parameters.challenge.isEmpty())
        return Protocol::wellKnownResourceMetadata(m_parameters.resource);
    Protocol::ChallengeMeaning meaning;
    const auto list = Protocol::parseChallenges(m_parameters.challenge);
    for (const auto &challenge : list.challenges) {
        meaning = Protocol::meaningOf(challenge);
        if (!meaning.resourceMetadata.isEmpty())
            break;
    }
    return Protocol::resourceMetadataUrl(meaning, m_parameters.resource);
}

void ResourceMetadataFlow::ask()
{
    if (!enter(Stage::Discovering))
        return;
    const auto url = address();
    if (!url)
        return failNamed(url.error());
    send(HttpRequest::get(HttpPurpose::Discovery, *url), [this](const HttpResponse &response) {
        auto metadata = Protocol::parseResourceMetadata(m_parameters.resource, answerOf(response), m_context.now());
        if (!metadata)
            return failNamed(metadata.error());
        if (!enter(Stage::Done))
            return;
        succeed(*std::move(metadata));
    });
}

} // namespace Countersign
