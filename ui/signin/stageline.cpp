// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/stageline.h"

#include "widgets/flowlayout.h"
#include "widgets/lookwatch.h"
#include "widgets/theme.h"

#include <QtWidgets/QLabel>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

StageLine::StageLine(const QStringList &steps, QWidget *parent) : QWidget(parent), m_steps(steps)
{
    // Large letters and long words go on in the next line.
    auto *row = new FlowLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (const auto &step : steps) {
        if (!m_labels.isEmpty()) {
            auto *arrow = new QLabel(layoutDirection() == Qt::RightToLeft ? u"‹"_s : u"›"_s);
            arrow->setAccessibleName(tr("then"));
            row->addWidget(arrow);
        }
        auto *label = new QLabel(step);
        m_labels.append(label);
        row->addWidget(label);
    }
    setAccessibleName(tr("Steps"));
    setCurrent(0);
    whenLookChanges(this, [this] { setCurrent(m_current); });
}

void StageLine::setCurrent(int step)
{
    m_current = step;
    for (int i = 0; i < m_labels.size(); ++i) {
        auto *label = m_labels.at(i);
        label->setText(i < step ? u"✓ "_s + m_steps.at(i) : m_steps.at(i));
        label->setAccessibleName(i < step        ? tr("%1, done").arg(m_steps.at(i))
                                     : i == step ? tr("%1, now").arg(m_steps.at(i))
                                                 : tr("%1, to come").arg(m_steps.at(i)));
        auto font = label->font();
        font.setBold(i == step);
        label->setFont(font);
        auto colors = label->palette();
        colors.setColor(QPalette::WindowText,
                        Theme::current().color(i < step        ? ColorRole::Success
                                                   : i == step ? ColorRole::Text
                                                               : ColorRole::MutedText));
        label->setPalette(colors);
    }
}

} // namespace Countersign::Desktop
