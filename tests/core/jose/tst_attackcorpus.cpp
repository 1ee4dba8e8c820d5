// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "attackcorpus.h"

#include <countersign/jose/tokendocument.h>

#include <QtTest/QTest>

#include <algorithm>

using namespace Countersign::Jose;
using namespace Countersign::Jose::Attacks;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Attack)

namespace {

//! Of the token and of those in it.
QStringList warningsOf(const TokenDocument &document)
{
    QStringList ids;
    for (const auto &warning : document.warnings())
        ids.append(warning.id);
    for (const auto &nested : document.nested())
        ids += warningsOf(*nested.document);
    return ids;
}

} // namespace

//! Security D.1: each attack, by its number, against what decides and against what shows.
class TestAttackCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_attacks = attacks(); }

    void everyRowHasAGenerator()
    {
        for (int row = 1; row <= 45; ++row) {
            const auto isOfRow = [row](const Attack &attack) { return attack.row == row; };
            QVERIFY2(std::any_of(m_attacks.cbegin(), m_attacks.cend(), isOfRow), qPrintable(QString::number(row)));
        }
    }

    void theSoundTokenIsBelieved()
    {
        // Without it every refusal below would say nothing.
        QVERIFY(validated(signedClaims(soundClaims()))());
        QCOMPARE(TokenDocument::read(signedClaims(soundClaims())).warnings().size(), 0);
    }

    void nothingIsBelievedThatMustNotBe_data() { addRows(); }
    void nothingIsBelievedThatMustNotBe()
    {
        QFETCH(const Attack, attack);
        QCOMPARE(attack.isBelieved(), attack.shouldBeBelieved);
    }

    void theInspectorOpensAndNamesIt_data() { addRows(); }
    void theInspectorOpensAndNamesIt()
    {
        QFETCH(const Attack, attack);
        const auto document = TokenDocument::read(attack.text);
        const auto warnings = warningsOf(document);
        if (!attack.warning.isEmpty())
            QVERIFY2(warnings.contains(attack.warning), qPrintable(warnings.join(u", "_s)));
        // What keeps it responsive: nothing grows with the attack.
        QVERIFY(document.text().size() <= TokenDocument::maximumSize);
        QVERIFY(document.warnings().size() <= TokenDocument::maximumWarnings);
        QVERIFY(document.nested().size() <= TokenDocument::maximumNested);
        for (const auto &warning : document.warnings())
            QVERIFY2(warning.detail.size() <= 1000, qPrintable(warning.id));
        // Well formed is what the strict parser takes, and it never takes more than its limit.
        QCOMPARE(document.isWellFormed(), UnverifiedJwt::parse(QByteArrayView(attack.text).trimmed()).hasValue());
        QVERIFY(!document.isWellFormed() || attack.text.size() <= UnverifiedJwt::maximumSize + 2);
    }

private:
    void addRows() const
    {
        QTest::addColumn<Attack>("attack");
        for (const auto &attack : m_attacks)
            QTest::addRow("D.1-%d %s", attack.row, attack.name.left(80).constData()) << attack;
    }

    List m_attacks;
};

QTEST_GUILESS_MAIN(TestAttackCorpus)
#include "tst_attackcorpus.moc"
