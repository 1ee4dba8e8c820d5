// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/choicebox.h"

#include <QtCore/QEvent>

namespace Countersign::Desktop {

void ChoiceBox::changeEvent(QEvent *event)
{
    // Nobody has asked for its size or seen it yet: nothing of it has to be worked out anew.
    if (event->type() == QEvent::StyleChange && !testAttribute(Qt::WA_WState_Polished))
        return QWidget::changeEvent(event); // NOLINT(bugprone-parent-virtual-call): not the box's, that is the point
    QComboBox::changeEvent(event);
}

} // namespace Countersign::Desktop
