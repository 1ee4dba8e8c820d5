// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/stepmodel.h"

#include <countersign/client/profile.h>

namespace Countersign::Desktop {

//! What a provider published.
struct ProviderFacts
{
    QString issuer;
    QByteArray keys; //!< its JWK set, public members only
    QStringList scopes; //!< offered, as far as it says
};

//! One visit in front of the person: steps while it runs, then exactly one finished(). Deletes itself afterwards.
class ProbeRun : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    //! Concludes at once with ErrorCode::Cancelled.
    virtual void cancel() = 0;

Q_SIGNALS:
    //! \p id is about to be tried.
    void stepStarted(const QString &id);
    void stepFinished(const Countersign::Desktop::Step &step);
    void finished(const Countersign::Result<Countersign::Desktop::ProviderFacts> &result);
};

//! Asks providers what they publish, without signing in. The windows do not know how; it uses the network, so it is
//! called only when the person asked for it and was told the host.
class ProviderProbe
{
public:
    virtual ~ProviderProbe() = default;
    //! Never null. It starts on the next turn of the event loop.
    [[nodiscard]] virtual ProbeRun *probe(const Profile &profile) = 0;
    //! Also asks the provider whether it knows the profile's client and its redirect address.
    [[nodiscard]] virtual ProbeRun *test(const Profile &profile) { return probe(profile); }
};

} // namespace Countersign::Desktop
