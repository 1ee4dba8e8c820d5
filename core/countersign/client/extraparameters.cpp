// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/extraparameters.h>

#include <countersign/protocol/ownparameters.h>

#include <algorithm>

namespace Countersign {

namespace {

bool isNameCharacter(QChar c)
{
    return !c.isSpace() && c.category() != QChar::Other_Control;
}

} // namespace

ExtraParameterText ExtraParameterText::parse(QStringView text)
{
    ExtraParameterText read;
    const auto refuse = [&read](Flaw flaw, QStringView culprit) {
        read.flaw = flaw;
        read.culprit = culprit.toString();
        return read;
    };
    for (const auto whole : text.split(u'\n', Qt::SkipEmptyParts)) {
        const auto line = whole.trimmed();
        if (line.isEmpty())
            continue;
        const auto equals = line.indexOf(u'=');
        const auto name = equals < 0 ? QStringView() : line.first(equals).trimmed();
        if (name.isEmpty())
            return refuse(Flaw::NoName, line);
        if (!std::all_of(name.begin(), name.end(), isNameCharacter))
            return refuse(Flaw::BadName, name);
        if (Protocol::isOwnParameter(name))
            return refuse(Flaw::SetByLibrary, name);
        if (Protocol::hasOwnMember(name))
            return refuse(Flaw::HasOwnMember, name);
        const bool isRepeated = std::any_of(read.parameters.cbegin(), read.parameters.cend(),
                                            [name](const ExtraParameter &known) { return known.name == name; });
        if (isRepeated)
            return refuse(Flaw::Repeated, name);
        read.parameters.append({name.toString(), line.sliced(equals + 1).trimmed().toString()});
    }
    return read;
}

QString ExtraParameterText::write(const QList<ExtraParameter> &parameters)
{
    QStringList lines;
    for (const auto &[name, value] : parameters)
        lines.append(name + u'=' + value);
    return lines.join(u'\n');
}

QList<ExtraParameter> mergedParameters(QList<ExtraParameter> parameters, const QList<ExtraParameter> &over)
{
    for (const auto &added : over) {
        parameters.removeIf([&added](const ExtraParameter &known) { return known.name == added.name; });
        parameters.append(added);
    }
    return parameters;
}

} // namespace Countersign
