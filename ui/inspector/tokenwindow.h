// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/tokentabs.h"

#include <QtWidgets/QWidget>

namespace Countersign::Desktop {

class TokenView;

//! One token in a window of its own, to be laid beside another. When it is closed, its token wants to go back; then it
//! deletes itself.
class TokenWindow final : public QWidget
{
    Q_OBJECT
public:
    //! \p parent is the window that it belongs to and goes with. \p place is where its tab was.
    TokenWindow(const ShownToken &token, int place, QWidget *parent);

    TokenView *view() const { return m_view; }
    const ShownToken &token() const { return m_tabs->token(0); }
    int place() const { return m_place; }
    void setMasked(bool masked);
    //! Puts its title bar there, as far as there is room and the platform lets it.
    void moveTo(const QPoint &at);
    //! Closes it; its token goes nowhere.
    void discard();

Q_SIGNALS:
    //! It is closing.
    void moveBackRequested();
    //! Its tab is being dragged, and was let go. Places on the screen.
    void tabDragged(const QPoint &at);
    void tabDropped(const QPoint &at);
    void tabDragEnded();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    TokenTabs *m_tabs;
    TokenView *m_view;
    int m_place;
    bool m_isDiscarded = false;
};

} // namespace Countersign::Desktop
