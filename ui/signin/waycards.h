// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "signin/signinrun.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The three ways of a sign-in, one under the other, each with how it stands and what can be done with it.
class WayCards final : public QWidget
{
    Q_OBJECT
public:
    //! \p run and \p session outlive it.
    WayCards(SignInRun &run, Session &session, QString host, QWidget *parent = nullptr);

    //! Shows how the run stands now.
    void refresh();

Q_SIGNALS:
    //! Show the code large.
    void codeRequested();

private:
    struct Card
    {
        QWidget *frame = nullptr;
        QLabel *title = nullptr;
        QLabel *detail = nullptr;
        QHBoxLayout *buttons = nullptr;
    };
    Card makeCard(SignInWay way, const QString &symbolName, const QString &title);
    void makeBrowserButtons();
    void makeDeviceButtons();
    void makeEmbeddedButtons();
    void refreshBrowser();
    void refreshDevice();
    void refreshEmbedded();
    QString problemOf(const SignInRun::Way &way) const;

    SignInRun &m_run;
    Session &m_session;
    QString m_host;
    Card m_browser;
    Card m_device;
    Card m_embedded;
    QLabel *m_code;
    QPushButton *m_open;
    QPushButton *m_copyLink;
    QPushButton *m_otherBrowser;
    QPushButton *m_copyCode;
    QPushButton *m_large;
    QPushButton *m_newCode;
    QPushButton *m_showWindow;
};

} // namespace Countersign::Desktop
