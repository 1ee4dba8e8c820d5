// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/textviews.h"

#include "inspector/jsonlayout.h"
#include "text/wording.h"
#include "widgets/badgelabel.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/lookwatch.h"
#include "widgets/secretlabel.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! What three-part tokens show without the signature is worthless to a thief.
bool isSigned(const Jose::TokenDocument &document)
{
    const auto *payload = document.part(u"payload");
    const auto *signature = document.part(u"signature");
    return payload && signature && document.part(u"header") && payload->offset < signature->offset
        && document.text().count('.') == 2;
}

ColorRole roleOf(const QString &part)
{
    if (part == "header"_L1)
        return ColorRole::Danger;
    if (part == "payload"_L1)
        return ColorRole::Accent;
    return part == "signature"_L1 ? ColorRole::MutedText : ColorRole::Success;
}

QList<SecretSegment> segmentsOf(const Jose::TokenDocument &document)
{
    QList<SecretSegment> segments;
    qsizetype end = 0;
    for (const auto &part : document.parts()) {
        // Parts of the JSON forms lie within each other: those are left in one colour.
        if (part.offset < end || part.offset + part.size > document.text().size())
            return {};
        const bool isHarmless = isSigned(document) && part.name != "signature"_L1;
        segments.append({part.offset, part.size, roleOf(part.name), isHarmless});
        end = part.offset + part.size;
    }
    return segments;
}

QString partName(const QString &part)
{
    static const QHash<QString, const char *> names{
        {u"header"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Header")},
        {u"payload"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Payload")},
        {u"signature"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Signature")},
        {u"encrypted_key"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Encrypted key")},
        {u"iv"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Initialization vector")},
        {u"ciphertext"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Ciphertext")},
        {u"tag"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Authentication tag")},
        {u"disclosure"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Disclosure")},
        {u"key_binding"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::RawView", "Key binding")}};
    const auto *name = names.value(part);
    return name ? RawView::tr(name) : part;
}

//! Servers refuse headers beyond a limit of theirs; these are the usual ones.
QString limitText(qsizetype size)
{
    constexpr qsizetype kibi = 1024;
    for (const auto limit : {16 * kibi, 8 * kibi, 4 * kibi}) {
        if (size > limit)
            return RawView::tr("Larger than the %1 that many servers accept as a header.")
                .arg(QLocale().formattedDataSize(limit, 0, QLocale::DataSizeIecFormat));
    }
    return RawView::tr("Small enough for the headers of every common server.");
}

} // namespace

QString redactedToken(const Jose::TokenDocument &document)
{
    if (!isSigned(document))
        return {};
    return QString::fromLatin1(document.text().left(document.part(u"signature")->offset)) + u"REDACTED"_s;
}

JsonView::JsonView(QWidget *parent) : QWidget(parent), m_layout(new ChoiceBox), m_text(new TextField)
{
    m_layout->addItem(tr("Indented"));
    m_layout->addItem(tr("As it was signed"));
    m_layout->setAccessibleName(tr("Layout of the JSON"));
    m_text->setReadOnly(true);
    wearFont(m_text, fixedFont);
    // JSON reads from left to right in every language.
    m_text->setLayoutDirection(Qt::LeftToRight);
    auto option = m_text->document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    m_text->document()->setDefaultTextOption(option);
    m_text->setAccessibleName(tr("JSON of the token"));
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *copyButton = new QPushButton(symbol(u"copy"_s), tr("Copy &JSON"));
    copyButton->setAccessibleName(tr("Copy the JSON"));
    connect(copyButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(m_layout, &QComboBox::activated, this, &JsonView::refresh);
    auto *top = new QHBoxLayout;
    top->addWidget(m_layout);
    top->addWidget(copyButton);
    top->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 0);
    column->addLayout(top);
    column->addWidget(m_text, 1);
}

void JsonView::setToken(const Jose::TokenDocument &document)
{
    m_document = document;
    refresh();
}

void JsonView::clear()
{
    m_document.reset();
    m_text->clear();
}

void JsonView::setMasked(bool masked)
{
    m_isMasked = masked;
    refresh();
}

QString JsonView::text() const
{
    return m_text->toPlainText();
}

void JsonView::refresh()
{
    if (!m_document)
        return;
    if (m_isMasked)
        return m_text->setPlainText(maskedText());
    const auto text = jsonText(*m_document, JsonLayout(m_layout->currentIndex()));
    m_text->setPlainText(text.isEmpty() ? tr("There is no JSON in it.") : text);
}

RawView::RawView(QWidget *parent)
    : QWidget(parent), m_sizes(new QWidget), m_limits(plainTextLabel(tr("Size"))), m_secret(new SecretLabel)
{
    new FlowLayout(m_sizes);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 0);
    column->addWidget(m_sizes);
    column->addWidget(m_limits);
    column->addWidget(m_secret, 1);
    connect(m_secret, &SecretLabel::copyRequested, this, &RawView::copyRequested);
}

void RawView::setToken(const Jose::TokenDocument &document)
{
    while (auto *item = m_sizes->layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    constexpr qsizetype shownParts = 12;
    for (const auto &part : document.parts().mid(0, shownParts)) {
        const auto text = tr("%1: %n byte(s)", nullptr, int(part.size)).arg(partName(part.name));
        m_sizes->layout()->addWidget(
            new BadgeLabel(text, tr("Size of this part as it stands in the token"), roleOf(part.name)));
    }
    m_limits->setText(tr("%n byte(s) in all.", nullptr, int(document.text().size())) + u' '
                      + limitText(document.text().size()));
    m_secret->setSecret(Secret::copyOf(document.text()), segmentsOf(document));
}

void RawView::clear()
{
    m_secret->setSecret({});
    m_limits->clear();
}

void RawView::setRevealAllowed(bool allowed)
{
    m_secret->setRevealAllowed(allowed);
}

} // namespace Countersign::Desktop
