// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/devicecodedialog.h"

#include "widgets/banner.h"
#include "widgets/countdownring.h"
#include "widgets/dialogbuttons.h"
#include "widgets/qrwidget.h"
#include "widgets/symbol.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int codePoints = 36;

QPushButton *button(const QString &text, const QString &symbolName)
{
    auto *made = new QPushButton(text);
    if (!symbolName.isEmpty())
        made->setIcon(symbol(symbolName));
    made->setAccessibleName(QString(text).remove(u'&'));
    made->setAutoDefault(false);
    return made;
}

QLabel *wrapped(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(text);
    return label;
}

} // namespace

QString spelledCode(const QString &code)
{
    QStringList letters;
    for (const auto letter : code)
        letters.append(letter == u'-' ? u"–"_s : QString(letter));
    return letters.join(u' ');
}

QUrl qrAddress(const DeviceCodeEntry &code)
{
    return code.completeUri.isEmpty() ? code.verificationUri : code.completeUri;
}

DeviceCodeDialog::DeviceCodeDialog(const DeviceCodeEntry &code, const QString &profileName, QWidget *parent)
    : QDialog(parent), m_code(code), m_qr(new QrWidget)
{
    setWindowTitle(tr("Sign in to %1 on another device").arg(profileName));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(wrapped(tr("Open this address on the other device and enter the code:")));
    column->addWidget(makeCode());
    column->addWidget(makeQr());
    auto *warning = new Banner;
    warning->showMessage(ColorRole::Warning, tr("Only continue if you started this"),
                         tr("Whoever enters a code that somebody else sent lets that person in. Enter it only where "
                            "you meant to sign in yourself."));
    column->addWidget(warning);
    column->addStretch();
    column->addWidget(makeButtons());
}

QWidget *DeviceCodeDialog::makeCode()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto *column = new QVBoxLayout;
    auto *address = new QLabel(m_code.verificationUri.toString());
    address->setObjectName(u"address"_s);
    address->setTextFormat(Qt::PlainText);
    address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    address->setLayoutDirection(Qt::LeftToRight);
    address->setAccessibleName(tr("Address to open: %1").arg(address->text()));
    auto *code = new QLabel(m_code.userCode);
    code->setObjectName(u"code"_s);
    code->setTextFormat(Qt::PlainText);
    code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    code->setLayoutDirection(Qt::LeftToRight);
    auto font = fixedFont();
    font.setPointSize(codePoints);
    font.setBold(true);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 2);
    code->setFont(font);
    code->setAccessibleName(tr("Code: %1").arg(spelledCode(m_code.userCode)));
    column->addWidget(address);
    column->addWidget(code);
    row->addLayout(column, 1);
    auto *ring = new CountdownRing;
    ring->setEnd(m_code.expiresAt);
    row->addWidget(ring);
    return box;
}

QWidget *DeviceCodeDialog::makeQr()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    const bool fits = m_qr->setText(qrAddress(m_code).toString(QUrl::FullyEncoded));
    m_qr->setVisible(fits);
    row->addWidget(m_qr);
    auto *hint = wrapped(!fits                              ? tr("The address is too long for a QR code.")
                             : m_code.completeUri.isEmpty() ? tr("The QR code holds the address only: the code has to "
                                                                 "be typed, because the provider offers no address "
                                                                 "with the code in it.")
                                                            : tr("The QR code holds the address and the code. Compare "
                                                                 "the code on the device with the one above."));
    row->addWidget(hint, 1);
    return box;
}

QWidget *DeviceCodeDialog::makeButtons()
{
    auto *copyCode = button(tr("&Copy code"), u"copy"_s);
    auto *copyLink = button(tr("Copy &link"), u"copy"_s);
    auto *open = button(tr("&Open here"), u"globe"_s);
    auto *large = button(tr("QR code in &full size"), u"qr"_s);
    auto *close = button(tr("Close"), {});
    connect(copyCode, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_code.userCode); });
    connect(copyLink, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(qrAddress(m_code).toString(QUrl::FullyEncoded)); });
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(qrAddress(m_code)); });
    connect(large, &QPushButton::clicked, this, &DeviceCodeDialog::showFullScreenCode);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    open->setToolTip(tr("Opens %1 in your browser").arg(m_code.verificationUri.host()));
    return new DialogButtons({copyCode, copyLink, open, large}, nullptr, close);
}

void DeviceCodeDialog::showFullScreenCode()
{
    auto *full = new QDialog(this);
    full->setAttribute(Qt::WA_DeleteOnClose);
    full->setWindowTitle(tr("QR code"));
    auto *column = new QVBoxLayout(full);
    auto *qr = new QrWidget;
    qr->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    qr->setText(qrAddress(m_code).toString(QUrl::FullyEncoded));
    auto *close = button(tr("Close"), {});
    column->addWidget(qr, 1);
    column->addWidget(close, 0, Qt::AlignCenter);
    connect(close, &QPushButton::clicked, full, &QDialog::close);
    full->showFullScreen();
}

} // namespace Countersign::Desktop
