// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/checkmodel.h"

#include "text/checktext.h"
#include "widgets/symbol.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

int severity(Jose::CheckOutcome outcome)
{
    switch (outcome) {
    case Jose::CheckOutcome::Failed: return 0;
    case Jose::CheckOutcome::Warning: return 1;
    case Jose::CheckOutcome::NotPossible: return 2;
    case Jose::CheckOutcome::Passed: return 3;
    case Jose::CheckOutcome::NotApplicable: return 4;
    }
    Q_UNREACHABLE();
}

QString fullText(const Jose::Check &check)
{
    QStringList lines{checkReason(check.id)};
    const bool isBad = check.outcome == Jose::CheckOutcome::Failed || check.outcome == Jose::CheckOutcome::Warning
        || check.outcome == Jose::CheckOutcome::NotPossible;
    if (isBad)
        lines.append(checkAdvice(check.id));
    if (!check.reason.isEmpty())
        lines.append(CheckModel::tr("In detail: %1").arg(checkDetail(check)));
    if (!check.reference.isEmpty())
        lines.append(CheckModel::tr("Rule: %1").arg(check.reference));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

} // namespace

QString reportText(const Jose::CheckReport &report)
{
    using enum Jose::CheckOutcome;
    QStringList parts;
    const auto add = [&parts, &report](Jose::CheckOutcome outcome, const QString &text) {
        if (report.count(outcome) > 0)
            parts.append(text);
    };
    add(Failed, CheckModel::tr("%n failed", nullptr, int(report.count(Failed))));
    add(Warning, CheckModel::tr("%n warning(s)", nullptr, int(report.count(Warning))));
    add(Passed, CheckModel::tr("%n passed", nullptr, int(report.count(Passed))));
    add(NotPossible, CheckModel::tr("%n not possible", nullptr, int(report.count(NotPossible))));
    return parts.join(CheckModel::tr(", "));
}

QList<Jose::Check> worstChecks(const Jose::CheckReport &report, qsizetype count)
{
    QList<Jose::Check> worst;
    for (const auto &check : report.checks()) {
        if (severity(check.outcome) <= severity(Jose::CheckOutcome::NotPossible))
            worst.append(check);
    }
    std::stable_sort(worst.begin(), worst.end(), [](const Jose::Check &a, const Jose::Check &b) {
        return severity(a.outcome) < severity(b.outcome);
    });
    return worst.mid(0, count);
}

void CheckModel::setReport(const Jose::CheckReport &report)
{
    beginResetModel();
    m_checks = report.checks();
    m_at = QDateTime::currentDateTimeUtc();
    std::stable_sort(m_checks.begin(), m_checks.end(), [](const Jose::Check &a, const Jose::Check &b) {
        return severity(a.outcome) < severity(b.outcome);
    });
    endResetModel();
}

void CheckModel::setTimeStyle(TimeStyle style)
{
    m_style = style;
    if (!m_checks.isEmpty())
        Q_EMIT dataChanged(index(0, ComparisonColumn), index(int(m_checks.size()) - 1, ComparisonColumn));
}

QString CheckModel::comparison(const Jose::Check &check) const
{
    return comparisonText(check, m_style, m_at);
}

int CheckModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_checks.size());
}

int CheckModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CheckModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &check = m_checks.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case OutcomeColumn: return outcomeText(check.outcome);
        case CheckColumn: return checkTitle(check.id);
        case ComparisonColumn: return comparison(check);
        default: return {};
        }
    case Qt::DecorationRole:
        return index.column() == OutcomeColumn
            ? QVariant(symbol(outcomeSymbol(check.outcome), outcomeColor(check.outcome)))
            : QVariant();
    case Qt::ForegroundRole:
        return index.column() == OutcomeColumn ? Theme::current().color(outcomeColor(check.outcome)) : QVariant();
    case Qt::ToolTipRole: return fullText(check).toHtmlEscaped();
    // "Fail. Audience. Expected X, found Y."
    case Qt::AccessibleTextRole:
        return QString(outcomeText(check.outcome) + u". "_s + checkTitle(check.id) + u". "_s + comparison(check));
    case IdRole: return check.id;
    case StateRole: return int(check.outcome);
    case DetailRole: return fullText(check);
    default: return {};
    }
}

QVariant CheckModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case OutcomeColumn: return tr("Result");
    case CheckColumn: return tr("Check");
    case ComparisonColumn: return tr("Compared");
    default: return {};
    }
}

} // namespace Countersign::Desktop
