// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The shells whose completions are a table that their own code looks up.
#include "completionmodel.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What stands in the table as the value of \p option: words, or what the script has to look up.
QString valueOf(const OptionDescription &option)
{
    if (!option.choices.isEmpty() || option.value.isEmpty())
        return option.choices.join(u' ');
    switch (option.offer) {
    case OptionDescription::Offer::Nothing: break;
    case OptionDescription::Offer::Files: return u"<files>"_s;
    case OptionDescription::Offer::Profiles: return u"<profiles>"_s;
    }
    return u"<nothing>"_s;
}

// PowerShell ------------------------------------------------------------------------------------------

QString pwshQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"''"_s) + u'\'';
}

QString pwshEntry(const QString &word, const QString &help, const QString &value)
{
    return u"            ,@(%1, %2, %3)\n"_s.arg(pwshQuoted(word), pwshQuoted(help.isEmpty() ? word : help),
                                                 pwshQuoted(value));
}

QString pwshOptions(const QList<OptionDescription> &options)
{
    QString text;
    for (const auto &option : options) {
        for (const auto &name : option.names) {
            if (!option.isPositional)
                text += pwshEntry(name, option.help, valueOf(option));
        }
    }
    return text;
}

QString pwshPlace(const CompletionPlace &place)
{
    QString text = u"        %1 = @(\n"_s.arg(pwshQuoted(place.path));
    for (const auto &[name, summary] : place.verbs)
        text += pwshEntry(name, summary, {});
    return text + pwshOptions(place.options) + u"        )\n"_s;
}

} // namespace

QByteArray powerShellCompletion(const CompletionModel &model)
{
    QString table;
    for (const auto &place : model.places)
        table += pwshPlace(place);
    const auto script = uR"(# PowerShell completion for countersign

Register-ArgumentCompleter -Native -CommandName countersign -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $places = @{
@PLACES@    }
    $global = @(
@GLOBAL@    )
    $path = ''
    $previous = ''
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        $word = $element.ToString()
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $next = "$path $word".Trim()
        if ($places.ContainsKey($next)) { $path = $next }
        $previous = $word
    }
    $entries = @($places[$path]) + $global
    foreach ($entry in $entries) {
        if ($entry[0] -eq $previous -and $entry[2] -ne '') {
            # Without an answer PowerShell offers files by itself.
            if ($entry[2] -eq '<files>' -or $entry[2] -eq '<nothing>') { return }
            if ($entry[2] -eq '<profiles>') {
                & $commandAst.CommandElements[0].ToString() profile list -o jsonl --query id 2>$null |
                    Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                    }
                return
            }
            $entry[2].Split(' ') | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
            return
        }
    }
    $entries | Where-Object { $_[0] -like "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterName', $_[1])
    }
}
)"_s;
    return QString(script).replace("@PLACES@"_L1, table).replace("@GLOBAL@"_L1, pwshOptions(model.global)).toUtf8();
}

namespace {

// Elvish ----------------------------------------------------------------------------------------------

//! One word with its help and the values it takes; a single quote is doubled as in PowerShell.
QString elvishEntry(const QString &word, const QString &help, const QString &value)
{
    return u" [%1 %2 %3]"_s.arg(pwshQuoted(word), pwshQuoted(help.isEmpty() ? word : help), pwshQuoted(value));
}

QString elvishOptions(const QList<OptionDescription> &options)
{
    QString text;
    for (const auto &option : options) {
        for (const auto &name : option.names) {
            if (!option.isPositional)
                text += elvishEntry(name, option.help, valueOf(option));
        }
    }
    return text;
}

} // namespace

QByteArray elvishCompletion(const CompletionModel &model)
{
    QString table;
    for (const auto &place : model.places) {
        table += u"  &%1=["_s.arg(pwshQuoted(place.path));
        for (const auto &[name, summary] : place.verbs)
            table += elvishEntry(name, summary, {});
        table += elvishOptions(place.options) + u" ]\n"_s;
    }
    const auto script = uR"(# Elvish completion for countersign

use str

var countersign-places = [
@PLACES@]
var countersign-global = [@GLOBAL@ ]
set edit:completion:arg-completer[countersign] = {|@words|
  var path = ''
  for word $words[1..-1] {
    var next = (str:trim-space $path' '$word)
    if (has-key $countersign-places $next) { set path = $next }
  }
  var entries = [(all $countersign-places[$path]) (all $countersign-global)]
  var values = ''
  if (> (count $words) 2) {
    for entry $entries {
      if (and (eq $entry[0] $words[-2]) (not-eq $entry[2] '')) { set values = $entry[2] }
    }
  }
  if (eq $values '<files>') {
    edit:complete-filename $words[-1]
  } elif (eq $values '<profiles>') {
    try { e:countersign profile list -o jsonl --query id 2>/dev/null | from-lines } catch failed { }
  } elif (eq $values '<nothing>') {
    nop
  } elif (not-eq $values '') {
    str:split ' ' $values
  } else {
    for entry $entries { edit:complex-candidate $entry[0] &display=$entry[0]'  '$entry[1] }
  }
}
)"_s;
    return QString(script).replace("@PLACES@"_L1, table).replace("@GLOBAL@"_L1, elvishOptions(model.global)).toUtf8();
}

} // namespace Countersign::Cli
