// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/client/profile.h>

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Asks before a profile goes that leaves a secret behind. A profile without one is deleted, and can be brought back.
class RemoveDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Remains
    {
        //! Whether a client secret is kept, or why that cannot be told.
        Result<bool> hasSecret = false;
        QStringList sharedWith; //!< names of the profiles that need the same secret
        int accounts = 0;
    };
    RemoveDialog(const Profile &profile, const Remains &remains, QWidget *parent = nullptr);

    //! The secret shall go, too.
    bool forgetsSecret() const;

    //! What becomes of the accounts of a profile that is deleted.
    static QString accountsText(int accounts, const QStringList &sharedWith);

private:
    QCheckBox *m_forget;
};

} // namespace Countersign::Desktop
