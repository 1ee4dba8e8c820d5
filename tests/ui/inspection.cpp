// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspection.h"

#include <QtCore/QHash>
#include <QtCore/QMap>
#include <QtGui/QAction>
#include <QtGui/QKeySequence>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGroupBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabBar>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

QString described(const QWidget *widget)
{
    const auto name = widget->accessibleName();
    return QLatin1StringView(widget->metaObject()->className()) + u" "_s
        + (name.isEmpty() ? widget->objectName() : name);
}

bool isTooSmall(const QWidget *widget)
{
    const auto least = widget->minimumSizeHint();
    return widget->width() + 1 < least.width() || widget->height() + 1 < least.height();
}

//! Lies outside of what its parent shows, where nobody can scroll to it.
bool isOutside(const QWidget *widget, const QWidget &root)
{
    const auto *parent = widget->parentWidget();
    if (!parent || widget == &root || widget->isWindow())
        return false;
    for (const auto *above = parent; above && above != &root; above = above->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea *>(above))
            return false;
    }
    const QRect inRoot(widget->mapTo(&root, QPoint(0, 0)), widget->size());
    return !root.rect().adjusted(-1, -1, 1, 1).contains(inRoot);
}

} // namespace

QString PseudoTranslator::translate(const char *, const char *text, const char *, int n) const
{
    static const QHash<QChar, QChar> accents{{u'a', u'á'}, {u'e', u'é'}, {u'i', u'í'}, {u'o', u'ó'}, {u'u', u'ú'},
                                             {u'A', u'Á'}, {u'E', u'É'}, {u'I', u'Í'}, {u'O', u'Ó'}, {u'U', u'Ú'}};
    auto source = QString::fromUtf8(text);
    if (n >= 0)
        source.replace("%n"_L1, QString::number(n));
    QString pseudo;
    for (const auto c : source)
        pseudo += accents.value(c, c);
    return u"[%1 %2]"_s.arg(pseudo, QString(source.size() / 2, u'~'));
}

bool isControl(const QWidget *widget)
{
    const QByteArray name = widget->metaObject()->className();
    if (widget->objectName().startsWith("qt_"_L1) || name.contains("Header") || name.contains("CornerButton")
        || name.contains("Private") || name == "QComboBoxListView" || widget->objectName() == "ScrollLeftButton"_L1
        || widget->objectName() == "ScrollRightButton"_L1)
        return false;
    const auto *parent = widget->parentWidget();
    if (parent && (qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)))
        return false;
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QAbstractItemView *>(widget)
        || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
        || qobject_cast<const QTabBar *>(widget);
}

QList<QWidget *> everythingIn(QWidget &root)
{
    auto widgets = root.findChildren<QWidget *>();
    widgets.prepend(&root);
    return widgets;
}

QStringList namelessControls(QWidget &root)
{
    QStringList found;
    for (const auto *each : everythingIn(root)) {
        if (isControl(each) && each->accessibleName().isEmpty())
            found.append(described(each));
    }
    if (root.isWindow() && root.accessibleName().isEmpty() && root.windowTitle().isEmpty())
        found.append(u"the window itself"_s);
    return found;
}

QStringList unreachableControls(QWidget &root)
{
    QStringList found;
    for (const auto *each : everythingIn(root)) {
        // What a tool bar offers is in the menus, too, and what closes a tab.
        const auto *parent = each->parentWidget();
        const bool isElsewhere = parent && (parent->inherits("QToolBar") || parent->inherits("QTabBar"));
        if (isControl(each) && !qobject_cast<const QTabBar *>(each) && !isElsewhere
            && !(each->focusPolicy() & Qt::TabFocus) && !each->focusProxy() && each->accessibleName() != "Clear"_L1)
            found.append(described(each));
        // A text area must let the Tab key go on.
        if (const auto *text = qobject_cast<const QPlainTextEdit *>(each);
            text && text->textInteractionFlags() != Qt::NoTextInteraction && !text->tabChangesFocus())
            found.append(described(each) + u" keeps the Tab key"_s);
    }
    return found;
}

QStringList unvisitedControls(QWidget &root)
{
    root.show();
    root.activateWindow();
    if (!QTest::qWaitForWindowActive(&root))
        return {u"does not become active"_s};
    QList<const QWidget *> missing;
    for (const auto *each : everythingIn(root)) {
        // Of those that exclude each other the Tab key takes the chosen one; arrows go to the rest.
        const auto *button = qobject_cast<const QAbstractButton *>(each);
        const bool isOneOfSeveral = button && (button->autoExclusive() || button->group());
        if (isControl(each) && each->isVisibleTo(&root) && each->isEnabledTo(&root) && each->window() == &root
            && !isOneOfSeveral && each->focusPolicy() & Qt::TabFocus)
            missing.append(each);
    }
    const auto most = 2 * missing.size() + 20;
    for (qsizetype pressed = 0; pressed < most && !missing.isEmpty(); ++pressed) {
        QTest::keyClick(root.focusWidget() ? root.focusWidget() : &root, Qt::Key_Tab);
        for (const auto *at = root.focusWidget(); at; at = at->parentWidget())
            missing.removeAll(at);
    }
    QStringList found;
    for (const auto *each : std::as_const(missing))
        found.append(described(each));
    return found;
}

QStringList sharedMnemonics(QWidget &root, const QStringList &menus)
{
    QMap<QString, QStringList> owners;
    const auto note = [&owners](const QString &text) {
        if (const auto keys = QKeySequence::mnemonic(text); !keys.isEmpty())
            owners[keys.toString()].append(text);
    };
    for (const auto *each : everythingIn(root)) {
        if (!each->isVisible() || !each->isEnabled() || each->window() != &root)
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(each))
            note(button->text());
        else if (const auto *label = qobject_cast<const QLabel *>(each); label && label->buddy())
            note(label->text());
        else if (const auto *box = qobject_cast<const QGroupBox *>(each))
            note(box->title());
        else if (const auto *tabs = qobject_cast<const QTabBar *>(each)) {
            for (int tab = 0; tab < tabs->count(); ++tab)
                note(tabs->tabText(tab));
        } else if (const auto *bar = qobject_cast<const QMenuBar *>(each)) {
            for (const auto *action : bar->actions()) {
                if (action->isVisible())
                    note(action->text());
            }
        }
    }
    for (const auto &title : menus)
        note(title);
    QStringList shared;
    for (auto it = owners.cbegin(); it != owners.cend(); ++it) {
        if (it->size() > 1)
            shared.append(it.key() + u": "_s + it->join(u" / "_s));
    }
    return shared;
}

QStringList cutTexts(QWidget &root)
{
    QStringList cut;
    for (const auto *each : everythingIn(root)) {
        if (!each->isVisible())
            continue;
        const auto *label = qobject_cast<const QLabel *>(each);
        const bool isText =
            (isControl(each) && qobject_cast<const QAbstractButton *>(each)) || (label && !label->wordWrap());
        const auto what = label && !label->text().isEmpty() ? label->text() : described(each);
        if (isText && isTooSmall(each))
            cut.append(what);
        // Text that wraps needs the height for it.
        if (label && label->wordWrap() && label->hasHeightForWidth()
            && label->height() + 2 < label->heightForWidth(label->width()))
            cut.append(what + u" (height)"_s);
        if ((isText || label) && isOutside(each, root))
            cut.append(what + u" (outside)"_s);
    }
    return cut;
}

QStringList cutTextsAtRest(QWidget &root)
{
    // What a page says once it has looked needs a new layout, and the window system answers a new size when it can.
    for (int turn = 0; turn < 5; ++turn)
        QCoreApplication::processEvents();
    QStringList cut;
    (void)QTest::qWaitFor([&] { return (cut = cutTexts(root)).isEmpty(); }, 2000);
    return cut;
}

QStringList untranslatedTexts(QWidget &root, const std::function<bool(const QString &)> &isData)
{
    QStringList plain;
    for (const auto *button : root.findChildren<QAbstractButton *>()) {
        const auto text = button->text();
        if (button->objectName() == "chip"_L1)
            continue; // what somebody typed
        if (isControl(button) && !text.isEmpty() && !text.startsWith(u'[') && !isData(text))
            plain.append(text);
    }
    return plain;
}

} // namespace CountersignTest
