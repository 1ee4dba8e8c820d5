// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokenview.h"

#include "inspector/checksview.h"
#include "inspector/claimsview.h"
#include "inspector/summaryview.h"
#include "inspector/textviews.h"
#include "inspector/tokentabs.h"
#include "text/checktext.h"
#include "text/foreigntext.h"
#include "widgets/banner.h"
#include "widgets/symbol.h"

#include <countersign/jose/unverifiedjwt.h>

#include <QtCore/QLocale>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

TokenView::TokenView(QWidget *parent)
    : QWidget(parent), m_banner(new Banner), m_views(new QTabWidget), m_summary(new SummaryView),
      m_checks(new ChecksView), m_copyRedacted(new QPushButton(symbol(u"copy"_s), tr("Copy redacte&d")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_banner);
    column->addWidget(m_views, 1);
    addViews();
    m_copyRedacted->setAccessibleName(tr("Copy the token without its signature"));
    m_copyRedacted->setToolTip(tr("Without its signature it can be decoded, and not used").toHtmlEscaped());
    connect(m_copyRedacted, &QPushButton::clicked, this, &TokenView::copyRedacted);
    connect(m_summary, &SummaryView::checksRequested, this, [this] { showView(Checks); });
    connect(m_summary, &SummaryView::keysRequested, m_checks, &ChecksView::fetchKeys);
    connect(m_checks, &ChecksView::keyHostChanged, this, [this] { m_summary->offerKeys(m_checks->keyHost()); });
    connect(m_checks, &ChecksView::checked, this, &TokenView::showCheck);
}

TokenView::~TokenView()
{
    // Whoever shows the view puts the button where it belongs; somebody may not.
    if (m_copyRedacted && !m_copyRedacted->parent())
        delete m_copyRedacted;
}

void TokenView::addViews()
{
    m_views->setAccessibleName(tr("Views of the token"));
    // The views scroll; without this the largest of them would push the buttons below out of the window.
    m_views->setMinimumHeight(fontMetrics().lineSpacing() * 12);
    setFocusProxy(m_views);
    m_views->tabBar()->setAccessibleName(tr("Views of the token"));
    m_views->addTab(m_summary, tr("Summary"));
    for (const auto &name : {tr("Claims"), tr("JSON"), tr("Raw")})
        m_views->addTab(new QWidget, name);
    m_views->addTab(m_checks, tr("Checks"));
    connect(m_views, &QTabWidget::currentChanged, this, &TokenView::need);
    for (int i = 0; i < ViewCount; ++i) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, i] { showView(View(i)); });
        m_views->setTabToolTip(i, shortcut->key().toString(QKeySequence::NativeText));
    }
}

template <typename Widget> Widget *TokenView::put(Widget *widget, View view)
{
    // Whole, before it comes into the window: what is put together inside it is styled anew with each part.
    auto *column = new QVBoxLayout(m_views->widget(view));
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(widget);
    return widget;
}

void TokenView::need(int view)
{
    if (view == Claims && !m_claims) {
        m_claims = new ClaimsView;
        auto *find = new QShortcut(QKeySequence::Find, m_claims);
        find->setContext(Qt::WidgetWithChildrenShortcut);
        connect(find, &QShortcut::activated, m_claims, &ClaimsView::focusFilter);
        m_claims->setMasked(m_isMasked);
        m_claims->setTimeStyle(m_timeStyle);
        if (m_document)
            m_claims->setToken(*m_document, m_seenAt);
        put(m_claims, Claims);
    } else if (view == Json && !m_json) {
        m_json = new JsonView;
        m_json->setMasked(m_isMasked);
        if (m_document)
            m_json->setToken(*m_document);
        put(m_json, Json);
    } else if (view == Raw && !m_raw) {
        m_raw = new RawView;
        connect(m_raw, &RawView::copyRequested, this, &TokenView::copyRequested);
        m_raw->setRevealAllowed(!m_isMasked);
        if (m_document)
            m_raw->setToken(*m_document);
        put(m_raw, Raw);
    }
}

void TokenView::complete()
{
    for (int view = 0; view < ViewCount; ++view)
        need(view);
}

void TokenView::showView(View view)
{
    m_views->setCurrentIndex(view);
}

void TokenView::setToken(const Jose::TokenDocument &document, const QDateTime &at)
{
    m_document = document;
    m_seenAt = at;
    m_isVerified = false;
    m_summary->setToken(document, at);
    if (m_claims)
        m_claims->setToken(document, at);
    if (m_json)
        m_json->setToken(document);
    if (m_raw)
        m_raw->setToken(document);
    m_copyRedacted->setEnabled(!redactedToken(document).isEmpty());
    showUnverified();
    m_checks->setToken(document);
}

void TokenView::showToken(const ShownToken &token, const QDateTime &at)
{
    setToken(token.document, at);
    if (token.left)
        m_checks->restore(token.profileId, *token.left);
    else
        m_checks->expectProfile(token.profileId, token.provider);
}

void TokenView::clear()
{
    m_document.reset();
    m_isVerified = false;
    if (m_claims)
        m_claims->clear();
    if (m_json)
        m_json->clear();
    if (m_raw)
        m_raw->clear();
    m_checks->clear();
}

void TokenView::setMasked(bool masked)
{
    m_isMasked = masked;
    m_summary->setMasked(masked);
    if (m_claims)
        m_claims->setMasked(masked);
    if (m_json)
        m_json->setMasked(masked);
    if (m_raw)
        m_raw->setRevealAllowed(!masked);
}

void TokenView::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    if (m_claims)
        m_claims->setTimeStyle(style);
    m_checks->setTimeStyle(style);
}

void TokenView::showUnverified()
{
    using Kind = Jose::TokenKind;
    const auto kind = m_document->kind();
    const auto name = tokenKindText(kind);
    if (kind == Kind::Opaque)
        return m_banner->showMessage(ColorRole::Info, tr("Not verified: only its issuer can"),
                                     tr("%1. It carries no signature that could be checked here.").arg(name));
    if (kind == Kind::Jwe || kind == Kind::JweJson)
        return m_banner->showMessage(ColorRole::Info, tr("Not verified: it is encrypted"),
                                     tr("%1. Only the holder of the recipient’s key can read and check it.").arg(name));
    if (m_document->hasWarning(u"too_large_to_verify"))
        return m_banner->showMessage(ColorRole::Info, tr("Not verified: too large"),
                                     tr("%1. It has %2, and tokens of up to %3 are checked. It is shown up to %4.")
                                         .arg(name, locale().formattedDataSize(m_document->text().size()),
                                              locale().formattedDataSize(Jose::UnverifiedJwt::maximumSize),
                                              locale().formattedDataSize(Jose::TokenDocument::maximumSize)));
    if (!isCheckable(kind))
        return m_banner->showMessage(ColorRole::Info, tr("Not verified: shown, not checked"),
                                     tr("%1. Tokens of this kind are recognised here and not checked.").arg(name));
    m_banner->showMessage(ColorRole::Warning, tr("Not verified: decoded only"),
                          tr("%1. Nobody has checked the signature, so anybody may have written this.").arg(name));
}

void TokenView::showOpen(const Jose::CheckReport &report)
{
    const auto *signature = report.find(u"signature");
    if (!signature || signature->outcome != Jose::CheckOutcome::Passed)
        return showUnverified();
    QStringList open;
    for (const auto &check : report.checks()) {
        if (check.outcome == Jose::CheckOutcome::NotPossible && check.isMandatory)
            open.append(checkTitle(check.id));
    }
    m_banner->showMessage(ColorRole::Warning, tr("Not verified: not everything was compared"),
                          tr("%1. The signature is right. Not compared: %2. Say under Checks what you expect.")
                              .arg(tokenKindText(m_document->kind()), QLocale().createSeparatedList(open)));
}

void TokenView::showCheck(const TokenCheck &check)
{
    m_summary->setChecks(check.report);
    m_isVerified = check.verified.has_value();
    if (m_isVerified) {
        // The nonce of a sign-in that is over, for one, is known to nobody any more.
        const bool isComplete = check.report.count(Jose::CheckOutcome::NotPossible) == 0;
        m_banner->showMessage(ColorRole::Success, tr("Verified against what you expect"),
                              (isComplete
                                   ? tr("Issued by %1, signed with %2. Every check passed.")
                                   : tr("Issued by %1, signed with %2. Every check that is possible here passed."))
                                  .arg(isolated(check.verified->issuer()), name(check.verified->algorithm())));
    } else if (check.report.hasFailures()) {
        const auto *worst = check.report.worst();
        m_banner->showMessage(ColorRole::Danger, tr("Not verified: a check failed"),
                              tr("%1. %2").arg(checkTitle(worst->id), comparisonText(*worst)));
    } else {
        showOpen(check.report);
    }
}

void TokenView::copyRedacted()
{
    if (m_document)
        QGuiApplication::clipboard()->setText(redactedToken(*m_document));
}

} // namespace Countersign::Desktop
