// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>

namespace Countersign::Desktop {
class Workbench;
}

namespace Countersign::Bench {

//! A place that somebody went to, with all of it looked at.
struct Visit
{
    QString name;
    std::function<void()> look; //!< returns when it is painted
};

//! Every place and then every dialog that needs no provider, in the order in which somebody would go through them.
//! \p workbench outlives the list; its window is shown.
QList<Visit> everyVisit(Desktop::Workbench &workbench);

} // namespace Countersign::Bench
