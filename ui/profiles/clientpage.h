// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/clientsecretkeeper.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! What is to become of the secret that is kept for a client.
struct ClientSecretChange
{
    Secret secret; //!< the new one; empty: none was typed
    bool forgets = false;

    bool isWanted() const { return forgets || !secret.isEmpty(); }
};

//! Who the client is at its provider, and what it proves that with.
class ClientPage final : public QWidget
{
    Q_OBJECT
public:
    //! Without a \p keeper nothing is said of secrets. It outlives the page.
    explicit ClientPage(ClientSecretKeeper *keeper, QWidget *parent = nullptr);

    void fill(const Profile &profile);
    void readInto(Profile &profile) const;
    //! Asks whether a secret is kept for \p profile, which may be another registration than before.
    void look(const Profile &profile);
    //! The typed one leaves the page with it.
    ClientSecretChange takeSecretChange();

Q_SIGNALS:
    void edited();
    //! Another client was named.
    void settled();

private:
    enum class Kept : quint8 { Unknown, No, Yes, Replaced, Forgotten };
    void addSecret(QFormLayout &form);
    void tell(Kept kept, const QString &why = {});

    ClientSecretKeeper *m_keeper;
    QLineEdit *m_clientId;
    QComboBox *m_use;
    QLineEdit *m_secret;
    QLabel *m_state;
    QPushButton *m_replace;
    QPushButton *m_forget;
    QPushButton *m_undo;
    Kept m_kept = Kept::Unknown;
    std::unique_ptr<QObject> m_looking; //!< a later question makes the earlier answer worthless
    std::optional<ClientRegistration> m_looked;
};

} // namespace Countersign::Desktop
