// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpage.h"
#include "inspector/picturereader.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <countersign/crypto/secret.h>

#include <QtCore/QBuffer>
#include <QtCore/QMimeData>
#include <QtCore/QPointer>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUiLCJzdWIiOiJhZGEifQ.";

//! A reader whose answers the test gives.
class FakeReader final : public PictureReader
{
public:
    void read(const QByteArray &picture, QObject *context, Handler handler) override
    {
        pictures.append(picture);
        contexts.append(context);
        m_handlers.append(std::move(handler));
    }
    void answer(qsizetype which, PictureFault fault, const QByteArray &text = {})
    {
        if (contexts.at(which))
            m_handlers.at(which)(fault, Secret::copyOf(text));
    }
    QByteArrayList pictures;
    QList<QPointer<QObject>> contexts;

private:
    QList<Handler> m_handlers;
};

QImage image()
{
    QImage made(8, 8, QImage::Format_RGB32);
    made.fill(Qt::white);
    return made;
}

QByteArray png()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image().save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

class TestInspectorPictures : public QObject
{
    Q_OBJECT
private:
    QString shown(const QString &name) const
    {
        for (const auto *label : m_page->findChildren<QLabel *>()) {
            if (label->accessibleName() == name && label->isVisibleTo(m_page))
                return label->text();
        }
        return {};
    }
    void paste(const QImage &pasted) const
    {
        QGuiApplication::clipboard()->setImage(pasted);
        m_window->actionRegistry().find(u"token.paste"_s)->trigger();
    }

    std::unique_ptr<MainWindow> m_window;
    InspectorPage *m_page = nullptr;
    FakeReader m_reader;

private Q_SLOTS:
    void init()
    {
        m_reader = FakeReader();
        m_window = std::make_unique<MainWindow>();
        m_page = new InspectorPage;
        m_page->setPictureReader(&m_reader);
        m_window->addPage(m_page);
    }
    void cleanup() { m_window.reset(); }

    void aPastedPictureIsReadElsewhere()
    {
        QSignalSpy opened(m_page, &InspectorPage::opened);
        paste(image());
        QTRY_COMPARE(m_reader.pictures.size(), 1);
        // As a file, and not decoded here.
        QVERIFY(m_reader.pictures.constFirst().startsWith("\x89PNG"));
        QVERIFY(shown(u"Progress"_s).contains("codes in the picture"_L1));
        m_reader.answer(0, PictureFault::None, "https://id.example/device\n" + token);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(m_page->tokenCount(), 1);
        QVERIFY(!m_page->isAsking());
    }

    void theBoxTakesAPictureByItsOwnKey()
    {
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QGuiApplication::clipboard()->setImage(image());
        QPlainTextEdit *box = nullptr;
        for (auto *field : m_page->findChildren<QPlainTextEdit *>()) {
            if (field->accessibleName() == "Text with a token"_L1)
                box = field;
        }
        QVERIFY(box);
        box->setFocus();
        QTest::keySequence(box, QKeySequence::Paste);
        QTRY_COMPARE(m_reader.pictures.size(), 1);
        // A text goes the way of all texts.
        QGuiApplication::clipboard()->setText(u"abc"_s);
        QTest::keySequence(box, QKeySequence::Paste);
        QCOMPARE(box->toPlainText(), u"abc"_s);
        QCOMPARE(m_reader.pictures.size(), 1);
    }

    void aFileIsReadByWhatIsInIt()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"code.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(png());
        file.close();
        m_page->inspectFile(file.fileName());
        QTRY_COMPARE(m_reader.pictures.size(), 1);
        QCOMPARE(m_reader.pictures.constFirst(), png());
    }

    void aDroppedPictureIsTaken()
    {
        QMimeData content;
        content.setData(u"image/png"_s, png());
        QDragEnterEvent enter({20, 20}, Qt::CopyAction, &content, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page, &enter);
        QDropEvent drop({20, 20}, Qt::CopyAction, &content, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page, &drop);
        QTRY_COMPARE(m_reader.pictures.size(), 1);
        QCOMPARE(m_reader.pictures.constFirst(), png());
    }

    void whyThereIsNothingIsSaid_data()
    {
        QTest::addColumn<PictureFault>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("no code") << PictureFault::NoCode << u"No QR code"_s;
        QTest::newRow("no picture") << PictureFault::NoPicture << u"cannot be read"_s;
        QTest::newRow("too large") << PictureFault::TooLarge << u"too large"_s;
        QTest::newRow("failed") << PictureFault::Failed << u"gave up"_s;
        QTest::newRow("not installed") << PictureFault::NotInstalled << u"not installed"_s;
    }
    void whyThereIsNothingIsSaid()
    {
        QFETCH(PictureFault, fault);
        QFETCH(QString, words);
        QSignalSpy refused(m_page, &InspectorPage::refused);
        paste(image());
        QTRY_COMPARE(m_reader.pictures.size(), 1);
        m_reader.answer(0, fault);
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY2(shown(u"Problem"_s).contains(words), qPrintable(shown(u"Problem"_s)));
        QVERIFY(shown(u"Progress"_s).isEmpty());
    }

    void aCodeThatIsNoTokenIsSaidToBeNone()
    {
        QSignalSpy refused(m_page, &InspectorPage::refused);
        paste(image());
        QTRY_COMPARE(m_reader.pictures.size(), 1);
        m_reader.answer(0, PictureFault::None, "not a token at all");
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(shown(u"Problem"_s).contains("several words"_L1));
    }

    void withoutAReaderThePictureIsNamed()
    {
        m_page->setPictureReader(nullptr);
        QSignalSpy refused(m_page, &InspectorPage::refused);
        paste(image());
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(shown(u"Problem"_s).contains("countersign-codereader"_L1));
    }

    void waitingCanBeGivenUp()
    {
        paste(image());
        paste(image());
        QTRY_COMPARE(m_reader.pictures.size(), 2);
        QPushButton *cancel = nullptr;
        for (auto *button : m_page->findChildren<QPushButton *>()) {
            if (button->accessibleName() == "Cancel the reading of the picture"_L1)
                cancel = button;
        }
        QVERIFY(cancel);
        cancel->click();
        QVERIFY(!m_reader.contexts.at(0) && !m_reader.contexts.at(1));
        QVERIFY(shown(u"Progress"_s).isEmpty());
        // The next one has its own.
        paste(image());
        QTRY_COMPARE(m_reader.pictures.size(), 3);
        QVERIFY(m_reader.contexts.at(2));
        m_window.reset();
        QVERIFY(!m_reader.contexts.at(2));
    }
};

QTEST_MAIN(TestInspectorPictures)
#include "tst_inspectorpictures.moc"
