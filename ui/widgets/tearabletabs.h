// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QTabBar>

namespace Countersign::Desktop {

//! Whether windows can know and choose where they are on the screen. Under Wayland they cannot.
bool knowsPlacesOnScreen();

//! Tabs that can be dragged out of their bar. What becomes of one that is let go is for others to say; Escape takes the
//! drag back.
class TearableTabs : public QTabBar
{
    Q_OBJECT
public:
    explicit TearableTabs(QWidget *parent = nullptr);

    //! Whether what is dragged from elsewhere would land here, which is shown.
    void setTarget(bool isTarget);
    bool isTarget() const { return m_isTarget; }

Q_SIGNALS:
    //! \p tab is held outside of the bar. \p at is a place on the screen, where the platform knows it.
    void dragged(int tab, const QPoint &at);
    //! It was let go there.
    void dropped(int tab, const QPoint &at);
    //! It is over, whether something was dropped or not; before dropped().
    void dragEnded();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void tabRemoved(int tab) override;

private:
    bool isOutside(const QPoint &at) const;
    //! Whether there was one.
    bool stopDrag();
    void endDrag();

    int m_held = -1; //!< the tab under the pressed button
    bool m_isDragged = false; //!< and it is outside
    bool m_isTarget = false;
};

} // namespace Countersign::Desktop
