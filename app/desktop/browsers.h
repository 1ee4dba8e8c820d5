// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <accounts/session.h>

#include <countersign/useragent/browserlauncher.h>

namespace Countersign::Desktop {

//! The browsers of this computer that are known by name, each a second time for its private window. Empty where the
//! system tells nobody (there the usual browser is the only choice).
QList<BrowserEntry> installedBrowsers();
//! Program and arguments to open a page with \p browserId; empty when there is no such browser any more.
QStringList commandOf(const QString &browserId);

//! Opens pages with another launcher and remembers the page, so that it can be opened again or copied.
class PageLauncher final : public BrowserLauncher
{
public:
    //! \p usual must outlive this one.
    explicit PageLauncher(BrowserLauncher &usual) : m_usual(usual) { }

    void launch(const QUrl &url, QObject *context, FailureHandler failed) override;
    //! Once more, in the browser of that id; empty: the usual one.
    void launchAgain(const QString &browserId);
    const QUrl &page() const { return m_page; }
    //! Told when a page was handed over.
    std::function<void()> opened;
    //! Told when no browser took the page, in place of whoever launched it: that one goes on waiting, as its person can
    //! take the address to a browser. Unset: whoever launched it is told.
    std::function<void(const Error &)> notOpened;

private:
    BrowserLauncher &m_usual;
    QUrl m_page;
    QObject m_context;
};

} // namespace Countersign::Desktop
