// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/qrwidget.h"

#include <QtGui/QPainter>

#include <qrencode.h>

#include <memory>

namespace Countersign::Desktop {

namespace {

constexpr int quietZone = 4; // ISO/IEC 18004 §6.3.8: four modules

}

QrWidget::QrWidget(QWidget *parent) : QWidget(parent)
{
    setMinimumSize(132, 132);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("QR code"));
}

bool QrWidget::setText(const QString &text)
{
    m_modules = {};
    update();
    const auto bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(int(bytes.size()), reinterpret_cast<const unsigned char *>(bytes.constData()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free);
    if (!code || bytes.isEmpty())
        return false;
    const int width = code->width;
    m_modules = QImage(width + 2 * quietZone, width + 2 * quietZone, QImage::Format_Grayscale8);
    m_modules.fill(255);
    for (int y = 0; y < width; ++y) {
        for (int x = 0; x < width; ++x) {
            if (code->data[y * width + x] & 1)
                m_modules.setPixel(x + quietZone, y + quietZone, qRgb(0, 0, 0));
        }
    }
    setAccessibleDescription(text);
    setToolTip(text);
    return true;
}

void QrWidget::paintEvent(QPaintEvent *)
{
    if (m_modules.isNull())
        return;
    QPainter painter(this);
    // Whole pixels a module, or cameras see seams.
    const int scale = std::max(1, std::min(width(), height()) / m_modules.width());
    const int side = scale * m_modules.width();
    painter.drawImage(QRect((width() - side) / 2, (height() - side) / 2, side, side), m_modules);
}

} // namespace Countersign::Desktop
