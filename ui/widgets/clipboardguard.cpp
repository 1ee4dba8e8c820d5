// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/clipboardguard.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QByteArray digestOf(QByteArrayView text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
}

} // namespace

ClipboardGuard::ClipboardGuard(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(holdTime);
    connect(&m_timer, &QTimer::timeout, this, &ClipboardGuard::clear);
    m_seconds.setInterval(std::chrono::seconds(1));
    connect(&m_seconds, &QTimer::timeout, this, &ClipboardGuard::ticked);
    m_needsFocus = QGuiApplication::platformName().startsWith("wayland"_L1);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &ClipboardGuard::takeFocus);
}

ClipboardGuard::~ClipboardGuard()
{
    clear();
}

void ClipboardGuard::copy(const Secret &secret)
{
    auto *data = new QMimeData;
    data->setText(QString::fromUtf8(secret.reveal()));
    // Klipper and its kin, Windows' history and cloud, the Mac's concealed and transient types.
    data->setData(u"x-kde-passwordManagerHint"_s, "secret");
    data->setData(u"application/x-qt-windows-mime;value=\"ExcludeClipboardContentFromMonitorProcessing\""_s, "1");
    data->setData(u"application/x-qt-windows-mime;value=\"CanIncludeInClipboardHistory\""_s, QByteArray(4, '\0'));
    data->setData(u"application/x-qt-windows-mime;value=\"CanUploadToCloudClipboard\""_s, QByteArray(4, '\0'));
    data->setData(u"org.nspasteboard.ConcealedType"_s, {});
    data->setData(u"org.nspasteboard.TransientType"_s, {});
    QGuiApplication::clipboard()->setMimeData(data, QClipboard::Clipboard);
    m_digest = digestOf(secret.reveal());
    m_isDue = false;
    m_timer.stop();
    m_seconds.stop();
    if (m_timer.interval() > 0) {
        m_timer.start();
        m_seconds.start();
    }
    Q_EMIT copied();
}

std::optional<std::chrono::seconds> ClipboardGuard::timeLeft() const
{
    if (!m_timer.isActive())
        return {};
    return std::chrono::round<std::chrono::seconds>(m_timer.remainingTimeAsDuration());
}

bool ClipboardGuard::isStillOurs() const
{
    const auto *clipboard = qApp ? QGuiApplication::clipboard() : nullptr;
    return clipboard && !m_digest.isEmpty() && digestOf(clipboard->text().toUtf8()) == m_digest;
}

void ClipboardGuard::clear()
{
    if (!isHolding())
        return;
    // Whoever is not in front sees an empty clipboard there, and cannot change it.
    if (m_needsFocus && QGuiApplication::applicationState() != Qt::ApplicationActive) {
        m_isDue = true;
        m_timer.stop();
        m_seconds.stop();
        Q_EMIT postponed();
        return;
    }
    if (isStillOurs())
        QGuiApplication::clipboard()->clear(QClipboard::Clipboard);
    keep();
}

void ClipboardGuard::takeFocus(Qt::ApplicationState state)
{
    if (m_isDue && state == Qt::ApplicationActive)
        clear();
}

void ClipboardGuard::keep()
{
    m_timer.stop();
    m_seconds.stop();
    m_isDue = false;
    m_digest.clear();
    Q_EMIT cleared();
}

} // namespace Countersign::Desktop
