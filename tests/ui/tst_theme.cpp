// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"

#include <QtTest/QTest>

using namespace Countersign::Desktop;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
};

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<ThemeKind>("kind");
    QTest::newRow("light") << ThemeKind::Light;
    QTest::newRow("dark") << ThemeKind::Dark;
    QTest::newRow("high contrast") << ThemeKind::HighContrast;
}

void TestTheme::textIsReadable()
{
    QFETCH(ThemeKind, kind);
    const auto theme = Theme::of(kind);
    const auto ratio = [&theme](ColorRole a, ColorRole b) { return contrastRatio(theme.color(a), theme.color(b)); };
    for (const auto ground : {ColorRole::Window, ColorRole::Surface}) {
        for (const auto role : {ColorRole::Text, ColorRole::MutedText, ColorRole::Accent, ColorRole::Success,
                                ColorRole::Warning, ColorRole::Danger, ColorRole::Info})
            QVERIFY2(ratio(role, ground) >= 4.5, qPrintable(QString::number(int(role))));
        // WCAG 2.2 §1.4.11: what is no text.
        for (const auto role : {ColorRole::Border, ColorRole::Bar})
            QVERIFY2(ratio(role, ground) >= 3.0, qPrintable(QString::number(ratio(role, ground))));
    }
    QVERIFY(ratio(ColorRole::AccentText, ColorRole::Accent) >= 4.5);
    QVERIFY(ratio(ColorRole::SelectionText, ColorRole::Selection) >= 4.5);
}

QTEST_GUILESS_MAIN(TestTheme)
#include "tst_theme.moc"
