// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/banner.h"

#include "widgets/lookwatch.h"
#include "widgets/symbol.h"

#include <QtCore/QTimer>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    // Foreign text may stand in here: it is never read as markup.
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QString symbolOf(ColorRole role)
{
    if (role == ColorRole::Success)
        return u"ok"_s;
    return role == ColorRole::Info ? u"info"_s : u"attention"_s;
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_title(plainLabel(this)), m_text(plainLabel(this)),
      m_detail(plainLabel(this)), m_buttons(new QHBoxLayout)
{
    auto bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    wearFont(m_detail, fixedFont);
    m_detail->setVisible(false);
    m_icon->setAccessibleName(tr("Kind of message"));
    m_title->setAccessibleName(tr("Message"));
    m_text->setAccessibleName(tr("Explanation"));
    m_detail->setAccessibleName(tr("Technical details"));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(14, 10, 14, 10);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    int line = 0;
    for (auto *label : {m_title, m_text, m_detail}) {
        label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
        grid->addWidget(label, line++, 1);
    }
    m_buttons->setSpacing(8);
    grid->addLayout(m_buttons, line, 1);
    // Room that nobody needs stays below.
    grid->setRowStretch(line + 1, 1);
    setAccessibleName(tr("Message"));
    fitText(m_icon, [this] {
        const int size = linesTall(1, 20);
        m_icon->setFixedSize(size, size);
        showIcon();
    });
    whenLookChanges(this, [this] { setColor(m_role); });
}

QString Banner::title() const
{
    return m_title->text();
}

void Banner::setColor(ColorRole role)
{
    m_role = role;
    const auto color = Theme::current().color(role);
    const auto begin = isRightToLeft() ? u"right"_s : u"left"_s;
    setStyleSheet(u"Countersign--Desktop--Banner { border: 1px solid %1; border-%3: 4px solid %1; border-radius: 6px;"
                  " background: %2; }"_s.arg(color.name(), Theme::current().color(ColorRole::Surface).name(), begin));
    showIcon();
}

void Banner::showIcon()
{
    m_icon->setPixmap(symbol(symbolOf(m_role), m_role).pixmap(m_icon->size()));
}

void Banner::clearButtons()
{
    while (auto *item = m_buttons->takeAt(0)) {
        if (auto *button = item->widget()) {
            button->hide();
            button->deleteLater();
        }
        delete item;
    }
}

void Banner::showMessage(ColorRole role, const QString &title, const QString &text)
{
    clearButtons();
    setColor(role);
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_detail->setVisible(false);
    setVisible(true);
    setAccessibleDescription(title + u' ' + text);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    // Later: the layout has to know its place first.
    QTimer::singleShot(0, this, &Banner::bringIntoSight);
}

//! On a small screen what it stands in scrolls.
void Banner::bringIntoSight()
{
    for (auto *each = parentWidget(); each && isVisible(); each = each->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(each))
            area->ensureWidgetVisible(this);
    }
}

QPushButton *Banner::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(QString(text).remove(u'&'));
    m_buttons->addWidget(button, 0, Qt::AlignLeading);
    return button;
}

void Banner::showError(const Error &error)
{
    const auto words = errorText(error);
    showMessage(ColorRole::Danger, words.what, words.why + u'\n' + words.advice);
    m_detail->setText(words.detail);

    auto *more = new QPushButton(tr("Detai&ls"), this);
    more->setCheckable(true);
    connect(more, &QPushButton::toggled, m_detail, &QLabel::setVisible);
    for (const auto action : words.actions) {
        auto *button = new QPushButton(buttonText(action), this);
        connect(button, &QPushButton::clicked, this, [this, action, detail = words.detail] {
            if (action == ErrorAction::CopyDetails)
                QGuiApplication::clipboard()->setText(detail);
            Q_EMIT actionChosen(action);
        });
        m_buttons->addWidget(button);
    }
    m_buttons->addWidget(more);
    m_buttons->addStretch();
    for (auto *button : findChildren<QPushButton *>()) {
        button->setAccessibleName(button->text().remove(u'&'));
        // What Enter does is the dialog's to say.
        button->setAutoDefault(false);
    }
}

void Banner::focusFirstAction()
{
    auto *first = m_buttons->count() == 0 ? nullptr : qobject_cast<QPushButton *>(m_buttons->itemAt(0)->widget());
    if (!first)
        return;
    first->show(); // what is hidden is given no focus
    first->setAutoDefault(true);
    first->setDefault(true);
    first->setFocus(Qt::OtherFocusReason);
}

} // namespace Countersign::Desktop
