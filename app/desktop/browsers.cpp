// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "browsers.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStandardPaths>

#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Browsers)
};

struct KnownBrowser
{
    const char16_t *program;
    const char *name;
    const char16_t *privately; //!< the argument for a private window
};

// The names are those of products and stay as they are in every language.
constexpr std::array knownBrowsers{
    KnownBrowser{u"firefox", "Firefox", u"--private-window"},
    KnownBrowser{u"firefox-esr", "Firefox ESR", u"--private-window"},
    KnownBrowser{u"chromium", "Chromium", u"--incognito"},
    KnownBrowser{u"google-chrome", "Google Chrome", u"--incognito"},
    KnownBrowser{u"microsoft-edge", "Microsoft Edge", u"--inprivate"},
    KnownBrowser{u"brave-browser", "Brave", u"--incognito"},
    KnownBrowser{u"vivaldi", "Vivaldi", u"--incognito"},
    KnownBrowser{u"epiphany", "GNOME Web", u"--incognito-mode"},
};

const auto privateSuffix = u"/private"_s;

} // namespace

QList<BrowserEntry> installedBrowsers()
{
    QList<BrowserEntry> found;
    for (const auto &browser : knownBrowsers) {
        const auto program = QString::fromUtf16(browser.program);
        if (QStandardPaths::findExecutable(program).isEmpty())
            continue;
        const auto name = QString::fromLatin1(browser.name);
        found.append({program, name, false});
        found.append({program + privateSuffix, Words::tr("%1, private window").arg(name), true});
    }
    return found;
}

QStringList commandOf(const QString &browserId)
{
    const bool isPrivate = browserId.endsWith(privateSuffix);
    const auto program = isPrivate ? browserId.chopped(privateSuffix.size()) : browserId;
    for (const auto &browser : knownBrowsers) {
        if (program != QString::fromUtf16(browser.program))
            continue;
        const auto path = QStandardPaths::findExecutable(program);
        if (path.isEmpty())
            return {};
        return isPrivate ? QStringList{path, QString::fromUtf16(browser.privately)} : QStringList{path};
    }
    return {};
}

void PageLauncher::launch(const QUrl &url, QObject *context, FailureHandler failed)
{
    m_page = url;
    if (opened)
        opened();
    m_usual.launch(url, context, [this, failed = std::move(failed)](const Error &error) {
        if (notOpened && error.cause() == ErrorCause::BrowserNotOpened)
            notOpened(error);
        else
            failed(error);
    });
}

void PageLauncher::launchAgain(const QString &browserId)
{
    if (m_page.isEmpty())
        return;
    // A browser that fails now leaves the sign-in waiting: the first one may still come back.
    const auto tell = [this](const Error &error) {
        if (notOpened)
            notOpened(error);
    };
    if (opened)
        opened();
    if (browserId.isEmpty())
        return m_usual.launch(m_page, &m_context, tell);
    if (auto command = commandOf(browserId); !command.isEmpty())
        CommandLauncher(QList<QStringList>{std::move(command)}).launch(m_page, &m_context, tell);
}

} // namespace Countersign::Desktop
