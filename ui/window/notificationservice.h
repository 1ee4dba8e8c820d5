// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>
#include <QtCore/QStringList>

namespace Countersign::Desktop {

//! Something worth interrupting a person for. Names profiles only: others may see it.
struct Notice
{
    int id = 0; //!< of this run; see Notifier::choose()
    QString title;
    QString text;
    QString hint; //!< what a click does, for places without buttons
    QStringList buttons; //!< the first is what a click does

    friend bool operator==(const Notice &, const Notice &) = default;
};

//! The desktop's own place for notifications. Whether it takes one shows later.
class NotificationService : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    //! False: there is none, known at once.
    virtual bool show(const Notice &notice) = 0;

Q_SIGNALS:
    //! \p button counts as in Notice::buttons.
    void chosen(int id, int button);
    //! It was not shown after all.
    void failed(const Countersign::Desktop::Notice &notice);
};

} // namespace Countersign::Desktop
