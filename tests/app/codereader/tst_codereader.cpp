// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/codereading.h>

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QtEndian>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtGui/QTransform>
#include <QtTest/QTest>

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <optional>

using namespace Countersign;
using namespace Countersign::App;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUiLCJzdWIiOiJhZGEifQ.";

QImage code(const QByteArray &text, int dot = 4, QRgb paper = qRgb(255, 255, 255), QRgb ink = qRgb(0, 0, 0))
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
        QRcode_encodeString8bit(text.constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    constexpr int quiet = 4; // of the standard, in dots
    const int width = made->width + 2 * quiet;
    QImage image(width, width, QImage::Format_RGB32);
    image.fill(paper);
    for (int y = 0; y < made->width; ++y) {
        for (int x = 0; x < made->width; ++x) {
            if (made->data[y * made->width + x] & 1)
                image.setPixel(x + quiet, y + quiet, ink);
        }
    }
    return image.scaled(width * dot, width * dot);
}

QByteArray file(const QImage &image, const char *format = "PNG")
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return buffer.data();
}

struct Answer
{
    CodeReading reading = CodeReading::Failed;
    QByteArray text;
    bool wasLater = false;
};

Answer ask(const QByteArray &picture, const QString &program)
{
    QObject context;
    std::optional<Answer> answer;
    readCodes(program, picture, &context, [&answer](CodeReading reading, const Secret &text) {
        answer = Answer{reading, text.reveal().toByteArray()};
    });
    const bool wasLater = !answer;
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30000))
        return {};
    answer->wasLater = wasLater;
    return *answer;
}

QString reader()
{
    return QDir(qEnvironmentVariable("COUNTERSIGN_BIN_DIR")).filePath(u"countersign-codereader"_s);
}

//! A PNG whose header alone says how large it is (PNG 11.2.2): nothing would be decoded.
QByteArray withSize(QByteArray png, quint32 width, quint32 height)
{
    constexpr qsizetype header = 16;
    qToBigEndian(width, png.data() + header);
    qToBigEndian(height, png.data() + header + 4);
    // The checksum of "IHDR" and what follows it.
    quint32 sum = 0xffffffff;
    for (qsizetype i = header - 4; i < header + 13; ++i) {
        sum ^= uchar(png.at(i));
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1) ^ ((sum & 1) ? 0xedb88320 : 0);
    }
    qToBigEndian(~sum, png.data() + header + 13);
    return png;
}

QString script(const QTemporaryDir &folder, const QByteArray &lines)
{
    QFile program(folder.filePath(u"reader"_s));
    if (!program.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return {};
    program.write("#!/bin/sh\n" + lines);
    program.close();
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return program.fileName();
}

} // namespace

class TestCodeReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCodeIsRead_data()
    {
        QTest::addColumn<QByteArray>("picture");
        const auto plain = code(token);
        QTest::newRow("PNG") << file(plain);
        QTest::newRow("JPEG") << file(plain, "JPEG");
        QTest::newRow("turned") << file(plain.transformed(QTransform().rotate(90)));
        QTest::newRow("aslant") << file(plain.transformed(QTransform().rotate(17), Qt::SmoothTransformation));
        QTest::newRow("light on dark") << file(code(token, 4, qRgb(20, 20, 30), qRgb(240, 240, 240)));
        QTest::newRow("small") << file(code(token, 2));
        QImage through = plain.convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < through.height(); ++y) {
            for (int x = 0; x < through.width(); ++x) {
                if (through.pixel(x, y) == qRgb(255, 255, 255))
                    through.setPixel(x, y, qRgba(0, 0, 0, 0));
            }
        }
        QTest::newRow("nothing but ink") << file(through);
        QImage screen(1920, 1080, QImage::Format_RGB32);
        screen.fill(qRgb(90, 120, 160));
        QPainter(&screen).drawImage(1200, 300, plain);
        QTest::newRow("somewhere on a screen") << file(screen);
    }
    void aCodeIsRead()
    {
        QFETCH(QByteArray, picture);
        const auto answer = ask(picture, reader());
        QCOMPARE(answer.reading, CodeReading::Read);
        QCOMPARE(answer.text, token);
    }

    void allCodesAreRead()
    {
        QImage both(1000, 500, QImage::Format_RGB32);
        both.fill(Qt::white);
        {
            QPainter painter(&both);
            painter.drawImage(0, 0, code("https://id.example/device"));
            painter.drawImage(500, 0, code(token));
        }
        const auto answer = ask(file(both), reader());
        auto lines = answer.text.split('\n');
        std::sort(lines.begin(), lines.end());
        QCOMPARE(lines, (QByteArrayList{token, "https://id.example/device"}));
    }

    void lettersOutsideAsciiAreUtf8() { QCOMPARE(ask(file(code("Zürich, 東京")), reader()).text, "Zürich, 東京"_ba); }

    void whatIsNoCodeIsSaid_data()
    {
        QTest::addColumn<QByteArray>("picture");
        QTest::addColumn<CodeReading>("reading");
        QImage blank(300, 300, QImage::Format_RGB32);
        blank.fill(Qt::white);
        QTest::newRow("blank") << file(blank) << CodeReading::NoCode;
        QTest::newRow("nothing") << QByteArray() << CodeReading::NoPicture;
        QTest::newRow("a text") << token << CodeReading::NoPicture;
        QTest::newRow("cut off") << file(code(token)).first(60) << CodeReading::NoPicture;
        // Formats that draw or run programs are not taken, whatever is installed to decode them.
        QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
                             << CodeReading::NoPicture;
        QTest::newRow("a bomb") << withSize(file(blank), 60000, 60000) << CodeReading::TooLarge;
        QTest::newRow("a large file") << QByteArray(largestPicture + 1, 'x') << CodeReading::TooLarge;
    }
    void whatIsNoCodeIsSaid()
    {
        QFETCH(QByteArray, picture);
        QFETCH(CodeReading, reading);
        const auto answer = ask(picture, reader());
        QCOMPARE(answer.reading, reading);
        QVERIFY(answer.text.isEmpty());
        QVERIFY(answer.wasLater);
    }

    void theProgramItselfRefusesALargeFile()
    {
        QProcess process;
        process.start(reader(), {});
        process.write(QByteArray(largestPicture + 1000, 'x'));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), int(CodeReading::TooLarge));
    }

    void aReaderThatFailsIsNoticed()
    {
#ifndef Q_OS_UNIX
        QSKIP("the stand-ins are shell scripts");
#endif
        const QTemporaryDir folder;
        const auto picture = file(code(token));
        QCOMPARE(ask(picture, folder.filePath(u"nowhere"_s)).reading, CodeReading::NoProgram);
        QCOMPARE(ask(picture, script(folder, "kill -9 $$\n")).reading, CodeReading::Failed);
        QCOMPARE(ask(picture, script(folder, "exit 77\n")).reading, CodeReading::Failed);
        QCOMPARE(ask(picture, script(folder, "exit 7\n")).reading, CodeReading::Failed);
        // It says that it read something, and gives nothing, or too much.
        QCOMPARE(ask(picture, script(folder, "exit 0\n")).reading, CodeReading::Failed);
        QCOMPARE(ask(picture, script(folder, "head -c 300000 /dev/zero\n")).reading, CodeReading::Failed);
    }

    void whoeverDoesNotWaitHearsNothing()
    {
#ifndef Q_OS_UNIX
        QSKIP("the stand-in is a shell script");
#endif
        const QTemporaryDir folder;
        auto context = std::make_unique<QObject>();
        readCodes(script(folder, "exec sleep 60\n"), file(code(token)), context.get(),
                  [](CodeReading, const Secret &) { QFAIL("nobody waits"); });
        QTest::qWait(50);
        context.reset();
        QTRY_VERIFY(QCoreApplication::instance()->findChildren<QProcess *>().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCodeReader)
#include "tst_codereader.moc"
