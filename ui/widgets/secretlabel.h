// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Shows a secret only while the person wants to see it: masked at first, revealed for 30 seconds, masked again when
//! the window is hidden.
class SecretLabel final : public QWidget
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds revealTime{30};

    explicit SecretLabel(QWidget *parent = nullptr);

    void setSecret(Secret secret);
    void reveal();
    void mask();
    bool isRevealed() const;
    //! While it is forbidden (presentation), nothing is revealed.
    void setRevealAllowed(bool allowed);

Q_SIGNALS:
    void copyRequested(const Countersign::Secret &secret);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    Secret m_secret;
    QTimer m_timer;
    QPlainTextEdit *m_text;
    QPushButton *m_reveal;
    QPushButton *m_copy;
};

} // namespace Countersign::Desktop
