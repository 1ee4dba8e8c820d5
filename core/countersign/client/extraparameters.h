// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profile.h>

namespace Countersign {

//! Extra parameters of a sign-in as a person writes them, one a line: `name=value`. White space around both is left
//! out, empty lines count as nothing.
struct ExtraParameterText
{
    enum class Flaw : quint8 {
        None,
        NoName, //!< a line without "name="
        BadName, //!< a name with white space or a control character
        SetByLibrary, //!< it would undo a protection; see Protocol::isOwnParameter()
        HasOwnMember, //!< there is a field for it; see Protocol::hasOwnMember()
        Repeated, //!< RFC 6749 §3.1
    };
    QList<ExtraParameter> parameters; //!< those before the flaw
    Flaw flaw = Flaw::None;
    QString culprit; //!< the name, or the line, that the flaw is about

    [[nodiscard]] COUNTERSIGN_EXPORT static ExtraParameterText parse(QStringView text);
    //! The text that parse() reads.
    COUNTERSIGN_EXPORT static QString write(const QList<ExtraParameter> &parameters);
};

//! \p parameters with those of \p over; of the same name only the latter.
[[nodiscard]] COUNTERSIGN_EXPORT QList<ExtraParameter> mergedParameters(QList<ExtraParameter> parameters,
                                                                        const QList<ExtraParameter> &over);

} // namespace Countersign
