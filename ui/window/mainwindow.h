// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/errortext.h"

#include <countersign/crypto/secret.h>

#include <QtCore/QJsonObject>
#include <QtCore/QPointer>
#include <QtWidgets/QMainWindow>

QT_BEGIN_NAMESPACE
class QPushButton;
class QStackedWidget;
class QToolBar;
class QToolButton;
QT_END_NAMESPACE

namespace Countersign {
class Error;
}

namespace Countersign::Desktop {

class ActionRegistry;
class Banner;
class ClipboardGuard;
class Page;
class Rail;

//! The window people live in: the places at the left, the one in front beside them, menus, tool bar and status cells.
//!
//! It knows no page by name: the workbench puts them in.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    //! Takes the page, puts it last in the navigation, lets it add its actions. The first nine get Ctrl+1 to Ctrl+9.
    void addPage(Page *page);
    const QList<Page *> &pages() const { return m_pages; }
    //! Built, so that something in it can be chosen; null when there is none.
    Page *page(const QString &id) const;
    Page *currentPage() const;
    void showPage(Page *page);

    ActionRegistry &actionRegistry() const { return *m_actions; }
    //! Every action of the window.
    QList<QAction *> commands() const;
    //! These, and what the buttons of the pages do, which belongs to \p owner: what the command palette lists.
    QList<QAction *> paletteCommands(QObject *owner);
    //! Shows the actions of these ids in the tool bar, in this order; an empty id is a line.
    void fillToolBar(const QStringList &ids);
    //! A cell of the status bar. It is a button: clicking it goes where its matter can be looked at.
    QToolButton *addStatusCell(const QString &accessibleName);
    ClipboardGuard &clipboard() const { return *m_clipboard; }

    //! Above the page in front, until it is dismissed or something is done about it.
    void showProblem(const Error &error);
    void dismissProblem();
    //! Above that, and for good: what can be done about it is the button that is given back, the window's own.
    QPushButton *showNotice(const QString &title, const QString &text, const QString &button);
    void say(const QString &text);
    bool hasAppeared() const { return m_hasAppeared; }
    bool isMasked() const;
    void setMasked(bool masked);
    //! Closing it only hides it: it can be brought back from elsewhere.
    void setHidesOnClose(bool hides) { m_hidesOnClose = hides; }
    //! Brings the window before the person, whatever it was.
    void raiseToFront();

    //! Geometry, the place in front and the pages' own: never a token.
    QJsonObject saveLayout() const;
    void restoreLayout(const QJsonObject &layout);

Q_SIGNALS:
    void maskedChanged(bool masked);
    //! What the person wants to do about the problem that is shown.
    void problemActionChosen(Countersign::Desktop::ErrorAction action);
    void aboutToClose();
    //! It came up on the screen.
    void shown();
    //! It is in front from now on.
    void pageShown(Countersign::Desktop::Page *page);
    //! Its first picture is there: the time for what is slow and not in the picture.
    void appeared();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fitScreen();
    void makeActions();
    void makeViewActions();
    void makeStatusBar();
    void bringForward(Page *page);
    void openPalette();
    void openShortcuts();
    void openAbout();
    void focusPage();
    void fitRail();
    void cycleFocus(int step);
    void tellCopied();

    ActionRegistry *m_actions;
    QToolBar *m_toolBar;
    Rail *m_rail;
    QWidget *m_noticeRow;
    Banner *m_notice;
    QWidget *m_problemRow;
    QPointer<Page> m_problemPlace; //!< where the shown problem arose
    Banner *m_problem;
    QToolButton *m_dismiss;
    QStackedWidget *m_stack;
    ClipboardGuard *m_clipboard;
    QWidget *m_copied;
    QList<Page *> m_pages;
    bool m_hidesOnClose = false;
    bool m_hasAppeared = false;
};

} // namespace Countersign::Desktop
