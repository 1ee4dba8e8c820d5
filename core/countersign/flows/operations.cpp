// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/operations.h>

using namespace Qt::StringLiterals;

namespace Countersign {

QString identifier(SignOutStep::Kind kind)
{
    switch (kind) {
    case SignOutStep::Kind::Revocation: return u"revocation"_s;
    case SignOutStep::Kind::EndSession: return u"end_session"_s;
    case SignOutStep::Kind::LocalRemoval: return u"local_removal"_s;
    }
    Q_UNREACHABLE();
}

QString identifier(SignOutStep::Outcome outcome)
{
    switch (outcome) {
    case SignOutStep::Outcome::Done: return u"done"_s;
    case SignOutStep::Outcome::NotSupported: return u"not_supported"_s;
    case SignOutStep::Outcome::NotWanted: return u"not_wanted"_s;
    case SignOutStep::Outcome::Failed: return u"failed"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Countersign
