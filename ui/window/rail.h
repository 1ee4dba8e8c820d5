// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/page.h"

#include <QtWidgets/QListWidget>

namespace Countersign::Desktop {

//! The places of the window, one under the other, each with its badge.
class Rail final : public QListWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    void addPlace(const Page &page);
    void setBadge(int place, const Badge &badge);
    //! Only the drawings, to save room; names stay for screen readers and in tool tips.
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_isCollapsed; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void fit();

    bool m_isCollapsed = false;
};

} // namespace Countersign::Desktop
