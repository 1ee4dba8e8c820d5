// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokentabs.h"

#include "text/checktext.h"
#include "text/foreigntext.h"
#include "widgets/symbol.h"

#include <QtCore/QSignalBlocker>
#include <QtCore/QUrl>
#include <QtWidgets/QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype longestName = 32;

QString issuerOf(const Jose::TokenDocument &document)
{
    if (!document.provider().isEmpty())
        return document.provider();
    const auto issuer = document.claims().string("iss").value_or(QString());
    const auto host = QUrl(issuer).host();
    return harmless(host.isEmpty() ? issuer : host, longestName);
}

//! A name that a person knows, before the one that only its issuer does.
QString subjectOf(const Jose::JsonObject &claims)
{
    for (const QByteArrayView name : {"preferred_username", "email", "upn", "unique_name", "name", "sub"}) {
        if (const auto text = claims.string(name); text && !text->isEmpty())
            return harmless(*text, longestName);
    }
    return {};
}

} // namespace

QString tokenTitle(const Jose::TokenDocument &document, bool masked)
{
    const auto kind = tokenKindText(document.kind());
    const auto issuer = issuerOf(document);
    const auto subject = masked ? QString() : subjectOf(document.claims());
    if (issuer.isEmpty() && subject.isEmpty())
        return kind;
    if (issuer.isEmpty() || subject.isEmpty())
        return TokenTabs::tr("%1 – %2").arg(kind, issuer + subject);
    return TokenTabs::tr("%1 – %2, %3", "kind, person, issuer").arg(kind, subject, issuer);
}

TokenTabs::TokenTabs(QWidget *parent) : TearableTabs(parent)
{
    setAccessibleName(tr("Tokens that were found"));
    setAccessibleDescription(tr("A tab that is dragged out of the bar gets a window of its own."));
    setToolTip(accessibleDescription());
}

void TokenTabs::append(const ShownToken &token)
{
    // Whoever hears of the tab asks for its token.
    m_tokens.append(token);
    putTab(int(m_tokens.size()) - 1);
}

void TokenTabs::insert(int place, const ShownToken &token)
{
    const int at = std::clamp(place, 0, int(m_tokens.size()));
    m_tokens.insert(at, token);
    putTab(at);
    setCurrentIndex(at);
}

void TokenTabs::putTab(int place)
{
    insertTab(place, QString());
    addCloseButton(place, tr("Close this token"));
    label(place);
    updateGeometry(); // a bar that is not in sight forgets to say that it needs room now
}

//! One of ours: Qt's own has no name, and its drawing does not follow our colours.
void TokenTabs::addCloseButton(int place, const QString &name)
{
    if (!m_hasCloseButtons)
        return;
    auto *button = new QToolButton;
    button->setIcon(symbol(u"close"_s));
    button->setObjectName(u"cross"_s);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus); // Ctrl+W does it
    button->setAccessibleName(name);
    button->setToolTip(button->accessibleName());
    connect(button, &QToolButton::clicked, this, [this, button] {
        for (int each = 0; each < count(); ++each) {
            if (tabButton(each, QTabBar::RightSide) == button)
                return Q_EMIT tabCloseRequested(each);
        }
    });
    const int side = std::max(24, fontMetrics().height() * 5 / 4);
    button->setFixedSize(side, side);
    button->setIconSize(QSize(side, side) * 2 / 3);
    setTabButton(place, QTabBar::RightSide, button);
}

QSize TokenTabs::tabSizeHint(int index) const
{
    // As high as other tabs: the button has room beside the text, and Qt would add to it what it adds to a text.
    constexpr int room = 17;
    return {TearableTabs::tabSizeHint(index).width(), fontMetrics().height() + room};
}

QSize TokenTabs::minimumTabSizeHint(int index) const
{
    // Shorter ones would tell nobody what they are: then the bar scrolls.
    constexpr int columns = 26;
    const auto wanted = tabSizeHint(index);
    return {std::min(wanted.width(), fontMetrics().averageCharWidth() * columns), wanted.height()};
}

void TokenTabs::label(int place)
{
    const auto title = tokenTitle(m_tokens.at(place).document, m_isMasked);
    setTabText(place, QString(title).replace(u'&', u"&&"_s));
    setTabToolTip(place, title.toHtmlEscaped());
}

void TokenTabs::setMasked(bool masked)
{
    m_isMasked = masked;
    for (int place = 0; place < m_tokens.size(); ++place)
        label(place);
}

ShownToken TokenTabs::take(int place)
{
    auto token = m_tokens.takeAt(place);
    removeTab(place);
    return token;
}

void TokenTabs::clear()
{
    const QSignalBlocker still(this);
    m_tokens.clear();
    while (count() > 0)
        removeTab(count() - 1);
}

int TokenTabs::placeOf(const Jose::TokenDocument &document) const
{
    const auto found = std::find_if(m_tokens.cbegin(), m_tokens.cend(), [&document](const ShownToken &each) {
        return each.document.text() == document.text();
    });
    return found == m_tokens.cend() ? -1 : int(found - m_tokens.cbegin());
}

qsizetype TokenTabs::byteCount() const
{
    qsizetype bytes = 0;
    for (const auto &token : m_tokens)
        bytes += token.document.text().size();
    return bytes;
}

void TokenTabs::openBox()
{
    if (!hasBox()) {
        const int place = addTab(symbol(u"add"_s), QString());
        addCloseButton(place, tr("Close"));
        setTabText(place, tr("Another"));
        setTabToolTip(place, tr("Takes another token").toHtmlEscaped());
        updateGeometry();
    }
    setCurrentIndex(int(m_tokens.size()));
}

void TokenTabs::closeBox()
{
    if (hasBox())
        removeTab(int(m_tokens.size()));
}

} // namespace Countersign::Desktop
