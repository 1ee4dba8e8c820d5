// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/checklist.h"

#include "text/checktext.h"
#include "widgets/symbol.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int fewestLines = 2;
constexpr int mostLines = 8;

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
    setIconSize({16, 16});
    setWordWrap(true);
    setReport({});
}

void CheckList::setReport(const Jose::CheckReport &report)
{
    clear();
    for (const auto &check : report.checks()) {
        if (check.outcome == Jose::CheckOutcome::NotApplicable)
            continue;
        const auto compared = comparisonText(check);
        auto *item = new QListWidgetItem(
            symbol(outcomeSymbol(check.outcome), outcomeColor(check.outcome)),
            compared.isEmpty() ? checkTitle(check.id) : tr("%1: %2").arg(checkTitle(check.id), compared), this);
        item->setData(Qt::AccessibleTextRole,
                      QString(outcomeText(check.outcome) + u". "_s + checkTitle(check.id) + u". "_s + compared));
        item->setToolTip(checkReason(check.id));
    }
    if (count() == 0) {
        for (const auto &id : checksToCome()) {
            auto *item = new QListWidgetItem(symbol(u"clock"_s, ColorRole::MutedText), checkTitle(id), this);
            item->setData(Qt::AccessibleTextRole, tr("To come. %1.").arg(checkTitle(id)));
        }
    }
    fit();
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
