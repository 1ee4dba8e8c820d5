// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QLabel;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! What is shown while nobody is signed in: the ways to begin, and where secrets will lie.
class WelcomePage final : public QWidget
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit WelcomePage(Session &session, QWidget *parent = nullptr);

    void refresh();

Q_SIGNALS:
    void signInRequested(const QString &profileId);
    //! A profile for a provider of that kind: "entra" or "oidc".
    void newProfileRequested(const QString &preset);
    void inspectRequested();

private:
    QWidget *makeCard(const QString &symbolName, const QString &title, const QString &text, const QString &button,
                      std::function<void()> action);
    void fillProfiles();

    Session &m_session;
    QLabel *m_title;
    QLabel *m_lead;
    QBoxLayout *m_cards;
    QLabel *m_store;
    QList<ProfileEntry> m_shown;
    bool m_isFilled = false;
};

} // namespace Countersign::Desktop
