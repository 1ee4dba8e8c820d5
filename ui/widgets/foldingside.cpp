// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/foldingside.h"

#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFrame>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace Countersign::Desktop {

FoldingSide::FoldingSide(QWidget *side, QWidget *detail, const QString &name, QWidget *parent)
    : QWidget(parent), m_side(side), m_name(name), m_splitter(new QSplitter), m_button(new QToolButton),
      m_drop(new QFrame(this, Qt::Popup))
{
    m_splitter->addWidget(side);
    m_splitter->addWidget(detail);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_button->setArrowType(Qt::DownArrow);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->hide();
    m_drop->setFrameShape(QFrame::StyledPanel);
    m_drop->setAccessibleName(name);
    new QVBoxLayout(m_drop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_button);
    column->addWidget(m_splitter, 1);
    connect(m_button, &QToolButton::clicked, this, &FoldingSide::dropDown);
    connect(m_splitter, &QSplitter::splitterMoved, this, &FoldingSide::boundSide);
    setChosen({});
}

FoldingSide::~FoldingSide() = default;

void FoldingSide::setChosen(const QString &text)
{
    m_button->setText(text.isEmpty() ? m_name : tr("%1: %2").arg(m_name, text));
    m_button->setAccessibleName(m_button->text());
    m_button->setAccessibleDescription(tr("Shows the list to choose from"));
}

void FoldingSide::foldBelow(int columns)
{
    m_columns = columns;
    m_button->setAccessibleDescription(tr("Shows what is folded away"));
    fold();
}

bool FoldingSide::isNarrow() const
{
    const int column = fontMetrics().averageCharWidth();
    // Neither is the side cut nor does it take the larger part.
    if (m_columns > 0)
        return width() < std::max(column * m_columns, m_side->minimumSizeHint().width() * 2);
    // With large text a list and what it is about have no room beside each other earlier.
    constexpr int columns = 150;
    return window()->width() < std::max(foldsBelow, column * columns);
}

void FoldingSide::fold()
{
    if (isNarrow() == m_isFolded)
        return;
    m_isFolded = !m_isFolded;
    m_drop->hide();
    if (m_isFolded)
        m_drop->layout()->addWidget(m_side);
    else
        m_splitter->insertWidget(0, m_side);
    m_side->show();
    m_button->setVisible(m_isFolded);
}

void FoldingSide::dropDown()
{
    if (!m_isFolded)
        return;
    constexpr int leastWidth = 320;
    const int wanted = std::min(width(), m_side->sizeHint().width());
    m_drop->resize(std::max({leastWidth, width() / 2, wanted}),
                   std::max(m_side->minimumSizeHint().height(), height() * 2 / 3));
    const auto below = layoutDirection() == Qt::RightToLeft
        ? m_button->rect().bottomRight() - QPoint(m_drop->width(), 0)
        : m_button->rect().bottomLeft();
    m_drop->move(m_button->mapToGlobal(below));
    m_drop->show();
    if (m_columns > 0)
        m_side->setFocus(); // a form, which hands it on
    else if (auto *list = m_side->findChild<QAbstractItemView *>())
        list->setFocus();
}

void FoldingSide::foldUp()
{
    if (!m_drop->isVisible())
        return;
    m_drop->hide();
    m_button->setFocus();
}

//! A list that was wide in a wide window leaves room for what is chosen in it.
void FoldingSide::boundSide()
{
    if (m_columns > 0 || m_isFolded)
        return;
    const int most = std::max(width() * 2 / 5, m_side->minimumSizeHint().width());
    if (m_splitter->sizes().constFirst() > most)
        m_splitter->setSizes({most, width() - most});
}

void FoldingSide::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
    boundSide();
}

void FoldingSide::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fold();
    boundSide();
}

} // namespace Countersign::Desktop
