// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QComboBox>

namespace Countersign::Desktop {

//! A combo box that makes its list when somebody opens it.
//!
//! Qt's makes it when its style changes, which a window with a style sheet does to everything put into it: nine parts
//! of a window for each box, of seven kilobytes each.
class ChoiceBox final : public QComboBox
{
    Q_OBJECT
public:
    using QComboBox::QComboBox;

protected:
    void changeEvent(QEvent *event) override;
};

} // namespace Countersign::Desktop
