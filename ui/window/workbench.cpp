// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/workbench.h"

#include "inspector/inspectorpage.h"
#include "window/mainwindow.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

Workbench::Workbench(QObject *parent)
    : QObject(parent), m_window(std::make_unique<MainWindow>()), m_inspector(new InspectorPage)
{
    // In the order of the navigation.
    m_window->addPage(m_inspector);
    for (auto *page : m_window->pages())
        connect(page, &Page::inspectRequested, this, &Workbench::inspect);
    m_window->fillToolBar({u"token.paste"_s, {}, u"help.palette"_s});
}

Workbench::~Workbench() = default;

void Workbench::inspect(const Secret &token)
{
    m_window->showPage(m_inspector);
    m_inspector->inspect(Secret::copyOf(token.reveal()));
}

} // namespace Countersign::Desktop
