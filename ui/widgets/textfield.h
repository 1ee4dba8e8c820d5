// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QPlainTextEdit>

namespace Countersign::Desktop {

//! Every text of several lines: Qt's own one up to 6.4 ends the program when what is pasted or dropped has no format,
//! which is what X11 gives for an empty clipboard.
class TextField : public QPlainTextEdit
{
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    void insertFromMimeData(const QMimeData *source) override;
};

} // namespace Countersign::Desktop
