// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/operation.h>

#include <QtCore/QTimer>

#include <memory>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

int releases = 0;
int live = 0;

//! Ends when told to, and counts what it let go of.
class Example final : public OperationOf<std::unique_ptr<int>>
{
public:
    explicit Example(QObject *parent = nullptr) : OperationOf(parent)
    {
        ++live;
        run<Example>({&Example::first, &Example::second});
    }
    ~Example() override { --live; }

    using Operation::setDeadline;
    bool started = false;
    bool waits = false;

private:
    void first()
    {
        started = true;
        if (!waits)
            next();
    }
    void second() { succeed(std::make_unique<int>(42)); }
    void release() override { ++releases; }
};

} // namespace

class TestOperation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { releases = 0; }
    void cleanup() { QTRY_COMPARE(live, 0); }

    void startsOnTheNextTurnAndFinishesOnce()
    {
        auto *operation = new Example;
        QSignalSpy finished(operation, &Operation::finished);
        QVERIFY(!operation->started);
        int value = 0;
        operation->whenFinished(this, [&](const Result<std::unique_ptr<int>> &result) { value = **result; });
        QVERIFY(finished.wait());
        QCOMPARE(finished.count(), 1);
        QCOMPARE(value, 42);
        QCOMPARE(releases, 1);
    }

    void theResultCanBeTakenFromAHandler()
    {
        auto *operation = new Example;
        std::unique_ptr<int> taken;
        operation->whenFinished(this, [&, operation](const auto &) { taken = *operation->takeResult(); });
        QTRY_VERIFY(taken);
        QCOMPARE(*taken, 42);
    }

    void cancellingBeforeTheStartStillSignals()
    {
        auto *operation = new Example;
        QSignalSpy finished(operation, &Operation::finished);
        operation->cancel();
        QCOMPARE(finished.count(), 0);
        QVERIFY(operation->isFinished());
        QCOMPARE(operation->result().error().code(), ErrorCode::Cancelled);
        QVERIFY(finished.wait());
        QVERIFY(!operation->started);
    }

    void cancellingTwiceIsHarmless()
    {
        auto *operation = new Example;
        operation->waits = true;
        QSignalSpy finished(operation, &Operation::finished);
        QTRY_VERIFY(operation->started);
        operation->cancel();
        operation->cancel();
        QCOMPARE(finished.count(), 1);
        QCOMPARE(releases, 1);
    }

    void deletingIsCancellingWithoutASignal()
    {
        auto *operation = new Example;
        bool heard = false;
        operation->whenFinished(this, [&](const auto &) { heard = true; });
        delete operation;
        QTest::qWait(10);
        QVERIFY(!heard);
    }

    void aDyingListenerCancelsAndHearsNothing()
    {
        auto *operation = new Example;
        operation->waits = true;
        auto *listener = new QObject;
        bool heard = false;
        operation->whenFinished(listener, [&](const auto &) { heard = true; });
        QTRY_VERIFY(operation->started);
        QSignalSpy finished(operation, &Operation::finished);
        delete listener;
        QCOMPARE(finished.count(), 1);
        QCOMPARE(operation->result().error().code(), ErrorCode::Cancelled);
        QVERIFY(!heard);
    }

    void anOperationMayListenToItself()
    {
        auto *operation = new Example;
        std::optional<int> value;
        operation->whenFinished(operation, [&](const auto &result) { value = **result; });
        QSignalSpy gone(operation, &QObject::destroyed);
        QTRY_COMPARE(gone.count(), 1); // a sanitizer sees what is called on one that is dying
        QCOMPARE(value, 42);
    }

    void aDeadlineNamesTheWait()
    {
        auto *operation = new Example;
        operation->waits = true;
        operation->setDeadline(20ms, u"The answer of the example"_s);
        QSignalSpy finished(operation, &Operation::finished);
        QVERIFY(finished.wait());
        QCOMPARE(operation->result().error().code(), ErrorCode::TimedOut);
        QVERIFY(operation->result().error().message().startsWith("The answer of the example did not end within"_L1));
    }
};

QTEST_GUILESS_MAIN(TestOperation)
#include "tst_operation.moc"
