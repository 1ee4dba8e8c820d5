// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/foundhere.h"

#include "text/findingtext.h"
#include "text/foreigntext.h"
#include "widgets/announcement.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype mostRows = 6;
constexpr std::chrono::milliseconds noticeable{700};

QLabel *mutedLabel(const QString &text, const QString &name)
{
    auto *label = plainTextLabel(name);
    label->setText(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

FoundHere::FoundHere(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_title(new QLabel(tr("Found on this computer"))), m_waiting(new QWidget),
      m_wait(plainTextLabel(tr("Looking around"))), m_waitButton(new QPushButton), m_more(plainTextLabel(tr("More"))),
      m_import(new QPushButton(symbol(u"import"_s), QString()))
{
    setAccessibleName(m_title->text());
    makeHeading(m_title, 1.15);
    m_waitButton->setAccessibleName(tr("Stop"));
    m_import->setAccessibleName(tr("Import"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_title);
    auto *waiting = new QHBoxLayout(m_waiting);
    waiting->setContentsMargins(0, 0, 0, 0);
    waiting->addWidget(m_wait, 1);
    waiting->addWidget(m_waitButton);
    column->addWidget(m_waiting);
    column->addWidget(m_more);
    column->addWidget(m_import, 0, Qt::AlignLeading);
    m_slow.setSingleShot(true);
    m_slow.setInterval(noticeable);
    connect(&m_slow, &QTimer::timeout, this,
            [this] { showWait(tr("Looking for what other programs know of sign-ins…"), tr("Stop")); });
    connect(m_waitButton, &QPushButton::clicked, this, [this] {
        if (m_looking)
            m_looking->cancel();
        else
            look();
    });
    connect(m_import, &QPushButton::clicked, this, [this] { Q_EMIT importRequested(m_found); });
    connect(&session, &Session::profilesChanged, this, &FoundHere::refresh);
    hide();
}

void FoundHere::look()
{
    if (m_looking)
        return;
    m_looking = m_session.findProfilesHere();
    if (!m_looking)
        return;
    m_slow.start();
    m_looking->whenFinished(this, [this](const Result<QList<LocalFinding>> &found) { take(found); });
}

void FoundHere::take(const Result<QList<LocalFinding>> &found)
{
    m_looking = nullptr;
    m_slow.stop();
    m_waiting->hide();
    if (found) {
        m_found = *found;
        return showFound();
    }
    if (found.error().code() == ErrorCode::TimedOut)
        return showWait(tr("Looking around took too long and was given up."), tr("Look again"));
    showFound();
}

void FoundHere::showWait(const QString &text, const QString &button)
{
    m_wait->setText(text);
    m_waitButton->setText(button);
    m_waitButton->setAccessibleName(button);
    m_waiting->show();
    m_more->setVisible(m_rows && !m_more->text().isEmpty());
    m_import->setVisible(m_rows && m_import->isEnabled());
    show();
}

void FoundHere::setMasked(bool masked)
{
    if (std::exchange(m_isMasked, masked) != masked)
        refresh();
}

void FoundHere::refresh()
{
    if (!m_found.isEmpty())
        showFound();
}

QString FoundHere::knownAs(const LocalFinding &finding) const
{
    if (!finding.profile)
        return {};
    const auto profiles = m_session.profiles();
    const auto same = std::find_if(profiles.cbegin(), profiles.cend(), [&finding](const ProfileEntry &known) {
        return !known.clientId.isEmpty() && known.issuer == finding.profile->profile.issuer
            && known.clientId == finding.profile->profile.clientId;
    });
    return same == profiles.cend() ? QString() : same->name;
}

void FoundHere::showFound()
{
    const bool hadFocus = m_import->hasFocus();
    // What can be taken stands first.
    const auto rank = [this](const LocalFinding &finding) {
        return !finding.profile ? 2 : knownAs(finding).isEmpty() ? 0 : 1;
    };
    std::stable_sort(m_found.begin(), m_found.end(),
                     [&rank](const LocalFinding &a, const LocalFinding &b) { return rank(a) < rank(b); });
    delete std::exchange(m_rows, nullptr);
    setVisible(!m_found.isEmpty());
    if (m_found.isEmpty())
        return;
    m_rows = new QWidget;
    auto *grid = new QGridLayout(m_rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 3);
    grid->setColumnStretch(3, 2);
    const auto shown = std::min(mostRows, m_found.size());
    for (int row = 0; row < shown; ++row)
        addRow(row, m_found.at(row));
    static_cast<QBoxLayout *>(layout())->insertWidget(1, m_rows);
    m_more->setText(m_found.size() > shown ? tr("and %n more", nullptr, int(m_found.size() - shown)) : QString());
    m_more->setVisible(!m_more->text().isEmpty());
    const auto count =
        int(std::count_if(m_found.cbegin(), m_found.cend(), [&rank](const auto &each) { return rank(each) == 0; }));
    m_import->setText(tr("&Import %n profile(s)…", nullptr, count));
    m_import->setAccessibleName(tr("Import %n profile(s)", nullptr, count));
    m_import->setEnabled(count > 0);
    m_import->setVisible(count > 0);
    if (hadFocus && count > 0)
        m_import->setFocus();
}

void FoundHere::addRow(int row, const LocalFinding &finding)
{
    const auto known = knownAs(finding);
    const auto state = !finding.profile ? tr("Only named: %1").arg(obstacleText(finding.obstacle))
        : known.isEmpty()               ? tr("New")
                                        : tr("Already there: %1").arg(isolated(known, 80));
    const auto place = placeText(finding);
    const auto content = contentText(finding, m_isMasked);
    auto *grid = static_cast<QGridLayout *>(m_rows->layout());
    auto *icon = new QLabel;
    showSymbol(icon,
               !finding.profile      ? u"lock"_s
                   : known.isEmpty() ? u"add"_s
                                     : u"ok"_s,
               !finding.profile      ? ColorRole::MutedText
                   : known.isEmpty() ? ColorRole::Accent
                                     : ColorRole::Success,
               icon->fontMetrics().height());
    icon->setAccessibleName(state);
    auto *kind = plainTextLabel(tr("Kind"));
    kind->setText(kindText(finding));
    // Where it lies explains what it is.
    auto *what = new QVBoxLayout;
    what->setSpacing(0);
    if (!content.isEmpty()) {
        auto *label = plainTextLabel(tr("Content"));
        label->setText(content);
        what->addWidget(label);
    }
    if (!place.isEmpty())
        what->addWidget(mutedLabel(place, tr("Place")));
    auto *says = plainTextLabel(tr("State"));
    says->setText(state);
    grid->addWidget(icon, row, 0, Qt::AlignTop);
    grid->addWidget(kind, row, 1, Qt::AlignTop);
    grid->addLayout(what, row, 2, Qt::AlignTop);
    grid->addWidget(says, row, 3, Qt::AlignTop);
}

} // namespace Countersign::Desktop
