// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// What a check of the core found against what was expected, as somebody would say it.
#include "text/checktext.h"

#include "text/foreigntext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

using Jose::CheckOutcome;

class Comparison
{
    Q_DECLARE_TR_FUNCTIONS(CheckText)
public:
    Comparison(const Jose::Check &check, TimeStyle style, const QDateTime &at)
        : m_check(check), m_style(style), m_at(at), m_isPassed(check.outcome == CheckOutcome::Passed),
          m_isMissing(check.actual == "missing"_L1)
    {
    }

    QString text() const
    {
        const std::pair<QLatin1StringView, QString (Comparison::*)() const> ways[] = {
            {"type"_L1, &Comparison::type},           {"key"_L1, &Comparison::key},
            {"signature"_L1, &Comparison::signature}, {"nonce"_L1, &Comparison::nonce},
            {"critical"_L1, &Comparison::critical},   {"encryption"_L1, &Comparison::encryption},
            {"audience"_L1, &Comparison::audience},   {"session"_L1, &Comparison::session},
            {"expiry"_L1, &Comparison::time},         {"not_before"_L1, &Comparison::time},
            {"issued_at"_L1, &Comparison::time},      {"max_age"_L1, &Comparison::time},
            {"lifetime"_L1, &Comparison::lifetime}};
        for (const auto &[id, way] : ways) {
            if (m_check.id == id)
                return (this->*way)();
        }
        return plain();
    }

private:
    QString shown(const QString &english) const;
    QString when(const QString &english) const;
    QString found(const QString &actual, const QString &expected) const;

    QString plain() const;
    QString type() const;
    QString key() const;
    QString signature() const { return m_isPassed ? plain() : QString(); }
    QString critical() const { return m_isPassed ? plain() : tr("The header demands %1").arg(shown(m_check.actual)); }
    QString encryption() const;
    QString nonce() const;
    QString audience() const;
    QString session() const { return m_isPassed ? QString() : plain(); }
    QString time() const;
    QString lifetime() const;

    const Jose::Check &m_check;
    const TimeStyle m_style;
    const QDateTime m_at;
    const bool m_isPassed;
    const bool m_isMissing;
};

//! The core writes times as ISO 8601 in UTC, alone or in a phrase.
const QRegularExpression &moments()
{
    static const QRegularExpression pattern(u"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"_s);
    return pattern;
}

//! A phrase of the core's in the reader's language, with its times as the reader likes them.
QString Comparison::shown(const QString &english) const
{
    auto text = checkTerm(english);
    for (auto match = moments().match(text); match.hasMatch();) {
        const auto local = when(match.captured());
        text.replace(match.capturedStart(), match.capturedLength(), local);
        match = moments().match(text, match.capturedStart() + local.size());
    }
    return isolated(text);
}

QString Comparison::when(const QString &english) const
{
    return timeText(QDateTime::fromString(english, Qt::ISODate), m_style, m_at);
}

QString Comparison::found(const QString &actual, const QString &expected) const
{
    return tr("Found %1, expected %2.").arg(actual, expected);
}

QString Comparison::plain() const
{
    const auto &expected = m_check.expected;
    const auto &actual = m_check.actual;
    // What is missing may stand for any value, such as "a time".
    const bool isAny = expected.startsWith("a "_L1) || expected.startsWith("an "_L1);
    if (m_isMissing && !expected.isEmpty())
        return isAny ? tr("Missing") : tr("Missing, expected %1.").arg(shown(expected));
    // What is right needs no second value to compare it with.
    if (m_isPassed || expected.isEmpty() || actual.isEmpty() || expected == actual) {
        const auto &known = actual.isEmpty() ? expected : actual;
        return known.isEmpty() ? QString() : shown(known);
    }
    return found(shown(actual), shown(expected));
}

QString Comparison::type() const
{
    const auto none = tr("no type");
    const auto actual = m_isMissing ? none : isolated(m_check.actual);
    if (m_isPassed)
        return actual;
    auto wanted = m_check.expected.split(u", "_s, Qt::SkipEmptyParts);
    for (auto &one : wanted)
        one = one == "none"_L1 ? none : isolated(one);
    return found(actual, wanted.join(tr(" or ")));
}

QString Comparison::key() const
{
    if (m_isPassed || m_check.expected.isEmpty())
        return plain();
    if (m_check.actual == "no keys"_L1)
        return m_check.expected == "no kid"_L1
            ? tr("There are no keys to check with.")
            : tr("Key %1 is needed; there are no keys to check with.").arg(isolated(m_check.expected));
    // "3 keys"
    if (m_check.actual.endsWith(" keys"_L1))
        return tr("Key %1 is not among the keys, or does not fit.").arg(isolated(m_check.expected));
    return plain();
}

QString Comparison::encryption() const
{
    return m_check.actual == "none"_L1 ? tr("Not encrypted, expected %1.").arg(shown(m_check.expected)) : plain();
}

//! Its value is a secret of the sign-in: the core tells its length at the most.
QString Comparison::nonce() const
{
    if (!m_check.expected.startsWith(u'<'))
        return plain();
    if (m_isPassed)
        return tr("The one that was sent");
    return m_isMissing ? tr("Missing") : tr("Another one than was sent");
}

QString Comparison::audience() const
{
    const bool isOneOfSeveral = m_isPassed && m_check.actual != m_check.expected && !m_check.expected.isEmpty();
    return isOneOfSeveral ? tr("%1 is one of %2").arg(isolated(m_check.expected), isolated(m_check.actual)) : plain();
}

QString Comparison::time() const
{
    const bool isTime = moments().match(m_check.actual).hasMatch();
    if (!isTime)
        return plain();
    const auto moment = QDateTime::fromString(m_check.actual, Qt::ISODate);
    const auto text = when(m_check.actual);
    if (m_check.id == "expiry"_L1)
        return moment > m_at ? tr("Ends %1").arg(text) : tr("Ended %1").arg(text);
    if (m_check.id == "not_before"_L1)
        return moment > m_at ? tr("Begins %1").arg(text) : tr("Began %1").arg(text);
    if (m_check.id == "issued_at"_L1)
        return tr("Issued %1").arg(text);
    const auto signedIn = tr("Signed in %1").arg(text);
    return m_isPassed ? signedIn : tr("%1, expected %2.").arg(signedIn, shown(m_check.expected));
}

QString Comparison::lifetime() const
{
    return tr("Issued %1, but ends %2").arg(shown(m_check.expected), shown(m_check.actual));
}

} // namespace

QString comparisonText(const Jose::Check &check, TimeStyle style, const QDateTime &at)
{
    const auto text = Comparison(check, style, at).text();
    if (!text.isEmpty() || check.outcome == CheckOutcome::Passed)
        return text;
    // Nothing was compared: why not is what there is to say.
    auto reason = checkDetail(check);
    if (!reason.isEmpty())
        reason[0] = reason.at(0).toUpper();
    return isolated(reason);
}

} // namespace Countersign::Desktop
