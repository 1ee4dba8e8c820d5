// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>
#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QLabel;
class QPushButton;
class QRadioButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;

//! Has one token taken back at its provider, after telling what follows from that. Nothing is sent before somebody
//! pressed the button, and the account stays: signing out is another thing.
class RevokeDialog final : public QDialog
{
    Q_OBJECT
public:
    //! \p session outlives it; \p tokenId names an access token.
    RevokeDialog(Session &session, const QString &tokenId, QWidget *parent = nullptr);
    ~RevokeDialog() override;

    RevokedToken chosen() const;
    void setMasked(bool masked);
    void reject() override;

private:
    QRadioButton *addChoice(QBoxLayout *column, const QString &title, const QString &consequence);
    void revoke();
    void showResult(const Result<void> &result);
    void setBusy(bool isBusy);

    Session &m_session;
    const QString m_tokenId;
    std::optional<AccountEntry> m_entry;
    QString m_host;
    QPointer<Operation> m_operation;
    bool m_isBusy = false;
    QLabel *m_what;
    QRadioButton *m_this = nullptr;
    QRadioButton *m_refresh = nullptr;
    Banner *m_banner;
    QPushButton *m_go;
    QPushButton *m_close;
};

} // namespace Countersign::Desktop
