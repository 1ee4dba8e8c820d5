// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/originbar.h>

#include <QtGui/QIcon>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! What the drawing is made for.
constexpr int drawnSize = 16;
constexpr int sharpness = 4;

// Drawn, not loaded: icon themes differ in what they call a lock, and this one must never be missing.
QIcon lockIcon(const QColor &color, bool isOpen)
{
    QPixmap pixmap(drawnSize * sharpness, drawnSize * sharpness);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(sharpness, sharpness);
    painter.setPen(QPen(color, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(isOpen ? 8.2 : 4.8, 1.6, 6.4, 9), 0, 180 * 16);
    painter.drawLine(QPointF(isOpen ? 8.2 : 4.8, 6), QPointF(isOpen ? 8.2 : 4.8, isOpen ? 6.6 : 7.6));
    if (!isOpen)
        painter.drawLine(QPointF(11.2, 6), QPointF(11.2, 7.6));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(2.8, 7.2, 10.4, 7.4), 1.4, 1.4);
    return QIcon(pixmap);
}

} // namespace

OriginBar::OriginBar(QWidget *parent)
    : QFrame(parent), m_icon(new QToolButton(this)), m_state(new QLabel(this)), m_origin(new QLabel(this))
{
    setObjectName(u"origin_bar"_s); // AuthWindow gives it its frame
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_origin->setObjectName(u"origin"_s);
    m_origin->setTextFormat(Qt::PlainText);
    m_origin->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_origin->setAccessibleName(tr("Address of the page"));
    m_origin->setMinimumWidth(1);
    QFont bold = m_origin->font();
    bold.setBold(true);
    m_origin->setFont(bold);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setAccessibleName(tr("Connection"));
    const int side = std::max(drawnSize, fontMetrics().height()); // as tall as the text
    m_icon->setAutoRaise(true);
    m_icon->setIconSize(QSize(side, side));
    m_icon->setAccessibleName(tr("What protects this page"));
    m_icon->setToolTip(m_icon->accessibleName());
    m_icon->setEnabled(false);
    connect(m_icon, &QToolButton::clicked, this, &OriginBar::detailsRequested);

    m_state->setWordWrap(true);
    // Below each other: what protects the page takes no room from whose it is.
    auto *const layout = new QGridLayout(this);
    layout->setContentsMargins(8, 3, 8, 3);
    layout->setVerticalSpacing(0);
    layout->addWidget(m_icon, 0, 0, 2, 1, Qt::AlignVCenter);
    layout->addWidget(m_origin, 0, 1);
    layout->addWidget(m_state, 1, 1);
    layout->setColumnStretch(1, 1);
}

QString OriginBar::originOf(const QUrl &url)
{
    if (url.host().isEmpty())
        return url.scheme() + u':';
    // FullyEncoded is the punycode form: look-alike letters of other scripts show as what they are.
    QString host = url.host(QUrl::FullyEncoded);
    if (host.contains(u':'))
        host = u'[' + host + u']';
    const QString origin = url.scheme() + u"://"_s + host;
    return url.port() < 0 ? origin : origin + u':' + QString::number(url.port());
}

void OriginBar::showOrigin(const QUrl &url)
{
    const QColor color = palette().color(QPalette::Text);
    if (url.scheme() == "https"_L1)
        return display(lockIcon(color, false), tr("Encrypted connection"), url);
    if (url.scheme() == "http"_L1)
        return display(lockIcon(color, true), tr("Not encrypted: on this computer only"), url);
    display({}, tr("Connecting…"), {});
}

void OriginBar::showUntrusted(const QUrl &url)
{
    const bool isDark = palette().color(QPalette::Base).lightness() < 128;
    display(lockIcon(isDark ? QColor(0xff, 0x9a, 0x92) : QColor(0xb0, 0x1c, 0x1c), true),
            tr("The certificate cannot be trusted"), url);
}

void OriginBar::display(const QIcon &icon, const QString &state, const QUrl &url)
{
    m_icon->setIcon(icon);
    m_icon->setEnabled(!url.isEmpty());
    m_state->setText(state);
    m_whole = url.isEmpty() ? QString() : originOf(url);
    m_origin->setToolTip(m_whole);
    m_origin->setAccessibleDescription(m_whole);
    setAccessibleName(tr("%1, %2").arg(m_whole, state));
    fit();
}

void OriginBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    layout()->activate();
    fit();
}

void OriginBar::fit()
{
    // The end of a long name says whose it is: only the beginning may be left out.
    m_origin->setText(m_origin->fontMetrics().elidedText(m_whole, Qt::ElideLeft, m_origin->width()));
}

} // namespace Countersign
