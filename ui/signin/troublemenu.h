// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "signin/signinrun.h"
#include "widgets/theme.h"

#include <QtWidgets/QMenu>

namespace Countersign::Desktop {

//! What a sign-in dialog has to say to somebody whose sign-in does not come to its end.
struct TroubleAdvice
{
    //! A button below it.
    struct Remedy
    {
        QString text;
        std::function<void()> apply;
    };
    ColorRole role = ColorRole::Info;
    QString title;
    QString text;
    QList<Remedy> remedies;
};

//! What can go wrong while a sign-in waits; what the evidence points at comes first.
class TroubleMenu final : public QMenu
{
    Q_OBJECT
public:
    //! \p run and \p session outlive it.
    TroubleMenu(SignInRun &run, Session &session, QWidget *parent = nullptr);

Q_SIGNALS:
    void advised(const Countersign::Desktop::TroubleAdvice &advice);
    //! Everything anew, with that change.
    void restartRequested(const std::function<void(Countersign::Desktop::SignInRequest &)> &change);
    void doctorRequested();

private:
    void fill();
    void addBrowserHelp(Attempt *attempt);
    QString redirect() const;
    void explainRedirect();
    void askForAddress();
    void takeAddress(const QString &text);
    void testReturn();
    void tellReturn(const QString &redirect, const Result<void> &result);

    SignInRun &m_run;
    Session &m_session;
};

} // namespace Countersign::Desktop
