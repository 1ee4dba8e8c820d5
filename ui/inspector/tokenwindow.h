// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

namespace Countersign::Desktop {

class TokenView;

//! One token in a window of its own, to be laid beside another. Deletes itself when it is closed.
class TokenWindow final : public QWidget
{
    Q_OBJECT
public:
    //! \p parent is the window that it belongs to and goes with. \p title names the token, for people.
    TokenWindow(const QString &title, QWidget *parent);

    TokenView *view() const { return m_view; }

private:
    TokenView *m_view;
};

} // namespace Countersign::Desktop
