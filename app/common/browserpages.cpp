// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "common/browserpages.h"

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

struct Words
{
    QString language;
    LoopbackPageWords answered;
    LoopbackPageWords declined;
    LoopbackPageWords stray;
};

// Here and not among the translations: the command line, which has none, shows the same pages.
Words english()
{
    return {u"en"_s,
            {u"Countersign has the answer"_s, u"You can close this page and go back to Countersign."_s},
            {u"You are not signed in"_s,
             u"The provider sent Countersign a refusal. You can close this page; Countersign says what happened."_s},
            {u"Countersign is not waiting for this page"_s,
             u"This is not the answer to a sign-in that is under way, or that sign-in has its answer already. If you "
             "are still signing in, start again from Countersign."_s}};
}

Words german()
{
    return {u"de"_s,
            {u"Countersign hat die Antwort"_s, u"Sie können diese Seite schließen und zu Countersign zurückkehren."_s},
            {u"Sie sind nicht angemeldet"_s,
             u"Der Anbieter hat Countersign eine Absage geschickt. Sie können diese Seite schließen; Countersign sagt, "
             "was geschehen ist."_s},
            {u"Countersign wartet nicht auf diese Seite"_s,
             u"Das ist nicht die Antwort auf eine laufende Anmeldung, oder diese hat ihre Antwort schon. Wenn Sie noch "
             "dabei sind, sich anzumelden, beginnen Sie in Countersign noch einmal."_s}};
}

} // namespace

LoopbackPages browserPages(const QLocale &locale)
{
    const auto words = locale.language() == QLocale::German ? german() : english();
    return {.answered = LoopbackPages::page(words.language, words.answered),
            .declined = LoopbackPages::page(words.language, words.declined),
            .stray = LoopbackPages::page(words.language, words.stray)};
}

} // namespace Countersign::App
