// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QDebug>

#include <cstddef>
#include <span>
#include <utility>

namespace Countersign {

//! Bytes that must not be seen: a token, a code, a verifier, a key. It moves, it does not copy, it prints its length,
//! and reading it is one greppable word.
//!
//! Secrets: one of up to 64 KiB lives in OpenSSL's secure heap (not swapped, not dumped) while there is room; a larger
//! one
//!          on OpenSSL's heap, or from 8 MiB on in pages of its own, not dumped on Linux. Wiped on destruction in any
//!          case.
class COUNTERSIGN_EXPORT Secret
{
public:
    Secret() = default;
    //! Takes the bytes out of \p bytes and wipes them there. \p bytes must not be shared with another QByteArray.
    explicit Secret(QByteArray &&bytes);
    //! For sources that are not ours to wipe (a view into a parsed document).
    static Secret copyOf(QByteArrayView bytes);
    //! \p size zero bytes, to be filled in place through writable(): no copy to wipe afterwards.
    static Secret ofSize(qsizetype size);
    ~Secret() { clear(); }

    Secret(Secret &&other) noexcept
        : m_bytes(std::exchange(other.m_bytes, nullptr)), m_size(std::exchange(other.m_size, 0))
    {
    }
    Secret &operator=(Secret &&other) noexcept
    {
        if (this != &other) {
            clear();
            m_bytes = std::exchange(other.m_bytes, nullptr);
            m_size = std::exchange(other.m_size, 0);
        }
        return *this;
    }
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    //! A second copy, on purpose and by name.
    [[nodiscard]] Secret clone() const { return copyOf(reveal()); }
    //! The bytes themselves. Valid as long as this object is neither moved from nor destroyed.
    QByteArrayView reveal() const { return {m_bytes, static_cast<qsizetype>(m_size)}; }
    //! The same bytes for whoever makes them. Valid as long as reveal() is.
    std::span<std::byte> writable() { return std::as_writable_bytes(std::span(m_bytes, m_size)); }
    qsizetype size() const { return static_cast<qsizetype>(m_size); }
    bool isEmpty() const { return m_size == 0; }
    void clear();

    //! In constant time.
    friend COUNTERSIGN_EXPORT bool operator==(const Secret &a, const Secret &b);
    friend QDebug operator<<(QDebug out, const Secret &secret)
    {
        const QDebugStateSaver saver(out);
        return out.nospace() << "<secret, " << secret.size() << " bytes>";
    }

private:
    static Secret uninitialized(qsizetype size);

    char *m_bytes = nullptr;
    std::size_t m_size = 0;
};

//! Sets up the secure heap, and OpenSSL to clean up nothing at exit. Without it secrets lie on the ordinary heap and
//! are only wiped.
//!
//! Thread: call once, early in main(), before the first Secret.
COUNTERSIGN_EXPORT void initializeSecureHeap();

} // namespace Countersign
