// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <csignal>
#include <sys/resource.h>

namespace Countersign::Test {

//! While it lives, no file of this process may grow beyond \p limit bytes: what a full disk does to a writer, for
//! anybody to inject. Unix only.
class FullDisk
{
public:
    explicit FullDisk(rlim_t limit = 0)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_old);
        rlimit tiny = m_old;
        tiny.rlim_cur = limit;
        ::setrlimit(RLIMIT_FSIZE, &tiny);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_old); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_old = {};
};

} // namespace Countersign::Test
