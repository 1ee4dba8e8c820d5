// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogbuttons.h"

#include "widgets/flowlayout.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>

namespace Countersign::Desktop {

DialogButtons::DialogButtons(const QList<QPushButton *> &others, QPushButton *accept, QPushButton *reject)
    : m_others(others), m_lines(new QWidget), m_row(new QHBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_lines);
    column->addLayout(m_row);
    new FlowLayout(m_lines);
    m_lines->hide();
    for (auto *button : others)
        m_row->addWidget(button);
    m_row->addStretch();
    const auto order = style()->styleHint(QStyle::SH_DialogButtonLayout);
    const bool isRejectFirst = order == QDialogButtonBox::GnomeLayout || order == QDialogButtonBox::MacLayout;
    QList<QPushButton *> ends{accept, reject};
    if (isRejectFirst)
        std::swap(ends[0], ends[1]);
    ends.removeAll(nullptr);
    for (auto *button : ends)
        m_row->addWidget(button);
    QWidget *last = nullptr;
    for (auto *button : others + ends) {
        if (last)
            setTabOrder(last, button);
        last = button;
    }
}

void DialogButtons::split()
{
    if (m_lines->isVisibleTo(this))
        return;
    for (auto *button : m_others)
        m_lines->layout()->addWidget(button);
    m_lines->show();
}

} // namespace Countersign::Desktop
