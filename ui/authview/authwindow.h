// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <authview/gatedpage.h>
#include <authview/gaterules.h>

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <vector>

QT_BEGIN_NAMESPACE
class QFrame;
class QLabel;
class QLineEdit;
class QProgressBar;
class QSslCertificate;
class QToolButton;
class QWebEngineClientCertificateSelection;
class QWebEngineView;
class QWindow;
QT_END_NAMESPACE

namespace Countersign {

class OriginBar;
class SignInProfile;

//! The embedded sign-in window: a page, whose page it is, and always a way out to the system browser.
class AuthWindow final : public QWidget
{
    Q_OBJECT
public:
    //! After this long without a finished page the person is offered the browser.
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(8);
    //! A finished page that shows nothing may still be building itself; after this long it is called empty.
    static constexpr std::chrono::milliseconds emptyPatience = std::chrono::seconds(3);

    //! \p sessionFolder: see SignInProfile.
    AuthWindow(const QUrl &start, const QUrl &redirectUri, const QString &title, const QString &sessionFolder = {});
    ~AuthWindow() override;

    //! Certificate authorities to trust besides the system's.
    void trust(const QList<QSslCertificate> &authorities);
    //! Stays in front of the caller's window, where the windowing system can do that.
    void stayInFrontOf(quintptr window);
    //! Comes before the person, whatever it was.
    void comeForward();
    void start();

Q_SIGNALS:
    //! Exactly one of these three, once.
    void answered(const QUrl &url);
    void browserRequested();
    void closed();
    //! Origin and path, never a query.
    void visited(const QString &page);

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildBars();
    void adopt(GatedPage *page);
    void present(GatedPage *page);
    void dismiss(GatedPage *page);
    void goBack();
    void zoomBy(double factor);
    void handleAnswer(const QUrl &url);
    void handleRefusal(GatedPage::Refusal what, const QUrl &url);
    void handleLoaded(bool ok);
    void lookForRefusals();
    void lookWhetherEmpty();
    void showConnectionDetails();
    void chooseClientCertificate(QWebEngineClientCertificateSelection selection);
    void connectPrompts(GatedPage *page);
    void buildFindBar();
    void showFindBar();
    void find(bool backward);
    void leavePage();
    void offerBrowser(const QString &why);
    void notify(const QString &what);
    GatedPage *current() const { return m_pages.back(); }

    QUrl m_start;
    GateRules m_rules;
    SignInProfile *m_profile;
    QWebEngineView *m_view;
    OriginBar *m_originBar;
    QToolButton *m_back = nullptr;
    QToolButton *m_browser = nullptr;
    QFrame *m_banner = nullptr;
    QLabel *m_bannerText = nullptr;
    QToolButton *m_bannerAction = nullptr;
    QProgressBar *m_progress = nullptr;
    QFrame *m_findBar = nullptr;
    QLineEdit *m_findText = nullptr;
    QPointer<QWindow> m_owner; //!< of another program; null: none
    QTimer m_watchdog;
    QTimer m_emptyCheck;
    std::vector<GatedPage *> m_pages; //!< windows that pages opened, newest last; they open inside this one
    QUrl m_untrusted;
    bool m_isOver = false;
};

} // namespace Countersign
