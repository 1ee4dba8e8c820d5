// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/signoutsteps.h"

#include "text/errortext.h"
#include "widgets/symbol.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

using Kind = SignOutStep::Kind;
using How = SignOutStep::Outcome;
using Stage = Operation::Stage;

QString stepName(Kind kind)
{
    switch (kind) {
    case Kind::Revocation: return SignOutSteps::tr("Refresh token at the provider");
    case Kind::EndSession: return SignOutSteps::tr("Session at the provider");
    case Kind::LocalRemoval: return SignOutSteps::tr("Tokens on this computer");
    }
    Q_UNREACHABLE();
}

bool isWanted(const SignOutRequest &request, Kind kind)
{
    switch (kind) {
    case Kind::Revocation: return request.revoke;
    case Kind::EndSession: return request.endSession;
    case Kind::LocalRemoval: return true;
    }
    Q_UNREACHABLE();
}

QString doneText(Kind kind)
{
    switch (kind) {
    case Kind::Revocation: return SignOutSteps::tr("taken back");
    // A page that leads nowhere tells nobody what becomes of it.
    case Kind::EndSession: return SignOutSteps::tr("its page was opened in the browser; it ends when you finish there");
    case Kind::LocalRemoval: return SignOutSteps::tr("removed");
    }
    Q_UNREACHABLE();
}

//! Of a part in the middle of which somebody pressed Cancel.
QString stoppedText(Kind kind, bool isPageOpen)
{
    switch (kind) {
    case Kind::Revocation: return SignOutSteps::tr("stopped; the provider may have taken it back all the same");
    case Kind::EndSession: return isPageOpen ? doneText(kind) : SignOutSteps::tr("stopped; its page was not opened");
    case Kind::LocalRemoval:
        return SignOutSteps::tr("stopped; the list of accounts tells whether they are still there");
    }
    Q_UNREACHABLE();
}

} // namespace

QString stepText(const SignOutStep &step)
{
    const auto line = SignOutSteps::tr("%1: %2", "a part of a sign-out and what became of it");
    const auto name = stepName(step.kind);
    switch (step.outcome) {
    case How::Done: return line.arg(name, doneText(step.kind));
    case How::NotSupported: return line.arg(name, SignOutSteps::tr("the provider offers no way"));
    case How::NotWanted: return line.arg(name, SignOutSteps::tr("left as it is"));
    case How::Failed: {
        const auto why = step.error ? whyItHappened(step.error->cause()) : QString();
        return line.arg(
            name,
            SignOutSteps::tr("failed. %1").arg(why.isEmpty() && step.error ? whatHappened(step.error->code()) : why));
    }
    }
    Q_UNREACHABLE();
}

QString waitText(const SignOutProgress &progress, const QString &host, const QString &store)
{
    switch (progress.stage) {
    case Stage::Starting:
    case Stage::OpeningStore:
    case Stage::Saving:
    case Stage::Validating: return SignOutSteps::tr("Removing the tokens from %1").arg(store);
    case Stage::Discovering: return SignOutSteps::tr("Reading the configuration of %1").arg(host);
    case Stage::Redeeming:
        return progress.request.revoke ? SignOutSteps::tr("Waiting for %1 to take the refresh token back").arg(host)
                                       : SignOutSteps::tr("Removing the tokens from %1").arg(store);
    case Stage::WaitingForPerson:
    case Stage::Done: return SignOutSteps::tr("Handing the page of %1 to your browser").arg(host);
    }
    Q_UNREACHABLE();
}

const SignOutStep *SignOutProgress::find(Kind kind) const
{
    const auto found =
        std::find_if(ended.cbegin(), ended.cend(), [kind](const SignOutStep &step) { return step.kind == kind; });
    return found == ended.cend() ? nullptr : &*found;
}

std::optional<Kind> SignOutProgress::current() const
{
    switch (stage) {
    case Stage::Starting:
    case Stage::OpeningStore:
    case Stage::Validating:
    case Stage::Done: return {};
    case Stage::Discovering:
    case Stage::Redeeming: return request.revoke ? std::optional(Kind::Revocation) : std::nullopt;
    case Stage::Saving: return Kind::LocalRemoval;
    case Stage::WaitingForPerson: return Kind::EndSession;
    }
    Q_UNREACHABLE();
}

SignOutSteps::SignOutSteps(QWidget *parent) : QListWidget(parent)
{
    setAccessibleName(tr("What became of each part"));
    setWordWrap(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void SignOutSteps::add(const QString &symbolName, ColorRole role, const QString &text)
{
    new QListWidgetItem(symbol(symbolName, role), text, this);
}

void SignOutSteps::setProgress(const SignOutProgress &progress)
{
    clear();
    for (const auto kind : {Kind::Revocation, Kind::LocalRemoval, Kind::EndSession})
        addPart(progress, kind);
    if (progress.request.forgetEmbedded)
        addCookies(progress);
    fit();
}

void SignOutSteps::resizeEvent(QResizeEvent *event)
{
    QListWidget::resizeEvent(event);
    fit();
}

void SignOutSteps::fit()
{
    // As tall as its rows, which are taller where they wrap. What a small screen leaves no room for, the dialog
    // scrolls.
    doItemsLayout();
    setFixedHeight(contentsSize().height() + 2 * frameWidth() + 2);
    updateGeometry();
}

QSize SignOutSteps::sizeHint() const
{
    return {QListWidget::sizeHint().width(), maximumHeight()};
}

void SignOutSteps::addPart(const SignOutProgress &progress, Kind kind)
{
    if (const auto *step = progress.find(kind)) {
        const auto text = stepText(*step);
        switch (step->outcome) {
        case How::Done:
            return kind == Kind::EndSession ? add(u"globe"_s, ColorRole::Info, text)
                                            : add(u"ok"_s, ColorRole::Success, text);
        case How::NotSupported:
        case How::NotWanted: return add(u"info"_s, ColorRole::MutedText, text);
        case How::Failed: return add(u"attention"_s, ColorRole::Danger, text);
        }
    }
    const auto line = tr("%1: %2", "a part of a sign-out and what became of it").arg(stepName(kind));
    const bool isCurrent = progress.current() == kind;
    if (!isWanted(progress.request, kind))
        add(u"info"_s, ColorRole::MutedText, line.arg(tr("left as it is")));
    else if (progress.isRunning)
        add(isCurrent ? u"refresh"_s : u"clock"_s, isCurrent ? ColorRole::Info : ColorRole::MutedText,
            line.arg(isCurrent ? tr("under way") : tr("to come")));
    else
        add(u"attention"_s, ColorRole::Warning,
            line.arg(isCurrent ? stoppedText(kind, progress.isPageOpen) : tr("not done")));
}

void SignOutSteps::addCookies(const SignOutProgress &progress)
{
    if (!progress.isEmbeddedForgotten && progress.isRunning)
        add(u"clock"_s, ColorRole::MutedText, tr("Cookies of the sign-in window: to come"));
    else if (!progress.isEmbeddedForgotten)
        add(u"attention"_s, ColorRole::Warning, tr("Cookies of the sign-in window: not deleted"));
    else if (*progress.isEmbeddedForgotten)
        add(u"ok"_s, ColorRole::Success, tr("Cookies of the sign-in window: deleted"));
    else
        add(u"attention"_s, ColorRole::Danger, tr("Cookies of the sign-in window: some could not be deleted"));
}

} // namespace Countersign::Desktop
