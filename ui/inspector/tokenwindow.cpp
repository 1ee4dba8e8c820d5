// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokenwindow.h"

#include "inspector/tokenview.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>

namespace Countersign::Desktop {

TokenWindow::TokenWindow(const QString &title, QWidget *parent) : QWidget(parent, Qt::Window), m_view(new TokenView)
{
    setWindowTitle(tr("%1 – Countersign").arg(title));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    auto *close = new QPushButton(tr("Close"));
    close->setAccessibleName(tr("Close"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(m_view, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_view->copyRedactedButton());
    buttons->addStretch();
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    resize(820, 620);
}

} // namespace Countersign::Desktop
