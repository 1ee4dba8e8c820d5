// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtWidgets/QDialog>

namespace Countersign::Desktop {

class QrWidget;

//! The code for another device, large enough to be read across a room, and as a QR code.
class DeviceCodeDialog final : public QDialog
{
    Q_OBJECT
public:
    DeviceCodeDialog(const DeviceCodeEntry &code, const QString &profileName, QWidget *parent);

    //! The QR code alone, as large as the screen.
    void showFullScreenCode();

Q_SIGNALS:
    //! Open the page on this computer.
    void openRequested(const QUrl &page);

private:
    QWidget *makeCode();
    QWidget *makeQr();
    QWidget *makeButtons();

    DeviceCodeEntry m_code;
    QrWidget *m_qr;
};

//! "W D J B – M J H T": how a screen reader shall say the code.
QString spelledCode(const QString &code);
//! What the QR code holds: the complete address where there is one.
QUrl qrAddress(const DeviceCodeEntry &code);

} // namespace Countersign::Desktop
