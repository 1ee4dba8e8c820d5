// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "optionset.h"

#include "text.h"
#include "words.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Strings = std::vector<std::string>;

//! What completions offer after an option: CLI11 has no other place to keep it.
std::string typeName(const QStringList &allowed)
{
    return allowed.join(u'|').toStdString();
}

auto appendTo(QStringList &target)
{
    return [&target](const Strings &values) {
        for (const auto &value : values)
            target.append(QString::fromStdString(value));
    };
}

bool isPositional(const char *names)
{
    return *names != '-';
}

//! A word like 5x is found again by the option that it was given to.
QString ofOption(const char *names, const QString &what)
{
    return QString::fromLatin1(names).section(u',', -1) + u": "_s + what;
}

} // namespace

CLI::Option *OptionSet::finished(CLI::Option *option) const
{
    if (m_isHidden)
        option->group(hiddenGroup);
    return option;
}

OptionSet OptionSet::hidden() const
{
    OptionSet copy = *this;
    copy.m_isHidden = true;
    return copy;
}

void OptionSet::flag(const char *names, bool &target, const QString &help)
{
    finished(m_app->add_flag(names, target, help.toStdString()));
}

void OptionSet::refuseBlank(const char *names, const QString &value) const
{
    if (value.trimmed().isEmpty())
        *m_wrongValue = Text::tr("The value of %1 is empty.").arg(QString::fromLatin1(names).section(u',', -1));
}

// CLI11 fills standard strings; ours are Qt's.
void OptionSet::text(const char *names, QString &target, const QString &help)
{
    if (isPositional(names))
        return filledText(names, target, help);
    finished(m_app->add_option_function<std::string>(
        names, [&target](const std::string &value) { target = QString::fromStdString(value); }, help.toStdString()));
}

CLI::Option *OptionSet::addFilled(const char *names, QString &target, const QString &help)
{
    return finished(m_app->add_option_function<std::string>(
        names,
        [&target, names, set = *this](const std::string &value) {
            target = QString::fromStdString(value);
            set.refuseBlank(names, target);
        },
        help.toStdString()));
}

void OptionSet::filledText(const char *names, QString &target, const QString &help)
{
    addFilled(names, target, help);
}

void OptionSet::file(const char *names, QString &target, const QString &help)
{
    addFilled(names, target, help)->type_name(fileType);
}

void OptionSet::profile(const char *names, QString &target, const QString &help)
{
    addFilled(names, target, help)->type_name(profileType);
}

void OptionSet::texts(const char *names, QStringList &target, const QString &help)
{
    finished(m_app->add_option_function<Strings>(names, appendTo(target), help.toStdString()))->allow_extra_args(false);
}

void OptionSet::words(const char *names, QStringList &target, const QString &help)
{
    finished(m_app->add_option_function<Strings>(
                 names,
                 [&target](const Strings &values) {
                     for (const auto &value : values)
                         target.append(QString::fromStdString(value).split(u' ', Qt::SkipEmptyParts));
                 },
                 help.toStdString()))
        ->allow_extra_args(false);
}

void OptionSet::pair(const char *names, QStringList &target, const QString &values, const QString &help)
{
    // The last one counts, as of any option that is no list.
    finished(m_app->add_option_function<Strings>(
                 names,
                 [&target](const Strings &words) {
                     target.clear();
                     appendTo(target)(words);
                 },
                 help.toStdString()))
        ->expected(2)
        ->allow_extra_args(false)
        ->type_name(values.toStdString());
}

void OptionSet::rest(const char *name, QStringList &target, const QString &help)
{
    // Of another program's words only the first, its name, is known not to be empty.
    finished(m_app->add_option_function<Strings>(
                 name,
                 [&target, name, set = *this](const Strings &values) {
                     appendTo(target)(values);
                     set.refuseBlank(name, target.value(0));
                 },
                 help.toStdString()))
        ->type_name(fileType);
}

void OptionSet::wordsOf(const char *names, QString &target, const QStringList &allowed, const QString &help)
{
    finished(m_app->add_option_function<std::string>(
                 names,
                 [&target, names, allowed, wrong = m_wrongValue](const std::string &value) {
                     target = QString::fromStdString(value);
                     for (const auto &word : target.split(u' ', Qt::SkipEmptyParts)) {
                         if (!allowed.contains(word))
                             *wrong = ofOption(names, notOneOf(word, allowed));
                     }
                 },
                 help.toStdString()))
        ->type_name(typeName(allowed));
}

void OptionSet::choice(const char *names, QString &target, const QStringList &allowed, const QString &help)
{
    finished(m_app->add_option_function<std::string>(
                 names,
                 [&target, names, allowed, wrong = m_wrongValue](const std::string &value) {
                     target = QString::fromStdString(value);
                     if (!allowed.contains(target))
                         *wrong = ofOption(names, notOneOf(target, allowed));
                 },
                 help.toStdString()))
        ->type_name(typeName(allowed));
}

void OptionSet::choices(const char *names, QStringList &target, const QStringList &allowed, const QString &help,
                        const QMap<QString, QString> &refused)
{
    finished(m_app->add_option_function<Strings>(
                 names,
                 [&target, names, allowed, refused, wrong = m_wrongValue](const Strings &values) {
                     for (const auto &value : values) {
                         target.append(QString::fromStdString(value));
                         if (!allowed.contains(target.last()))
                             *wrong = refused.value(target.last(), ofOption(names, notOneOf(target.last(), allowed)));
                     }
                 },
                 help.toStdString()))
        ->allow_extra_args(false)
        ->type_name(typeName(allowed));
}

void OptionSet::number(const char *names, std::optional<qint64> &target, const QString &help)
{
    const bool isOfSecret = QByteArrayView(names).endsWith("secret-fd");
    finished(m_app->add_option_function<std::string>(
                 names,
                 [&target, names, isOfSecret, wrong = m_wrongValue](const std::string &value) {
                     bool ok = false;
                     const auto text = QString::fromStdString(value);
                     target = text.toLongLong(&ok, text.startsWith("0x"_L1) ? 16 : 10);
                     // Somebody may have written the secret itself in place of its descriptor.
                     if (!ok)
                         *wrong = isOfSecret
                             ? Text::tr("%1 needs the number of an open file.").arg(QLatin1StringView(names))
                             : ofOption(names, Text::tr("'%1' is no whole number.").arg(text));
                 },
                 help.toStdString()))
        ->type_name("NUMBER");
}

void OptionSet::span(const char *names, std::function<void(std::chrono::milliseconds)> take, const QString &help)
{
    finished(m_app->add_option_function<std::string>(
                 names,
                 [names, take = std::move(take), wrong = m_wrongValue](const std::string &value) {
                     const auto parsed = parseDuration(QString::fromStdString(value));
                     if (parsed)
                         take(*parsed);
                     else
                         *wrong = ofOption(names, parsed.error().message());
                 },
                 help.toStdString()))
        ->type_name("TIME");
}

} // namespace Countersign::Cli
