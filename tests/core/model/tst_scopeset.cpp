// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/scopeset.h>

#include <type_traits>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestScopeSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderAndRepetitionCarryNoMeaning()
    {
        const ScopeSet scopes(QStringList{u"profile"_s, u"openid"_s, u"profile"_s, u""_s});
        QCOMPARE(scopes.sorted(), (QStringList{u"openid"_s, u"profile"_s}));
        QCOMPARE(scopes, ScopeSet(QStringList{u"openid"_s, u"profile"_s}));
    }

    void caseCarriesMeaning()
    {
        QVERIFY(ScopeSet(QStringList{u"User.Read"_s}) != ScopeSet(QStringList{u"user.read"_s}));
    }

    void whatIsLeftOfTwoSetsCanBeLoopedOver()
    {
        // A loop keeps the set that it is given, not the one that it came from.
        static_assert(!std::is_reference_v<decltype(std::declval<ScopeSet>().sorted())>);
        const ScopeSet scopes(QStringList{u"a"_s, u"b"_s, u"c"_s});
        QStringList left;
        for (const auto &scope : scopes.without(ScopeSet(QStringList{u"b"_s})).sorted())
            left.append(scope);
        QCOMPARE(left, (QStringList{u"a"_s, u"c"_s}));
    }
};

QTEST_GUILESS_MAIN(TestScopeSet)
#include "tst_scopeset.moc"
