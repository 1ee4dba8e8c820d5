// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "viewcheck.h"

#include <QtCore/QTimer>
#include <QtWebEngineCore/QWebEnginePage>
#include <QtWebEngineCore/QWebEngineProfile>
#include <QtWidgets/QApplication>

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! Chromium needs a second to start; a loaded machine several.
constexpr std::chrono::seconds deadline{15};

//! Not exit(): a view that does not work may not be able to end in order, either.
[[noreturn]] void leave(int code, const char *why)
{
    if (code != 0)
        std::fprintf(stderr, "countersign-webview: %s\n", why);
    std::fflush(nullptr);
    std::_Exit(code);
}

} // namespace

int checkView(char **argv)
{
    int argc = 1;
    QApplication application(argc, argv);
    QWebEngineProfile profile; // off the record
    QWebEnginePage page(&profile);
    QObject::connect(&page, &QWebEnginePage::renderProcessTerminated, &page,
                     [] { leave(1, "the program that draws pages ended"); });
    QObject::connect(&page, &QWebEnginePage::loadFinished, &page, [&page](bool isLoaded) {
        if (!isLoaded)
            leave(1, "a page of its own could not be loaded");
        // Laid out and run, not only read.
        page.runJavaScript(u"document.getElementById('box').offsetWidth + 2"_s, [](const QVariant &result) {
            leave(result.toInt() == 42 ? 0 : 1, "a page of its own came out wrong");
        });
    });
    QTimer::singleShot(deadline, &page, [] { leave(1, "a page of its own did not come in time"); });
    page.setHtml(u"<!doctype html><div id=box style='width:40px;height:40px'></div>"_s);
    return QApplication::exec();
}

} // namespace Countersign
