// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "watchdog.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace std::chrono_literals;

//! What a test relies on that finds the event loop free.
class TestWatchdog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsComputedIsSeen()
    {
        Watchdog watchdog;
        QElapsedTimer clock;
        clock.start();
        volatile quint64 sum = 0;
        while (clock.elapsed() < 200)
            sum = sum + 1;
        QVERIFY(watchdog.takeLongest() > 20ms); // the machine may be busy with others
        QVERIFY(watchdog.takeLongest() < 20ms);
    }

    //! A wait for another thread or for a device costs no time of this one's, and stops the window all the same.
    void aWaitThatStopsTheLoopIsSeen()
    {
        Watchdog watchdog;
        QTest::qSleep(int(Watchdog::mostBlocked().count()) + 100);
        QVERIFY(watchdog.takeLongest() > Watchdog::mostBlocked());
        QVERIFY(watchdog.takeLongest() < 20ms);
    }

    //! The loop sleeps, and nothing stands in its way.
    void aFreeLoopIsNotBlamed()
    {
        Watchdog watchdog;
        QTest::qWait(300);
        QVERIFY(watchdog.takeLongest() < 20ms);
    }
};

QTEST_GUILESS_MAIN(TestWatchdog)
#include "tst_watchdog.moc"
