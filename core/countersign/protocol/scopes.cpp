// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/scopes.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

Result<void> checkScopes(const ScopeSet &scopes)
{
    for (const auto &scope : scopes.sorted()) {
        // RFC 6749 §3.3: %x21 / %x23-5B / %x5D-7E.
        const bool fine = std::all_of(scope.begin(), scope.end(),
                                      [](QChar c) { return c > u' ' && c <= u'~' && c != u'"' && c != u'\\'; });
        if (!fine)
            return Error{ErrorCode::InvalidArgument, u"a scope contains a character that scopes must not have"_s};
    }
    return {};
}

} // namespace

const ScopeSet &reservedScopes()
{
    static const ScopeSet reserved{u"openid"_s, u"profile"_s, u"offline_access"_s};
    return reserved;
}

Result<ScopeSet> decorateScopes(const Authority &authority, const ScopeSet &scopes, const ScopePolicy &policy)
{
    if (const auto checked = checkScopes(scopes); !checked)
        return checked.error();
    if (!authority.isMicrosoft()) {
        ScopeSet all = scopes;
        if (policy.wantsIdToken)
            all = all.united({u"openid"_s});
        if (policy.wantsRefreshToken)
            all = all.united({u"offline_access"_s});
        return all.without(policy.excluded);
    }
    for (const auto &scope : reservedScopes().sorted()) {
        if (scopes.contains(scope))
            return Error{ErrorCode::InvalidArgument,
                         u"'%1' is asked for by the library itself: leave it out"_s.arg(scope)};
    }
    if (policy.excluded.contains(u"openid"_s))
        return Error{ErrorCode::InvalidArgument, u"'openid' cannot be excluded: without it nobody is signed in"_s};
    return scopes.united(reservedScopes()).without(policy.excluded);
}

Result<ScopeSet> scopesForRefresh(const Authority &authority, const ScopeSet &scopes, const ScopeSet &granted,
                                  const ScopePolicy &policy)
{
    if (authority.isMicrosoft())
        return decorateScopes(authority, scopes, policy);
    if (const auto checked = checkScopes(scopes); !checked)
        return checked.error();
    if (scopes.isEmpty() || granted.isEmpty())
        return ScopeSet{};
    // RFC 6749 §6: nothing that was not granted before. What the refresh token carries is kept by naming it again.
    const ScopeSet reservedAndGranted = reservedScopes().without(reservedScopes().without(granted));
    const ScopeSet wanted = scopes.without(scopes.without(granted));
    if (wanted != scopes.without(reservedScopes().without(granted)))
        return ScopeSet{};
    return wanted.united(reservedAndGranted).without(policy.excluded);
}

} // namespace Countersign::Protocol
