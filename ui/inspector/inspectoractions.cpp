// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the inspector adds to the menus.
#include "inspector/inspectorpage.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "window/actions.h"

#include <QtGui/QAction>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void InspectorPage::contribute(ActionRegistry &actions)
{
    m_actions = &actions;
    auto *paste = actions.add({.id = u"token.paste"_s,
                               .menu = MenuKind::File,
                               .section = 1,
                               .text = tr("&Paste token"),
                               .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V),
                               .symbol = u"paste"_s,
                               .tip = tr("Inspects the token in the clipboard")});
    connect(paste, &QAction::triggered, this, &InspectorPage::pasteToken);
    auto *open = actions.add({.id = u"token.open"_s,
                              .menu = MenuKind::File,
                              .section = 1,
                              .text = tr("&Open token…"),
                              .shortcut = QKeySequence::Open,
                              .symbol = u"import"_s});
    connect(open, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        openFile();
    });
    auto *another = actions.add({.id = u"token.inspect_another"_s,
                                 .menu = MenuKind::Token,
                                 .text = tr("&Inspect another token"),
                                 .symbol = u"inspect"_s});
    connect(another, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        askForAnother();
    });
    auto *validate = actions.add({.id = u"token.validate"_s,
                                  .menu = MenuKind::Token,
                                  .text = tr("&Validate"),
                                  .shortcut = QKeySequence(Qt::CTRL | Qt::Key_T),
                                  .symbol = u"ok"_s,
                                  .tip = tr("Shows what was checked of the inspected token, and against what")});
    connect(validate, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        m_view->showView(TokenView::Checks);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    auto *close = actions.add({.id = u"token.close"_s,
                               .menu = MenuKind::Token,
                               .text = tr("Cl&ose the inspected token"),
                               .shortcut = QKeySequence(QKeySequence::Close)});
    connect(close, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        closeTab(m_tokens->currentIndex());
    });
    close->setEnabled(false);
    connect(this, &InspectorPage::closable, close, &QAction::setEnabled);
    validate->setEnabled(false);
    connect(this, &InspectorPage::filled, validate, &QAction::setEnabled);
    auto *tear = actions.add({.id = u"token.tear_off"_s,
                              .menu = MenuKind::Token,
                              .text = tr("In a &window of its own"),
                              .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
                              .symbol = u"window"_s,
                              .tip = tr("Puts the inspected token into a window of its own, beside others")});
    tear->setEnabled(false);
    connect(tear, &QAction::triggered, this, [this] { tearOff(); });
    connect(this, &InspectorPage::filled, tear, &QAction::setEnabled);
    auto *back = actions.add({.id = u"token.move_back"_s,
                              .menu = MenuKind::Token,
                              .text = tr("Move the last window &back"),
                              .symbol = u"window"_s,
                              .tip = tr("Gives the token of the window that was opened last its tab back")});
    back->setEnabled(false);
    connect(back, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        moveBack();
    });
    connect(this, &InspectorPage::windowsChanged, back, &QAction::setEnabled);
}

} // namespace Countersign::Desktop
