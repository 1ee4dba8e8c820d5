// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/textfield.h"

#include <QtCore/QMimeData>

namespace Countersign::Desktop {

void TextField::insertFromMimeData(const QMimeData *source)
{
    // Qt looks at the first format for Markdown, also when there is none.
    if (source && !source->formats().isEmpty())
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace Countersign::Desktop
