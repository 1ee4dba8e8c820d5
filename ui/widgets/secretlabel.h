// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <countersign/crypto/secret.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A stretch of a secret that is drawn in its own colour.
struct SecretSegment
{
    qsizetype offset = 0;
    qsizetype size = 0;
    ColorRole role = ColorRole::Text;
    bool isHarmless = false; //!< shown while the rest is hidden: what is worthless without the rest
};

//! Shows a secret only while the person wants to see it: masked at first, revealed for 30 seconds, masked again when
//! the window is hidden.
class SecretLabel final : public QWidget
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds revealTime{30};

    explicit SecretLabel(QWidget *parent = nullptr);

    //! \p segments in their order; what lies between them is hidden with the rest.
    void setSecret(Secret secret, QList<SecretSegment> segments = {});
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
    void append(const QString &text, ColorRole role);
    void showMasked();

    Secret m_secret;
    QList<SecretSegment> m_segments;
    bool m_isRevealAllowed = true;
    QTimer m_timer;
    QPlainTextEdit *m_text;
    QPushButton *m_reveal;
    QPushButton *m_copy;
};

} // namespace Countersign::Desktop
