// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <authview/gaterules.h>

#include <QtWebEngineCore/QWebEnginePage>

namespace Countersign {

class SignInProfile;

//! A page behind the navigation gate. Windows that it opens are pages behind the same gate.
class GatedPage final : public QWebEnginePage
{
    Q_OBJECT
public:
    //! Why something was refused, for a notice to the person.
    enum class Refusal : quint8 { Address, Certificate, Permission };
    Q_ENUM(Refusal)

    GatedPage(GateRules rules, SignInProfile *profile, QObject *parent);

Q_SIGNALS:
    //! The answer arrived. The address was not contacted.
    void answered(const QUrl &url);
    void visited(const QUrl &url);
    void refused(Countersign::GatedPage::Refusal what, const QUrl &url);
    void opened(Countersign::GatedPage *page);
    //! The page waits for a passkey, which cannot be used here.
    void passkeyWanted();

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType type, bool isMainFrame) override;
    QWebEnginePage *createWindow(WebWindowType type) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString &message, int line,
                                  const QString &source) override;
    QStringList chooseFiles(FileSelectionMode mode, const QStringList &oldFiles, const QStringList &types) override;

private:
    void refuseEverything();

    GateRules m_rules;
    SignInProfile *m_profile;
};

} // namespace Countersign
