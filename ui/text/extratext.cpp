// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/extratext.h"

#include "text/foreigntext.h"

#include <QtCore/QCoreApplication>

namespace Countersign::Desktop {

namespace {

struct ExtraWords
{
    Q_DECLARE_TR_FUNCTIONS(ExtraParameters)
};

} // namespace

QString flawText(const ExtraParameterText &read)
{
    const auto culprit = isolated(read.culprit, 60);
    switch (read.flaw) {
    case ExtraParameterText::Flaw::None: return {};
    case ExtraParameterText::Flaw::NoName:
        return ExtraWords::tr("Extra parameters: “%1” is not name=value.").arg(culprit);
    case ExtraParameterText::Flaw::BadName:
        return ExtraWords::tr("Extra parameters: the name “%1” contains a space.").arg(culprit);
    case ExtraParameterText::Flaw::SetByLibrary:
        return ExtraWords::tr("Extra parameters: %1 protects the sign-in and is always set by Countersign itself.")
            .arg(culprit);
    case ExtraParameterText::Flaw::HasOwnMember:
        return ExtraWords::tr("Extra parameters: %1 has a field of its own.").arg(culprit);
    case ExtraParameterText::Flaw::Repeated: return ExtraWords::tr("Extra parameters: %1 is there twice.").arg(culprit);
    }
    Q_UNREACHABLE();
}

} // namespace Countersign::Desktop
