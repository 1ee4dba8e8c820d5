// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "selftest.h"

#include <widgets/symbol.h>

#include <common/codereading.h>

#include <countersign/crypto/systemrandom.h>
#include <countersign/useragent/webviewagent.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtGui/QPixmap>
#include <QtNetwork/QSslSocket>
#include <QtWidgets/QLabel>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

class Report
{
public:
    void line(const char *outcome, const QString &what) { std::printf("%-4s %s\n", outcome, qUtf8Printable(what)); }
    void check(bool isGood, const QString &what)
    {
        line(isGood ? "OK" : "FAIL", what);
        m_failures += isGood ? 0 : 1;
    }
    //! For what a complete installation may lack.
    void note(bool isThere, const QString &what) { line(isThere ? "OK" : "SKIP", what); }
    int failures() const { return m_failures; }

private:
    int m_failures = 0;
};

bool everyIconIsDrawn()
{
    const auto files = QDir(u":/icons"_s).entryList(QDir::Files);
    for (const auto &file : files) {
        const auto image = symbol(QFileInfo(file).baseName()).pixmap(24, 24).toImage();
        bool hasInk = false;
        for (int y = 0; y < image.height() && !hasInk; ++y) {
            for (int x = 0; x < image.width() && !hasInk; ++x)
                hasInk = qAlpha(image.pixel(x, y)) > 0;
        }
        if (!hasInk)
            return false;
    }
    return !files.isEmpty();
}

} // namespace

int runSelfTest()
{
    Report report;
    report.check(everyIconIsDrawn(), u"icons"_s);
    QLabel label(u"Countersign"_s);
    label.ensurePolished();
    report.check(!label.grab().isNull(), u"a window can be drawn"_s);
    report.check(QSslSocket::supportsSsl(), u"TLS ("_s + QSslSocket::sslLibraryVersionString() + u')');
    SystemRandom random;
    std::array<std::byte, 32> bytes{};
    random.fill(bytes);
    report.check(std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b != std::byte{0}; }),
                 u"random numbers"_s);
    report.note(!WebViewAgent::findProgram().isEmpty(), u"sign-in window (countersign-webview)"_s);
    report.note(QFileInfo(App::codeReaderProgram()).isExecutable(), u"codes in pictures (countersign-codereader)"_s);
    report.note(
        QFileInfo(QDir(QCoreApplication::applicationDirPath()).filePath(u"countersign-sandbox"_s)).isExecutable(),
        u"provider for trying things out (countersign-sandbox)"_s);
    return report.failures() == 0 ? 0 : 1;
}

} // namespace Countersign::Desktop
