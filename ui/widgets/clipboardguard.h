// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <optional>

namespace Countersign::Desktop {

//! Copies secrets: marked so that clipboard histories leave them out, and cleared after a while unless somebody has
//! copied something else since.
//!
//! Secrets: keeps a digest of what it copied, not the text.
class ClipboardGuard final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds holdTime{30};

    explicit ClipboardGuard(QObject *parent = nullptr);
    ~ClipboardGuard() override;

    void copy(const Secret &secret);
    //! Clears it if it is still ours.
    void clear();
    //! Lets it stay.
    void keep();
    bool isHolding() const { return !m_digest.isEmpty(); }
    //! Until it is cleared; null: it stays.
    std::optional<std::chrono::seconds> timeLeft() const;
    //! What is copied from now on leaves after \p time.
    //! 0: it stays until somebody clears it.
    void setHoldTime(std::chrono::milliseconds time) { m_timer.setInterval(time); }
    //! Whether only the program in front may touch the clipboard, as under Wayland. Then what is due is cleared when
    //! a window of ours is in front again.
    void setNeedsFocus(bool needs) { m_needsFocus = needs; }
    bool isDue() const { return m_isDue; }

Q_SIGNALS:
    void copied();
    //! Another second has gone by.
    void ticked();
    void cleared();
    //! Its time is over, but it cannot be cleared yet: see setNeedsFocus().
    void postponed();

private:
    void takeFocus(Qt::ApplicationState state);
    bool isStillOurs() const;

    QTimer m_timer;
    QTimer m_seconds;
    QByteArray m_digest;
    bool m_needsFocus = false;
    bool m_isDue = false;
};

} // namespace Countersign::Desktop
