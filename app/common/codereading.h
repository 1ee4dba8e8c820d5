// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/codeprotocol.h>

#include <countersign/crypto/secret.h>

#include <QtCore/QObject>

#include <functional>

namespace Countersign::App {

using CodesHandler = std::function<void(CodeReading reading, const Secret &text)>;

//! Looks for QR codes in \p picture, the bytes of a PNG, JPEG, GIF, BMP or WebP file, in a process of its own: what a
//! stranger's picture does to a decoder it does not do to the tokens here.
//!
//! \p handler is called once, later, unless \p context is gone by then; with \p context the process ends. Whatever the
//! text is, it may be a token.
void readCodes(const QString &program, const QByteArray &picture, QObject *context, CodesHandler handler);

//! countersign-codereader beside this program.
QString codeReaderProgram();

} // namespace Countersign::App
