// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/summaryview.h"

#include "inspector/tokensummary.h"
#include "models/checkmodel.h"
#include "text/checktext.h"
#include "text/foreigntext.h"
#include "widgets/badgelabel.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype shownRemarks = 3;

void empty(QLayout *layout)
{
    while (auto *item = layout->takeAt(0)) {
        if (auto *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (auto *inner = item->layout()) {
            empty(inner);
        }
        delete item;
    }
}

} // namespace

SummaryView::SummaryView(QWidget *parent)
    : QScrollArea(parent), m_kind(plainTextLabel(tr("Kind of token"))), m_sentence(plainTextLabel(tr("Summary"))),
      m_badges(new QWidget), m_remarks(new QWidget), m_remarkLines(new QVBoxLayout(m_remarks)),
      m_fetch(new QPushButton(symbol(u"globe"_s), QString()))
{
    setAccessibleName(tr("Summary of the token"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(4, 14, 4, 14);
    column->setSpacing(12);
    makeHeading(m_kind, 1.4);
    new FlowLayout(m_badges);
    m_remarkLines->setContentsMargins(0, 0, 0, 0);
    m_remarkLines->setSpacing(8);

    auto *copyButton = new QPushButton(symbol(u"copy"_s), tr("Copy &sentence"));
    copyButton->setAccessibleName(tr("Copy the sentence"));
    auto *checksButton = new QPushButton(tr("All &checks"));
    checksButton->setAccessibleName(tr("Show all checks"));
    connect(copyButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_sentence->text()); });
    connect(checksButton, &QPushButton::clicked, this, &SummaryView::checksRequested);
    connect(m_fetch, &QPushButton::clicked, this, &SummaryView::keysRequested);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_fetch);
    buttons->addWidget(copyButton);
    buttons->addWidget(checksButton);
    buttons->addStretch();

    for (auto *widget : {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_sentence), m_badges, m_remarks})
        column->addWidget(widget);
    column->addLayout(buttons);
    column->addStretch();
    setWidget(content);
    offerKeys({});
}

void SummaryView::offerKeys(const QString &host)
{
    m_fetch->setVisible(!host.isEmpty());
    m_fetch->setText(tr("Verif&y with the keys of %1").arg(harmless(host, 60)));
    m_fetch->setAccessibleName(tr("Verify with the keys of %1").arg(host));
    m_fetch->setToolTip(tr("Will contact %1").arg(host).toHtmlEscaped());
}

QString SummaryView::sentence() const
{
    return m_sentence->text();
}

void SummaryView::setToken(const Jose::TokenDocument &document, const QDateTime &at)
{
    m_document = document;
    m_at = at;
    m_report = {};
    refresh();
}

void SummaryView::setChecks(const Jose::CheckReport &report)
{
    m_report = report;
    showRemarks();
}

void SummaryView::setMasked(bool masked)
{
    m_isMasked = masked;
    if (m_document)
        refresh();
}

void SummaryView::refresh()
{
    const auto summary = summarize(*m_document, m_at, m_isMasked);
    m_kind->setText(summary.kind);
    m_sentence->setText(summary.sentence);
    empty(m_badges->layout());
    for (const auto &badge : summary.badges)
        m_badges->layout()->addWidget(new BadgeLabel(badge.text, badge.explanation, badge.role));
    m_badges->setVisible(!summary.badges.isEmpty());
    showRemarks();
}

void SummaryView::addRemark(const QString &symbolName, ColorRole role, const QString &word, const QString &text)
{
    auto *line = new QHBoxLayout;
    auto *icon = new QLabel;
    const int side = std::max(18, icon->fontMetrics().height());
    showSymbol(icon, symbolName, role, side);
    icon->setAccessibleName(word);
    auto *label = plainTextLabel(word);
    label->setText(word + u" – "_s + text);
    line->addWidget(icon, 0, Qt::AlignTop);
    line->addWidget(label, 1);
    m_remarkLines->addLayout(line);
}

void SummaryView::showRemarks()
{
    empty(m_remarkLines);
    // A token's own oddities are known without any expectation, so they come first where they are dangerous.
    auto warnings = m_document->warnings();
    std::stable_sort(warnings.begin(), warnings.end(),
                     [](const auto &a, const auto &b) { return a.severity > b.severity; });
    qsizetype count = 0;
    const auto addWarnings = [&](Jose::TokenSeverity least) {
        for (const auto &warning : std::as_const(warnings)) {
            const bool isWanted = least == Jose::TokenSeverity::Danger ? warning.severity == least
                                                                       : warning.severity < Jose::TokenSeverity::Danger;
            if (!isWanted || count == shownRemarks)
                continue;
            const bool isNote = warning.severity == Jose::TokenSeverity::Note;
            addRemark(isNote ? u"info"_s : u"attention"_s, severityColor(warning.severity),
                      isNote ? tr("Note") : tr("Warning"), warningText(warning));
            ++count;
        }
    };
    addWarnings(Jose::TokenSeverity::Danger);
    for (const auto &check : worstChecks(m_report, shownRemarks - count)) {
        const auto comparison = comparisonText(check);
        addRemark(outcomeSymbol(check.outcome), outcomeColor(check.outcome), outcomeText(check.outcome),
                  comparison.isEmpty() ? checkTitle(check.id) : tr("%1: %2").arg(checkTitle(check.id), comparison));
        ++count;
    }
    addWarnings(Jose::TokenSeverity::Note);
    m_remarks->setVisible(count > 0);
}

} // namespace Countersign::Desktop
