// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace Countersign {

//! A value or the reason why there is none. There is no empty state, and nothing is thrown.
//!
//! The member names are those of std::expected on purpose: the alias is one line once the floor allows C++23.
template <typename T> class [[nodiscard]] Result
{
    static_assert(!std::is_same_v<std::remove_cv_t<T>, Error>, "a Result of an Error cannot be told from a failure");
    static_assert(!std::is_reference_v<T>);

public:
    using value_type = T;

    // Implicit on purpose: `return value;` and `return Error{…};` are the only ways a Result is made.
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) { } // NOLINT(google-explicit-constructor)
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) { } // NOLINT(google-explicit-constructor)

    bool hasValue() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return hasValue(); }

    const T &value() const & { return get(m_state); }
    T &value() & { return get(m_state); }
    T &&value() && { return std::move(get(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

    const Error &error() const &
    {
        Q_ASSERT(!hasValue());
        return *std::get_if<1>(&m_state);
    }
    Error &&error() &&
    {
        Q_ASSERT(!hasValue());
        return std::move(*std::get_if<1>(&m_state));
    }

    friend bool operator==(const Result &a, const Result &b) requires std::equality_comparable<T>
    {
        return a.m_state == b.m_state;
    }

private:
    template <typename State> static auto &get(State &state)
    {
        Q_ASSERT(state.index() == 0);
        return *std::get_if<0>(&state);
    }

    std::variant<T, Error> m_state;
};

//! Success without a value, or the reason why not.
template <> class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : m_error(std::move(error)) { } // NOLINT(google-explicit-constructor) as above

    bool hasValue() const noexcept { return !m_error.has_value(); }
    explicit operator bool() const noexcept { return hasValue(); }
    const Error &error() const
    {
        Q_ASSERT(m_error.has_value());
        return *m_error;
    }

    friend bool operator==(const Result &, const Result &) = default;

private:
    std::optional<Error> m_error;
};

} // namespace Countersign
