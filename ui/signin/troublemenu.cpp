// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/troublemenu.h"

#include <QtCore/QUrlQuery>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLineEdit>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString whyClosed(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidResponse: return TroubleMenu::tr("another program answers there.");
    case ErrorCode::TimedOut: return TroubleMenu::tr("no answer came in time.");
    case ErrorCode::NotSupported: return TroubleMenu::tr("that address is not on this computer.");
    default: return TroubleMenu::tr("no connection could be made.");
    }
}

} // namespace

TroubleMenu::TroubleMenu(SignInRun &run, Session &session, QWidget *parent)
    : QMenu(parent), m_run(run), m_session(session)
{
    connect(this, &QMenu::aboutToShow, this, &TroubleMenu::fill);
}

void TroubleMenu::fill()
{
    clear();
    auto *attempt = m_run.way(SignInWay::Browser).attempt.data();
    const auto networkHelp = [this] {
        addAction(tr("Proxy or certificate: look at the network"), this, &TroubleMenu::doctorRequested);
    };
    if (m_session.networkFailure())
        networkHelp();
    if (attempt && m_run.way(SignInWay::Browser).isPageOpen)
        addBrowserHelp(attempt);
    addAction(tr("The wrong account is taken: let me choose one"), this, [this] {
        Q_EMIT restartRequested([](SignInRequest &request) { request.prompts = {u"select_account"_s}; });
    });
    if (m_run.way(SignInWay::Embedded).isRunning()) {
        addAction(tr("A company device is demanded: use the browser"), this, [this] {
            Q_EMIT restartRequested([](SignInRequest &request) { request.way = SignInWay::Browser; });
        });
    }
    if (!m_session.networkFailure())
        networkHelp();
}

void TroubleMenu::addBrowserHelp(Attempt *attempt)
{
    addAction(tr("The browser did not open: open it again"), attempt, [attempt] { attempt->openPage({}); });
    addAction(tr("The page complains about the redirect address…"), this, &TroubleMenu::explainRedirect);
    addAction(tr("The answer never arrives: test the way back…"), this, &TroubleMenu::testReturn);
    addAction(tr("The browser cannot come back: paste its address…"), this, &TroubleMenu::askForAddress);
}

QString TroubleMenu::redirect() const
{
    const auto *attempt = m_run.way(SignInWay::Browser).attempt.data();
    return attempt ? QUrlQuery(attempt->page()).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded) : QString();
}

void TroubleMenu::explainRedirect()
{
    const auto address = redirect();
    if (address.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(address);
    Q_EMIT advised({ColorRole::Info,
                    tr("Register this redirect address at the provider"),
                    tr("%1\nIt has been copied. Providers that follow RFC 8252 take http://127.0.0.1 with any "
                       "port; others need the port written down in the profile.")
                        .arg(address),
                    {}});
}

void TroubleMenu::askForAddress()
{
    auto *ask = new QInputDialog(parentWidget());
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Paste the address"));
    ask->setLabelText(tr("Copy the whole address from the browser that could not come back, and paste it here."));
    // It holds the code.
    ask->setTextEchoMode(QLineEdit::Password);
    connect(ask, &QInputDialog::textValueSelected, this, &TroubleMenu::takeAddress);
    ask->open();
}

void TroubleMenu::takeAddress(const QString &text)
{
    auto *attempt = m_run.way(SignInWay::Browser).attempt.data();
    if (!attempt || attempt->pasteAnswer(Secret(text.trimmed().toUtf8())))
        return;
    Q_EMIT advised({ColorRole::Warning,
                    tr("This address does not answer this sign-in"),
                    tr("It waits on. Paste the address at which the browser stopped just now."),
                    {}});
}

void TroubleMenu::testReturn()
{
    const auto address = redirect();
    if (address.isEmpty())
        return;
    Q_EMIT advised({ColorRole::Info, tr("Testing the way back"), tr("Asking %1").arg(address), {}});
    m_session.testReturn(QUrl(address), this, [this, address](const Result<void> &result) {
        if (!m_run.isOver())
            tellReturn(address, result);
    });
}

void TroubleMenu::tellReturn(const QString &address, const Result<void> &result)
{
    TroubleAdvice advice;
    const TroubleAdvice::Remedy paste{tr("&Paste the address"), [this] { askForAddress(); }};
    const TroubleAdvice::Remedy code{tr("Use a &code on another device"),
                                     [this] { m_run.startWay(SignInWay::DeviceCode); }};
    const auto &device = m_run.way(SignInWay::DeviceCode);
    if (result) {
        advice.role = ColorRole::Success;
        advice.title = tr("The way back works");
        advice.text = tr("A test answer reached %1. If the browser still cannot come back, it runs on another computer "
                         "or in a container: paste the address at which it stopped.")
                          .arg(address);
        advice.remedies.append(paste);
    } else {
        advice.role = ColorRole::Danger;
        advice.title = tr("The way back is closed");
        advice.text = tr("A test of %1 failed: %2 A security program may forbid programs of this computer to listen. "
                         "The code for another device needs no way back.")
                          .arg(address, whyClosed(result.error().code()));
    }
    if (device.isAvailable && !device.isRunning())
        advice.remedies.append(code);
    Q_EMIT advised(advice);
}

} // namespace Countersign::Desktop
