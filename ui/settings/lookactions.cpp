// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/lookactions.h"

#include "settings/preferences.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct LookWords
{
    Q_DECLARE_TR_FUNCTIONS(LookActions)
};

// In the View menu below what the window itself puts there.
constexpr int sizeSection = 10;
constexpr int timeSection = 11;
constexpr int themeSection = 12;

constexpr int scaleStep = 10; //!< Units: percent

void addThemes(MainWindow &window, Preferences &preferences)
{
    const std::array<std::pair<QString, QString>, themeChoiceCount> themes{
        {{u"view.theme_system"_s, LookWords::tr("Look of the &system")},
         {u"view.theme_light"_s, LookWords::tr("&Light look")},
         {u"view.theme_dark"_s, LookWords::tr("&Dark look")},
         {u"view.theme_contrast"_s, LookWords::tr("Look with high &contrast")}}};
    auto *group = new QActionGroup(&window);
    for (int i = 0; i < themeChoiceCount; ++i) {
        const auto &[id, text] = themes.at(std::size_t(i));
        auto *action =
            window.actionRegistry().add({.id = id, .menu = MenuKind::View, .section = themeSection, .text = text});
        action->setCheckable(true);
        group->addAction(action);
        const auto mark = [action, &preferences, i] { action->setChecked(int(preferences.theme()) == i); };
        mark();
        QObject::connect(&preferences, &Preferences::changed, action, mark);
        QObject::connect(action, &QAction::triggered, &window,
                         [&preferences, i] { preferences.setTheme(ThemeChoice(i)); });
    }
}

void scaleBy(MainWindow &window, Preferences &preferences, int percent)
{
    const int wanted =
        std::clamp(preferences.textScale() + percent, Preferences::minimumScale, Preferences::maximumScale);
    preferences.setTextScale(wanted);
    window.say(LookWords::tr("Size of the text: %1 %").arg(wanted));
}

void addSizes(MainWindow &window, Preferences &preferences)
{
    auto &actions = window.actionRegistry();
    auto *larger = actions.add({.id = u"view.larger"_s,
                                .menu = MenuKind::View,
                                .section = sizeSection,
                                .text = LookWords::tr("L&arger text"),
                                .shortcut = QKeySequence(Qt::CTRL | Qt::Key_Plus),
                                .alternative = QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    auto *smaller = actions.add({.id = u"view.smaller"_s,
                                 .menu = MenuKind::View,
                                 .section = sizeSection,
                                 .text = LookWords::tr("Smalle&r text"),
                                 .shortcut = QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    auto *usual = actions.add({.id = u"view.usual_size"_s,
                               .menu = MenuKind::View,
                               .section = sizeSection,
                               .text = LookWords::tr("&Usual size of the text"),
                               .shortcut = QKeySequence(Qt::CTRL | Qt::Key_0)});
    QObject::connect(larger, &QAction::triggered, &window,
                     [&window, &preferences] { scaleBy(window, preferences, scaleStep); });
    QObject::connect(smaller, &QAction::triggered, &window,
                     [&window, &preferences] { scaleBy(window, preferences, -scaleStep); });
    QObject::connect(usual, &QAction::triggered, &window, [&window, &preferences] {
        scaleBy(window, preferences, Preferences::minimumScale - preferences.textScale());
    });
    const auto follow = [larger, smaller, usual, &preferences] {
        const int scale = preferences.textScale();
        larger->setEnabled(scale < Preferences::maximumScale);
        smaller->setEnabled(scale > Preferences::minimumScale);
        usual->setEnabled(scale != Preferences::minimumScale);
    };
    follow();
    QObject::connect(&preferences, &Preferences::changed, larger, follow);
}

void addTimes(MainWindow &window, Preferences &preferences)
{
    auto *next = window.actionRegistry().add({.id = u"view.times"_s,
                                              .menu = MenuKind::View,
                                              .section = timeSection,
                                              .text = LookWords::tr("Show &times another way"),
                                              .shortcut = QKeySequence(Qt::CTRL | Qt::Key_U),
                                              .tip = LookWords::tr("As local time, as UTC, or from now")});
    QObject::connect(next, &QAction::triggered, &window, [&window, &preferences] {
        const auto style = TimeStyle((int(preferences.timeStyle()) + 1) % timeStyleCount);
        preferences.setTimeStyle(style);
        window.say(LookWords::tr("Times: %1").arg(timeStyleText(style)));
    });
}

} // namespace

void addLookActions(MainWindow &window, Preferences &preferences)
{
    addSizes(window, preferences);
    addTimes(window, preferences);
    addThemes(window, preferences);
}

} // namespace Countersign::Desktop
