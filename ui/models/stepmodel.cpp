// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/stepmodel.h"

#include "text/checktext.h"
#include "text/errortext.h"
#include "text/foreigntext.h"
#include "widgets/symbol.h"

#include <QtCore/QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

const QHash<QString, const char *> &titles()
{
    static const QHash<QString, const char *> table{
        // At a provider.
        {u"authority"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Issuer of the profile")},
        {u"discovery"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Configuration of the provider")},
        {u"keys"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Keys of the provider")},
        {u"pkce"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Protection of the code (PKCE)")},
        {u"tls"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Encrypted connection (TLS)")},
        {u"client"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Client ID and redirect address")},
        {u"device_endpoint"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Sign-in with a code on another device")},
        {u"revocation_endpoint"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Taking tokens back")},
        {u"end_session_endpoint"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Ending the provider’s session")},
        {u"issuer_parameter"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Issuer in the answer (RFC 9207)")},
        {u"scopes"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Scopes of the profile")},
        {u"clock"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Clock")},
        // On this computer.
        {u"files"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Own files")},
        {u"permissions"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Who can read the own files")},
        {u"policy"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Policy of this computer in force")},
        {u"store"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Place for tokens: open")},
        {u"store_round_trip"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Place for tokens: write, read back, delete")},
        {u"loopback_v4"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Answers to 127.0.0.1")},
        {u"loopback_v6"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Answers to ::1")},
        {u"browser"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Browser")},
        {u"display"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Display")},
        {u"webview"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Embedded sign-in window")},
        {u"proxy"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Proxy")},
        {u"certificates"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Certificate authorities")},
        {u"core_dumps"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Core files")},
        {u"name_resolution"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Name resolution")},
        {u"url_schemes"_s,
         QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Redirect addresses with a scheme of their own")},
        {u"path"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Programs in the search path")},
        {u"provider"_s, QT_TRANSLATE_NOOP("Countersign::Desktop::StepModel", "Provider answers")},
    };
    return table;
}

//! What a step found that is nothing but a number, in words.
QString countText(const QString &id, int number)
{
    if (id == "clock"_L1)
        return number == 0 ? StepModel::tr("The same as here")
            : number > 0   ? StepModel::tr("This computer is %n second(s) ahead", nullptr, number)
                           : StepModel::tr("This computer is %n second(s) behind", nullptr, -number);
    if (id == "keys"_L1)
        return StepModel::tr("%n key(s)", nullptr, number);
    if (id == "certificates"_L1)
        return StepModel::tr("%n authority(ies)", nullptr, number);
    if (id.startsWith("loopback"_L1))
        return StepModel::tr("Port %1").arg(number);
    return {};
}

//! What it means that a step found nothing.
QString absenceText(const QString &id)
{
    if (id.endsWith("_endpoint"_L1) || id == "issuer_parameter"_L1)
        return StepModel::tr("The provider does not offer it");
    if (id == "proxy"_L1)
        return StepModel::tr("None is set");
    if (id == "browser"_L1)
        return StepModel::tr("None was found: a sign-in’s link has to be taken to one by hand");
    if (id == "files"_L1 || id == "permissions"_L1)
        return StepModel::tr("Nothing has been saved there yet");
    if (id == "policy"_L1)
        return StepModel::tr("There is none, so nothing is locked");
    if (id == "client"_L1)
        return StepModel::tr("The provider does not offer it");
    if (id == "tls"_L1)
        return StepModel::tr("Plain http, on this computer");
    if (id == "url_schemes"_L1)
        return StepModel::tr("No profile has one");
    if (id == "path"_L1)
        return StepModel::tr("None of this name is there");
    return {};
}

//! What the answer to a sign-in without a person says of the client.
QString clientText(Jose::CheckOutcome outcome, const QString &what)
{
    if (what == "pushed_requests_wanted"_L1)
        return StepModel::tr("The provider takes this client’s requests pushed alone, which its configuration does not "
                             "say: switch on “Push every request” in the profile, under Requests");
    switch (outcome) {
    case Jose::CheckOutcome::Passed: return StepModel::tr("The provider knows both (%1)").arg(what);
    case Jose::CheckOutcome::Failed:
        return StepModel::tr("Refused: the provider does not know the client ID or the redirect address (%1)")
            .arg(what);
    case Jose::CheckOutcome::Warning:
        return StepModel::tr("The provider knows both, but refuses what is asked for (%1)").arg(what);
    case Jose::CheckOutcome::NotPossible:
        return StepModel::tr("Cannot be told: the provider shows a page instead of an answer (%1)").arg(what);
    case Jose::CheckOutcome::NotApplicable: break;
    }
    return {};
}

QString pathText(Jose::CheckOutcome outcome, const QString &where)
{
    return outcome == Jose::CheckOutcome::Warning ? StepModel::tr("Others of the same name come first: %1").arg(where)
                                                  : where;
}

QString schemeText(Jose::CheckOutcome outcome, const QString &schemes)
{
    return outcome == Jose::CheckOutcome::Failed
        ? StepModel::tr("%1: only the sign-in window of our own could see it, which does not work").arg(schemes)
        : StepModel::tr("%1: the sign-in window of our own sees it").arg(schemes);
}

//! Of steps whose outcome says what their detail means.
QString outcomeDetailText(const Step &step, const QString &detail)
{
    if (detail.isEmpty())
        return {};
    if (step.id == "client"_L1)
        return clientText(step.outcome, detail);
    if (step.id == "path"_L1)
        return pathText(step.outcome, detail);
    return step.id == "url_schemes"_L1 ? schemeText(step.outcome, detail) : QString();
}

QString foundText(const Step &step)
{
    bool isNumber = false;
    // "-3 s"
    const auto number = step.detail.section(u' ', 0, 0).toInt(&isNumber);
    auto words = isNumber ? countText(step.id, number) : QString();
    const bool isAbsent = step.outcome == Jose::CheckOutcome::NotApplicable || step.id == "browser"_L1;
    if (step.detail.isEmpty() && isAbsent)
        words = absenceText(step.id);
    if (words.isEmpty())
        words = outcomeDetailText(step, harmless(step.detail, 300));
    return words.isEmpty() ? harmless(step.detail, 300) : words;
}

//! The library names the keychain in English.
QString subjectText(const QString &subject)
{
    const auto begin = u"Keychain ("_s;
    return subject.startsWith(begin) ? StepModel::tr("Keychain (%1)").arg(subject.sliced(begin.size()).chopped(1))
                                     : subject;
}

QString detailText(const Step &step)
{
    if (!step.error)
        return foundText(step);
    const auto words = errorText(*step.error);
    return words.why.isEmpty() ? words.what : words.why;
}

QString fullText(const Step &step)
{
    if (!step.error)
        return foundText(step);
    const auto words = errorText(*step.error);
    return QStringList{words.what, words.why, words.advice, harmless(words.detail)}.join(u'\n');
}

} // namespace

QString stepText(const Step &step)
{
    const auto *known = titles().value(step.id);
    const auto title = known ? StepModel::tr(known) : step.id;
    return step.subject.isEmpty() ? title : StepModel::tr("%1: %2").arg(title, isolated(subjectText(step.subject), 80));
}

void StepModel::clear()
{
    beginResetModel();
    m_steps.clear();
    m_isRunning = false;
    endResetModel();
}

void StepModel::begin(const QString &id, const QString &subject)
{
    endRunning();
    const auto row = int(m_steps.size());
    beginInsertRows({}, row, row);
    m_steps.append({.id = id, .subject = subject});
    m_isRunning = true;
    endInsertRows();
}

void StepModel::endRunning()
{
    if (!m_isRunning)
        return;
    const auto row = int(m_steps.size()) - 1;
    beginRemoveRows({}, row, row);
    m_steps.removeLast();
    m_isRunning = false;
    endRemoveRows();
}

void StepModel::add(const Step &step)
{
    endRunning();
    const auto row = int(m_steps.size());
    beginInsertRows({}, row, row);
    m_steps.append(step);
    endInsertRows();
}

void StepModel::end()
{
    endRunning();
}

qsizetype StepModel::count(Jose::CheckOutcome outcome) const
{
    const auto known = m_steps.size() - (m_isRunning ? 1 : 0);
    return std::count_if(m_steps.begin(), m_steps.begin() + known,
                         [outcome](const Step &step) { return step.outcome == outcome; });
}

QString StepModel::toText() const
{
    QStringList lines;
    for (const auto &step : m_steps)
        lines.append(u"%1\t%2\t%3"_s.arg(outcomeText(step.outcome), stepText(step), detailText(step)));
    return lines.join(u'\n') + u'\n';
}

int StepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

int StepModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StepModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &step = m_steps.at(index.row());
    const bool isRunning = m_isRunning && index.row() == m_steps.size() - 1;
    const auto outcome = isRunning ? tr("Trying") : outcomeText(step.outcome);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case OutcomeColumn: return outcome;
        case StepColumn: return stepText(step);
        case DetailColumn: return isRunning ? QString() : detailText(step);
        default: return {};
        }
    case Qt::DecorationRole:
        if (index.column() != OutcomeColumn)
            return {};
        return isRunning ? symbol(u"clock"_s, ColorRole::Info)
                         : symbol(outcomeSymbol(step.outcome), outcomeColor(step.outcome));
    case Qt::ToolTipRole: return isRunning ? QString() : fullText(step).toHtmlEscaped();
    case Qt::AccessibleTextRole: return QString(outcome + u". "_s + stepText(step) + u". "_s + detailText(step));
    case IdRole: return step.id;
    case StateRole: return isRunning ? -1 : int(step.outcome);
    case DetailRole: return isRunning ? QString() : fullText(step);
    default: return {};
    }
}

QVariant StepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case OutcomeColumn: return tr("Result");
    case StepColumn: return tr("What");
    case DetailColumn: return tr("Found");
    default: return {};
    }
}

} // namespace Countersign::Desktop
