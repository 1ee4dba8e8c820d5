// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QStringList>

#include <initializer_list>
#include <utility>

namespace Countersign {

//! A set of scopes. Order and repetition carry no meaning; letter case does. Spec: RFC 6749 §3.3.
class COUNTERSIGN_EXPORT ScopeSet
{
public:
    ScopeSet() = default;
    ScopeSet(std::initializer_list<QString> scopes);
    explicit ScopeSet(const QStringList &scopes);
    //! Splits at spaces, as the `scope` parameter is written.
    static ScopeSet parse(QStringView text);

    bool isEmpty() const { return m_scopes.isEmpty(); }
    qsizetype size() const { return m_scopes.size(); }
    bool contains(const QString &scope) const;
    //! Whether every scope of \p other is in this set.
    bool contains(const ScopeSet &other) const;
    ScopeSet united(const ScopeSet &other) const;
    ScopeSet without(const ScopeSet &other) const;

    //! Ascending by code unit: upper case before lower case, as MSAL sends and stores them.
    const QStringList &sorted() const & { return m_scopes; }
    QStringList sorted() && { return std::move(m_scopes); }
    //! The sorted scopes, separated by single spaces.
    QString toString() const;

    friend bool operator==(const ScopeSet &, const ScopeSet &) = default;
    friend size_t qHash(const ScopeSet &scopes, size_t seed = 0) noexcept { return qHash(scopes.m_scopes, seed); }

private:
    QStringList m_scopes; // sorted, each once, none empty
};

} // namespace Countersign
