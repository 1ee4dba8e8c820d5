// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"
#include "autostartfile.h"
#include "startanew.h"

#include <QtCore/QFile>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString entryPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/autostart/io.github.countersign.Countersign.desktop"_s;
}

//! An argument of an Exec line. Spec: Desktop Entry Specification, "The Exec key": quoted, and the backslash of the
//! quoting is itself escaped by the rules of the file; a percent sign would be a field code.
QString quoted(QString text)
{
    for (const auto special : {u'\\', u'"', u'`', u'$'})
        text.replace(special, QString(u'\\') + special);
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'%', u"%%"_s) + u'"';
}

} // namespace

bool startsAtLogin()
{
    QFile file(entryPath());
    // Desktops switch an entry off by a line in it.
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains("\nHidden=true");
}

Result<void> setStartsAtLogin(bool starts)
{
    if (!starts)
        return removeAutostartFile(entryPath());
    const auto entry =
        u"[Desktop Entry]\nType=Application\nName=Countersign\nIcon=io.github.countersign.Countersign\n"
        "Exec=%1 --hidden\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"_s.arg(quoted(programToStart()))
            .toUtf8();
    return writeAutostartFile(entryPath(), entry);
}

} // namespace Countersign::Desktop
