// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class FoundHere;

//! What is shown while nobody is signed in: the ways to begin, what other programs here know, and where
//! secrets will lie.
class WelcomePage final : public QWidget
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit WelcomePage(Session &session, QWidget *parent = nullptr);

    void refresh();
    //! Looks for what other programs of this computer know of sign-ins, once it is sure that nobody is signed in.
    void lookAround();
    void setMasked(bool masked);

Q_SIGNALS:
    void signInRequested(const QString &profileId);
    //! A profile for a provider of that kind: "entra" or "oidc".
    void newProfileRequested(const QString &preset);
    void inspectRequested();
    //! What was found on this computer is to be chosen from.
    void importRequested(const QList<Countersign::LocalFinding> &found);

private:
    QWidget *makeCard(const QString &symbolName, const QString &title, const QString &text, const QString &button,
                      std::function<void()> action);
    void fillProfiles();
    bool isSettled() const;
    void showTitle();
    void showStore();
    void testStore();

    Session &m_session;
    QLabel *m_title;
    QLabel *m_lead;
    QBoxLayout *m_cards;
    FoundHere *m_here;
    QLabel *m_store;
    QPushButton *m_unlock; //!< while the store cannot be read
    QPushButton *m_test;
    QString m_tested; //!< how the test of the store went
    QList<ProfileEntry> m_shown;
    bool m_looksAround = false; //!< as soon as it may
    bool m_isFilled = false;
};

} // namespace Countersign::Desktop
