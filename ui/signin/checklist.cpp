// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/checklist.h"

#include "text/checktext.h"
#include "widgets/symbol.h"

#include <QtWidgets/QStyle>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int fewestLines = 2;
constexpr int mostLines = 8;
constexpr std::chrono::milliseconds rhythm{60};

//! What every ID token is held against, in this order. Spec: OpenID Connect Core §3.1.3.7.
const QStringList &checksToCome()
{
    static const QStringList ids{u"structure"_s, u"algorithm"_s, u"key"_s,    u"signature"_s,
                                 u"issuer"_s,    u"audience"_s,  u"expiry"_s, u"nonce"_s};
    return ids;
}

} // namespace

CheckList::CheckList(QWidget *parent) : QListWidget(parent)
{
    setAccessibleName(tr("Checks of the ID token"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setWordWrap(true);
    m_clock.setInterval(rhythm);
    connect(&m_clock, &QTimer::timeout, this, &CheckList::tick);
    setReport({});
}

void CheckList::setReport(const Jose::CheckReport &report, bool isNews)
{
    Jose::CheckReport applicable;
    for (const auto &check : report.checks()) {
        if (check.outcome != Jose::CheckOutcome::NotApplicable)
            applicable.append(check);
    }
    if (count() > 0 && applicable == m_report)
        return;
    m_report = std::move(applicable);
    m_clock.stop();
    clear();
    QStringList ids;
    for (const auto &check : m_report.checks())
        ids.append(check.id);
    for (const auto &id : ids.isEmpty() ? checksToCome() : ids) {
        auto *item = new QListWidgetItem(symbol(u"clock"_s, ColorRole::MutedText), checkTitle(id), this);
        item->setData(Qt::AccessibleTextRole, tr("To come. %1.").arg(checkTitle(id)));
    }
    m_ticked = 0;
    const bool isStill = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
    if (!isNews || isStill || m_report.hasFailures()) {
        while (m_ticked < m_report.checks().size())
            showRow(m_ticked++);
    } else if (!m_report.checks().isEmpty()) {
        m_clock.start();
    }
    fit();
}

void CheckList::tick()
{
    if (m_ticked < m_report.checks().size())
        showRow(m_ticked++);
    if (m_ticked == m_report.checks().size())
        m_clock.stop();
    fit();
}

void CheckList::showRow(int row)
{
    const auto &check = m_report.checks().at(row);
    const auto compared = comparisonText(check);
    auto *line = item(row);
    line->setIcon(symbol(outcomeSymbol(check.outcome), outcomeColor(check.outcome)));
    line->setText(compared.isEmpty() ? checkTitle(check.id) : tr("%1: %2").arg(checkTitle(check.id), compared));
    line->setData(Qt::AccessibleTextRole,
                  QString(outcomeText(check.outcome) + u". "_s + checkTitle(check.id) + u". "_s + compared));
    line->setToolTip(checkReason(check.id));
}

void CheckList::fit()
{
    const auto tall = [this](int rows) {
        int height = 2 * frameWidth() + 4;
        for (int row = 0; row < std::min(count(), rows); ++row)
            height += sizeHintForRow(row);
        return height;
    };
    // The rest scrolls, where large letters leave no room for more.
    setMinimumHeight(tall(fewestLines));
    setMaximumHeight(tall(mostLines));
}

} // namespace Countersign::Desktop
