// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <functional>

namespace Countersign {

//! Brings a page to the person's own browser.
class COUNTERSIGN_EXPORT BrowserLauncher
{
public:
    using FailureHandler = std::function<void(const Error &)>;

    virtual ~BrowserLauncher();
    BrowserLauncher(const BrowserLauncher &) = delete;
    BrowserLauncher &operator=(const BrowserLauncher &) = delete;

    //! \p failed is called at most once, also from within launch(), and only while \p context lives. Silence is
    //! success: nobody can know what a browser does with a page.
    virtual void launch(const QUrl &url, QObject *context, FailureHandler failed) = 0;

protected:
    BrowserLauncher() = default;
};

//! Starts a program with the URL as its last argument. The program outlives this process.
class COUNTERSIGN_EXPORT CommandLauncher final : public BrowserLauncher
{
public:
    //! Program and arguments, quoted as in a shell; no shell is involved.
    explicit CommandLauncher(const QString &command);
    //! Several, tried in this order until one neither fails to start nor ends at once with a failure.
    explicit CommandLauncher(QList<QStringList> candidates);

    void launch(const QUrl &url, QObject *context, FailureHandler failed) override;

private:
    QList<QStringList> m_candidates;
};

//! What this desktop opens web pages with: $BROWSER, then xdg-open and its kin, `open`, or the shell of Windows.
class COUNTERSIGN_EXPORT SystemLauncher final : public BrowserLauncher
{
public:
    void launch(const QUrl &url, QObject *context, FailureHandler failed) override;

    //! The commands it would try here; empty on Windows, where none is needed.
    static QList<QStringList> candidates();
};

//! Hands the URL to a function that shows it in some other way: prints it, or puts it into a QR code.
class COUNTERSIGN_EXPORT FunctionLauncher final : public BrowserLauncher
{
public:
    explicit FunctionLauncher(std::function<void(const QUrl &)> show);

    void launch(const QUrl &url, QObject *context, FailureHandler failed) override;

private:
    std::function<void(const QUrl &)> m_show;
};

} // namespace Countersign
