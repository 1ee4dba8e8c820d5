// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace Countersign::Desktop {

//! Where the windows stood, from one run to the next: geometry, places, columns. Never a token, a name or a scope.
class StateFile
{
public:
    //! GenericStateLocation's place for it, or what COUNTERSIGN_STATE names.
    static QString defaultPath();

    explicit StateFile(QString path = defaultPath()) : m_path(std::move(path)) { }

    //! Empty when there is none or nobody can read it: a window that opens in its usual place is no failure.
    QJsonObject load() const;
    //! Whole or not at all, readable by the person alone.
    bool save(const QJsonObject &state) const;

private:
    QString m_path;
};

} // namespace Countersign::Desktop
