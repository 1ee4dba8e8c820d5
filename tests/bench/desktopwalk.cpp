// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "desktopwalk.h"

#include <accounts/session.h>
#include <doctor/doctorpage.h>
#include <inspector/inspectorpage.h>
#include <inspector/sampletokens.h>
#include <inspector/tokenview.h>
#include <signin/signindialog.h>
#include <signin/signinform.h>
#include <window/actions.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace Countersign::Bench {

namespace {

constexpr std::chrono::milliseconds calm{150};
constexpr std::chrono::seconds patience{20};

void settle(std::chrono::milliseconds time = calm)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
    // A closed dialog goes when control returns to the loop that it was closed in, and that is below this one.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void waitUntil(const std::function<bool()> &isSo)
{
    QElapsedTimer clock;
    clock.start();
    while (!isSo() && std::chrono::milliseconds(clock.elapsed()) < patience)
        settle(std::chrono::milliseconds(20));
    settle();
}

void showEveryTab(QWidget &parent)
{
    const auto tabs = parent.findChildren<QTabWidget *>();
    for (auto *group : tabs) {
        for (int tab = 0; tab < group->count(); ++tab) {
            group->setCurrentIndex(tab);
            settle();
        }
        group->setCurrentIndex(0);
    }
}

void lookIntoToken(Workbench &workbench)
{
    workbench.inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).constFirst().token));
    auto &inspector = workbench.inspector();
    waitUntil([&inspector] { return !inspector.isEmpty(); });
    for (int view = 0; view < TokenView::ViewCount; ++view) {
        inspector.view()->showView(TokenView::View(view));
        settle();
    }
}

void lookAt(Workbench &workbench, const QString &place)
{
    auto *page = workbench.window().page(place);
    workbench.window().showPage(page);
    settle();
    if (place == "inspector"_L1)
        lookIntoToken(workbench);
    else
        showEveryTab(*page);
    if (const auto *doctor = qobject_cast<DoctorPage *>(page))
        waitUntil([doctor] { return !doctor->isExamining(); });
}

void goThrough(QDialog &dialog)
{
    if (auto *groups = dialog.findChild<QListWidget *>()) {
        for (int row = 0; row < groups->count(); ++row) {
            groups->setCurrentRow(row);
            settle();
        }
    }
    dialog.close();
    settle();
}

void lookInto(Workbench &workbench, const QString &action)
{
    workbench.window().actionRegistry().find(action)->trigger();
    settle();
    if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget()))
        goThrough(*dialog);
}

//! Nobody answers there: the dialog fails, and says so.
void signIn(Workbench &workbench)
{
    auto *form = workbench.askForSignIn({});
    settle();
    form->close();
    auto *dialog = workbench.signIn({.profileId = workbench.session().profiles().constFirst().id});
    waitUntil([dialog] { return dialog->run().isOver(); });
    dialog->close();
    settle();
}

} // namespace

QList<Visit> everyVisit(Workbench &workbench)
{
    QList<Visit> visits;
    for (const auto &place : {u"accounts"_s, u"tokens"_s, u"inspector"_s, u"profiles"_s, u"doctor"_s})
        visits.append({place, [&workbench, place] { lookAt(workbench, place); }});
    for (const auto &[name, action] :
         {std::pair(u"settings"_s, u"file.settings"_s), std::pair(u"palette"_s, u"help.palette"_s)})
        visits.append({name, [&workbench, action = action] { lookInto(workbench, action); }});
    visits.append({u"sign-in"_s, [&workbench] { signIn(workbench); }});
    return visits;
}

} // namespace Countersign::Bench
