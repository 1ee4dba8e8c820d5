// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "models/roles.h"

#include <QtCore/QAbstractItemModel>
#include <QtGui/QIcon>

namespace Countersign::Desktop {

//! Profiles, and under each the accounts that signed in through it.
class AccountModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    //! \p session outlives the model.
    explicit AccountModel(const Session &session, QObject *parent = nullptr);

    //! Null for a profile's row.
    const AccountEntry *account(const QModelIndex &index) const;
    //! How many need their person.
    qsizetype attentionCount() const;
    //! Time went by: what is said of lifetimes may have changed.
    void refreshTimes();
    QModelIndex indexOf(const QString &profileId, const AccountId &account) const;
    qsizetype accountCount() const;
    //! Hides what names a person, for sharing the screen.
    void setMasked(bool masked);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Group
    {
        ProfileEntry profile;
        QList<AccountEntry> accounts;
    };
    void reload();
    void takeBusy(const AccountEntry &entry);
    bool hasSameProfiles(const QList<Group> &groups) const;
    //! How many \p isMeant: whoever is shown by two profiles of the same client is one account all the same.
    template <typename Predicate> qsizetype countOnce(Predicate isMeant) const;
    bool updateInPlace();
    void updateGroup(int place, QList<AccountEntry> accounts);
    QVariant groupData(const Group &group, int role) const;
    QVariant accountData(const AccountEntry &entry, int role) const;

    const Session &m_session;
    QList<Group> m_groups;
    bool m_isMasked = false;
};

//! How an account stands at \p at.
AccountState stateOf(const AccountEntry &entry, const QDateTime &at);
//! Whether an access token of it is still good, whatever its state.
bool hasUsableToken(const AccountEntry &entry, const QDateTime &at);
//! The drawing of a state; its shape says the same as its colour.
QIcon stateIcon(AccountState state);
//! The person's name as far as one is known.
QString displayName(const Account &account);
//! The name that was given to it, or else that.
QString displayName(const AccountEntry &entry);

} // namespace Countersign::Desktop
