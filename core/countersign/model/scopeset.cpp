// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/scopeset.h>

#include <algorithm>

namespace Countersign {

ScopeSet::ScopeSet(const QStringList &scopes)
{
    // One text may hold several, as configuration files often write them.
    for (const auto &text : scopes)
        m_scopes += text.split(u' ', Qt::SkipEmptyParts);
    std::sort(m_scopes.begin(), m_scopes.end());
    m_scopes.erase(std::unique(m_scopes.begin(), m_scopes.end()), m_scopes.end());
}

ScopeSet::ScopeSet(std::initializer_list<QString> scopes) : ScopeSet(QStringList(scopes))
{
}

ScopeSet ScopeSet::parse(QStringView text)
{
    return ScopeSet(QStringList{text.toString()});
}

bool ScopeSet::contains(const QString &scope) const
{
    return std::binary_search(m_scopes.begin(), m_scopes.end(), scope);
}

bool ScopeSet::contains(const ScopeSet &other) const
{
    return std::includes(m_scopes.begin(), m_scopes.end(), other.m_scopes.begin(), other.m_scopes.end());
}

ScopeSet ScopeSet::united(const ScopeSet &other) const
{
    return ScopeSet(m_scopes + other.m_scopes);
}

ScopeSet ScopeSet::without(const ScopeSet &other) const
{
    ScopeSet rest;
    std::set_difference(m_scopes.begin(), m_scopes.end(), other.m_scopes.begin(), other.m_scopes.end(),
                        std::back_inserter(rest.m_scopes));
    return rest;
}

QString ScopeSet::toString() const
{
    return m_scopes.join(u' ');
}

} // namespace Countersign
