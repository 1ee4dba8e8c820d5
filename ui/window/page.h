// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QJsonObject>
#include <QtWidgets/QWidget>

namespace Countersign::Desktop {

class ActionRegistry;

//! What the navigation shows beside a place's name.
struct Badge
{
    int count = 0; //!< of what is there; 0 shows nothing
    int waiting = 0; //!< how much of it waits for the person, or is wrong; 0 shows nothing

    friend bool operator==(const Badge &, const Badge &) = default;
};

//! One place of the main window.
//!
//! A page asks for everything outside itself by signals; the window answers them.
class Page : public QWidget
{
    Q_OBJECT
public:
    //! \p id is stable, for example "accounts"; \p title is translated; \p symbolName is a drawing of resources/icons;
    //! \p description tells a screen reader what can be done here.
    Page(QString id, QString title, QString symbolName, const QString &description, QWidget *parent = nullptr);

    const QString &id() const { return m_id; }
    const QString &title() const { return m_title; }
    const QString &symbolName() const { return m_symbolName; }
    const Badge &badge() const { return m_badge; }

    //! When what a page shows is made: with the page, or when build() is called, which is before it is shown.
    enum class Building : quint8 { AtOnce, Late };
    bool isBuilt() const { return m_isBuilt; }
    //! Makes what the page shows, unless that was done.
    void build();

    //! Makes also what only somebody who looks for it gets to see, so that all its buttons can be found.
    virtual void complete();

    //! Adds the page's actions. Called once, when the page becomes part of a window.
    virtual void contribute(ActionRegistry &actions);
    //! What F6 goes through inside the page, in its order.
    virtual QList<QWidget *> focusStops() const;
    //! Hides what names a person and every token, for sharing the screen.
    virtual void setMasked(bool masked);
    //! Splitters, columns, what was chosen: never a token. restoreState() gets what saveState() gave, or anything else
    //! that somebody wrote into the file.
    virtual QJsonObject saveState() const;
    virtual void restoreState(const QJsonObject &state);
    //! saveState() and restoreState() of a page that may not be built yet.
    QJsonObject keptState() const { return m_isBuilt ? saveState() : m_state; }
    void keepState(const QJsonObject &state);
    //! The profile that somebody who signs in from here means; empty: the page is not about profiles.
    virtual QString chosenProfile() const { return {}; }
    //! The token of the cache that is meant by what is done with a token here; empty: none is chosen.
    virtual QString chosenToken() const { return {}; }
    //! The page came to the front.
    virtual void activated();

Q_SIGNALS:
    void badgeChanged();
    //! chosenToken() is another one.
    void tokenChosen();
    //! Something went wrong that the page cannot show at its place.
    void problem(const Countersign::Error &error);
    //! Wants to be in front.
    void raiseRequested();
    //! A short sentence for the status bar.
    void said(const QString &text);
    //! To the clipboard, to be cleared again.
    void copyRequested(const Countersign::Secret &secret);
    //! Show the token in the inspector.
    void inspectRequested(const Countersign::Secret &token);

protected:
    void setBadge(const Badge &badge);
    //! Puts what the page shows into \p content, which becomes all of the page. Called once, by build().
    virtual void fill(QWidget &content);

private:
    QString m_id;
    QString m_title;
    QString m_symbolName;
    Badge m_badge;
    QJsonObject m_state; //!< for when it is built
    bool m_isBuilt = false;
};

} // namespace Countersign::Desktop
