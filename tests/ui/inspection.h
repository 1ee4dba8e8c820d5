// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStringList>
#include <QtCore/QTranslator>

#include <functional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace CountersignTest {

//! Makes every text half as long again, with accents and brackets: what is not translated or gets cut shows.
class PseudoTranslator final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *text, const char *comment, int n) const override;
};

//! A control that a person can reach, and that is no inner part of another one.
bool isControl(const QWidget *widget);
//! \p root and everything in it.
QList<QWidget *> everythingIn(QWidget &root);

// What is wrong with a window, a line for each find; none: nothing.
//! Controls that a screen reader could not name.
QStringList namelessControls(QWidget &root);
//! Controls that the Tab key does not reach, and text areas that it cannot leave.
QStringList unreachableControls(QWidget &root);
//! Controls that the Tab key does not come to when it is pressed often enough. Shows \p root.
QStringList unvisitedControls(QWidget &root);
//! Letters that two things in sight of the same window answer to: then neither is reached.
//! \p menus are the titles of those that stand above \p root where it is shown, but are not in it.
QStringList sharedMnemonics(QWidget &root, const QStringList &menus = {});
//! Texts that have less room than they need. \p root is shown.
QStringList cutTexts(QWidget &root);
//! Those that are still cut when \p root has come to rest, after two seconds at most.
QStringList cutTextsAtRest(QWidget &root);
//! Buttons that do not speak the pseudo language, unless \p isData says that their text is none of ours.
QStringList untranslatedTexts(QWidget &root, const std::function<bool(const QString &)> &isData);

} // namespace CountersignTest
