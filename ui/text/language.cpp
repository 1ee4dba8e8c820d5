// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/language.h"

#include <QtCore/QDir>
#include <QtCore/QLibraryInfo>
#include <QtCore/QLocale>
#include <QtCore/QTranslator>
#include <QtGui/QGuiApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

QStringList availableLanguages()
{
    QStringList languages{u"en"_s};
    const auto files = QDir(u":/i18n"_s).entryList({u"countersign_*.qm"_s});
    for (const auto &file : files)
        languages.append(file.section(u'_', 1).section(u'.', 0, 0));
    languages.removeDuplicates();
    return languages;
}

void installTranslations(QCoreApplication &application, const QString &language)
{
    if (!language.isEmpty())
        QLocale::setDefault(language == "en"_L1 ? QLocale(QLocale::English) : QLocale(language));
    const QLocale locale;
    auto *own = new QTranslator(&application);
    // English has a file, too: for its plurals.
    if (own->load(locale, u"countersign"_s, u"_"_s, u":/i18n"_s) || own->load(u"countersign_en"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(own);
    auto *qt = new QTranslator(&application);
    if (qt->load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    // Words alone have no direction.
    if (qobject_cast<QGuiApplication *>(&application))
        QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace Countersign::Desktop
