// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "completion.h"

#include "completionmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Place = CompletionPlace;
using Model = CompletionModel;

Model modelOf(const CommandLine &commandLine)
{
    const auto verbs = commandLine.describe();
    const auto isOutput = [](const OptionDescription &option) { return option.names.contains(u"--output"_s); };
    Model model{{Place{}}, commandLine.globalOptions()};
    const auto output = *std::find_if(model.global.begin(), model.global.end(), isOutput);
    model.global.removeIf([&](const OptionDescription &option) {
        return isOutput(option) || option.names.contains(u"--help"_s); // each verb has its own --help
    });
    for (const auto &verb : verbs) {
        auto options = verb.options;
        options.append(output);
        options.last().choices = verb.verb->answerFormats();
        model.places.append({verb.path.join(u' '), {}, options});
        for (const auto &option : verb.options) {
            // The words an argument may be are offered as verbs are.
            for (const auto &word : option.isPositional ? option.choices : QStringList())
                model.places.last().verbs.append({word, option.help});
        }
    }
    for (const auto &verb : verbs) {
        const auto parent = verb.path.mid(0, verb.path.size() - 1).join(u' ');
        for (auto &place : model.places) {
            if (place.path == parent)
                place.verbs.append({verb.path.last(), verb.verb->summary()});
        }
    }
    return model;
}

QStringList optionNames(const QList<OptionDescription> &options)
{
    QStringList names;
    for (const auto &option : options) {
        if (!option.isPositional)
            names += option.names;
    }
    return names;
}

QStringList verbNames(const Place &place)
{
    QStringList names;
    for (const auto &[name, summary] : place.verbs)
        names.append(name);
    return names;
}

QString inSingleQuotes(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

// bash ------------------------------------------------------------------------------------------------

//! The function of the script that offers what \p option takes.
QString bashOffer(const OptionDescription &option)
{
    if (!option.choices.isEmpty())
        return u"words "_s + inSingleQuotes(option.choices.join(u' '));
    switch (option.offer) {
    case OptionDescription::Offer::Nothing: break;
    case OptionDescription::Offer::Files: return u"files"_s;
    case OptionDescription::Offer::Profiles: return u"profiles"_s;
    }
    return u":"_s;
}

//! The same for what a place without verbs takes that is no option.
QString bashArgument(const Place &place)
{
    const auto argument = std::find_if(place.options.begin(), place.options.end(),
                                       [](const OptionDescription &option) { return option.isPositional; });
    return argument == place.options.end() || !place.verbs.isEmpty() ? u":"_s : bashOffer(*argument);
}

QString bashValue(const OptionDescription &option, const QString &path)
{
    if (option.isPositional || option.value.isEmpty())
        return {};
    QStringList patterns;
    for (const auto &name : option.names)
        patterns.append(path + u':' + name);
    return u"        %1) %2; return ;;\n"_s.arg(patterns.join(u'|'), bashOffer(option));
}

//! "path:option|path:option) words": what an option's value may be.
QString bashValues(const Model &model)
{
    QString text;
    for (const auto &place : model.places) {
        for (const auto &option : place.options)
            text += bashValue(option, inSingleQuotes(place.path));
    }
    for (const auto &option : model.global)
        text += bashValue(option, u"*"_s);
    return text;
}

QString bashPlaces(const Model &model)
{
    QString text;
    for (const auto &place : model.places)
        text += u"        '%1') verbs='%2' options='%3' argument=%4 ;;\n"_s.arg(
            place.path, verbNames(place).join(u' '), optionNames(place.options).join(u' '), bashArgument(place));
    return text;
}

QString bashPaths(const Model &model)
{
    QStringList paths;
    for (const auto &place : model.places) {
        if (!place.path.isEmpty())
            paths.append(u'\'' + place.path + u'\'');
    }
    return paths.join(u'|');
}

QString bashScript(const Model &model)
{
    const auto script = uR"bash(# bash completion for countersign

_countersign() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local path='' next word i verbs options argument=:
    words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }
    files() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); }
    profiles() { words "$("${COMP_WORDS[0]}" @LIST@)"; }
    # bash takes --option=value apart at the sign.
    if [[ $current == '=' ]]; then
        current=''
    elif [[ $previous == '=' ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; ++i)); do
        word=${COMP_WORDS[i]}
        next="${path:+$path }$word"
        case "$next" in
        @PATHS@) path=$next ;;
        esac
    done
    case "$path:$previous" in
@VALUES@    esac
    case "$path" in
@PLACES@    esac
    if [[ $current == -* ]]; then
        words "$options @GLOBAL@"
    elif [[ $current == @* ]]; then
        mapfile -t COMPREPLY < <(compgen -P @ -f -- "${current#@}")
    elif [[ -n $verbs ]]; then
        words "$verbs"
    else
        $argument
    fi
}
complete -F _countersign countersign
)bash"_s;
    return QString(script)
        .replace("@LIST@"_L1, QLatin1StringView(profileList))
        .replace("@PATHS@"_L1, bashPaths(model))
        .replace("@VALUES@"_L1, bashValues(model))
        .replace("@PLACES@"_L1, bashPlaces(model))
        .replace("@GLOBAL@"_L1, optionNames(model.global).join(u' '));
}

// zsh -------------------------------------------------------------------------------------------------

//! "name:summary" for _describe, which splits at the first colon that is not escaped.
QString zshPair(const QString &name, const QString &summary)
{
    return inSingleQuotes(QString(name).replace(u':', u"\\:"_s) + u':' + summary);
}

QString zshOptions(const QList<OptionDescription> &options)
{
    QString text;
    for (const auto &option : options) {
        for (const auto &name : option.names) {
            if (!option.isPositional)
                text += u' ' + zshPair(name, option.help);
        }
    }
    return text;
}

QString zshPlace(const Place &place)
{
    QString text = u"    '%1')\n        verbs=("_s.arg(place.path);
    for (const auto &[name, summary] : place.verbs)
        text += u' ' + zshPair(name, summary);
    // What is called files for bash is a function of zsh's own.
    return text + u" )\n        options=("_s + zshOptions(place.options) + u" )\n        argument="_s
        + bashArgument(place).replace("files"_L1, "_files"_L1) + u"\n        ;;\n"_s;
}

QString zshScript(const Model &model)
{
    QString cases;
    for (const auto &place : model.places)
        cases += zshPlace(place);
    const auto script = uR"zsh(#compdef countersign
# zsh completion for countersign

_countersign() {
    local place='' next word i argument=:
    local -a verbs options
    values() { compadd -- ${=1} }
    profiles() { compadd -- ${(f)"$("${words[1]}" @LIST@)"} }
    for ((i = 2; i < CURRENT; ++i)); do
        word=${words[i]}
        next="${place:+$place }$word"
        case "$next" in
        @PATHS@) place=$next ;;
        esac
    done
    case "$place:${words[CURRENT-1]}" in
@VALUES@    esac
    case "$place" in
@PLACES@    esac
    if [[ ${words[CURRENT]} == -* ]]; then
        options+=(@GLOBAL@ )
        _describe -o option options
    elif [[ ${words[CURRENT]} == @* ]]; then
        compset -P @
        _files
    elif (( ${#verbs} )); then
        _describe verb verbs
    else
        $argument
    fi
}
if [[ $funcstack[1] == _countersign ]]; then
    _countersign "$@"
else
    compdef _countersign countersign
fi
)zsh"_s;
    return QString(script)
        .replace("@LIST@"_L1, QLatin1StringView(profileList))
        .replace("@PATHS@"_L1, bashPaths(model))
        .replace("@VALUES@"_L1,
                 bashValues(model).replace(") words '"_L1, ") values '"_L1).replace(") files;"_L1, ") _files;"_L1))
        .replace("@PLACES@"_L1, cases)
        .replace("@GLOBAL@"_L1, zshOptions(model.global));
}

// fish ------------------------------------------------------------------------------------------------

QString fishQuoted(QString text)
{
    return u'\'' + text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

QString fishOffer(const OptionDescription &option)
{
    switch (option.offer) {
    case OptionDescription::Offer::Nothing: break;
    case OptionDescription::Offer::Files: return u" -r -F"_s;
    case OptionDescription::Offer::Profiles:
        return u" -x -a "_s + fishQuoted(u"(countersign %1)"_s.arg(QLatin1StringView(profileList)));
    }
    return u" -x"_s;
}

QString fishOption(const OptionDescription &option, const QString &condition)
{
    QString line = u"complete -c countersign"_s;
    if (!condition.isEmpty())
        line += u" -n "_s + fishQuoted(condition);
    for (const auto &name : option.names)
        line += name.startsWith("--"_L1) ? u" -l "_s + name.mid(2) : u" -s "_s + name.mid(1);
    if (!option.choices.isEmpty())
        line += u" -x -a "_s + fishQuoted(option.choices.join(u' '));
    else if (!option.value.isEmpty())
        line += fishOffer(option);
    return line + u" -d "_s + fishQuoted(option.help) + u'\n';
}

QString fishScript(const Model &model)
{
    QString script = uR"(# fish completion for countersign

function __countersign_path
    set -l path ''
    for word in (commandline -opc)[2..]
        set -l next (string trim -- "$path $word")
        contains -- $next @PATHS@; and set path $next
    end
    echo $path
end
function __countersign_at
    test (__countersign_path) = "$argv"
end
complete -c countersign -f
)"_s;
    script.replace("@PATHS@"_L1, bashPaths(model).replace(u'|', u' '));
    for (const auto &place : model.places) {
        const QString condition = u"__countersign_at "_s + (place.path.isEmpty() ? u"''"_s : place.path);
        for (const auto &[name, summary] : place.verbs)
            script +=
                u"complete -c countersign -n %1 -a %2 -d %3\n"_s.arg(fishQuoted(condition), name, fishQuoted(summary));
        for (const auto &option : place.options) {
            if (!option.isPositional)
                script += fishOption(option, condition);
            else if (place.verbs.isEmpty() && option.offer != OptionDescription::Offer::Nothing)
                script += u"complete -c countersign -n "_s + fishQuoted(condition)
                    + fishOffer(option).replace(" -r"_L1, QString()) + u'\n';
        }
    }
    for (const auto &option : model.global)
        script += fishOption(option, {});
    return script;
}

} // namespace

QStringList completionShells()
{
    return {u"bash"_s, u"zsh"_s, u"fish"_s, u"pwsh"_s, u"elvish"_s};
}

QByteArray completionScript(const CommandLine &commandLine, const QString &shell)
{
    const auto model = modelOf(commandLine);
    if (shell == "bash"_L1)
        return bashScript(model).toUtf8();
    if (shell == "zsh"_L1)
        return zshScript(model).toUtf8();
    if (shell == "fish"_L1)
        return fishScript(model).toUtf8();
    if (shell == "elvish"_L1)
        return elvishCompletion(model);
    return shell == "pwsh"_L1 ? powerShellCompletion(model) : QByteArray();
}

} // namespace Countersign::Cli
