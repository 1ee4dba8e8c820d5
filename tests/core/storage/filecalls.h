// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Countersign::Test {

//! A call that changes a file or flushes it, with names as seen from the watched folder; or a message on a bus.
struct FileCall
{
    QByteArray name; // write, fsync, rename, unlink, sendmsg
    QString from; // of a rename
    QString to;
    bool isFolder = false;
};

//! While it lives, this process's calls below one folder are noted. The tests put their own functions in front of the C
//! library's for it, so that every caller is seen. One at a time. Linux only.
class FileCalls
{
public:
    //! The process kills itself before the call number \p dieBefore, counted from 0; never if that is negative.
    explicit FileCalls(const QString &folder, int dieBefore = -1);
    ~FileCalls();
    Q_DISABLE_COPY_MOVE(FileCalls)

    QList<FileCall> list() const;
};

} // namespace Countersign::Test
