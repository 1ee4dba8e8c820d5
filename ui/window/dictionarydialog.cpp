// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/dictionarydialog.h"

#include "text/errordictionary.h"
#include "widgets/fields.h"

#include <dictionary/claimdictionary.h>

#include <countersign/client/presets.h>

#include <QtCore/QHash>
#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int textRole = Qt::UserRole + 1;

//! As its makers write it. Those without a preset have the rest of the table.
QString nameOfProvider(const QString &id)
{
    if (const auto *preset = findPreset(id))
        return preset->name;
    static const QHash<QString, QString> others{
        {u"github"_s, u"GitHub"_s}, {u"cognito"_s, u"Amazon Cognito"_s}, {u"kubernetes"_s, u"Kubernetes"_s}};
    return others.value(id, id);
}

QString kindOf(const ClaimEntry &entry)
{
    const auto place = entry.isHeader ? DictionaryDialog::tr("header") : DictionaryDialog::tr("claim");
    return entry.provider.isEmpty() ? place : DictionaryDialog::tr("%1, %2").arg(place, nameOfProvider(entry.provider));
}

QString textOf(const ClaimEntry &entry)
{
    const QLocale locale;
    QStringList lines{entry.meaning.in(locale), entry.advice.in(locale)};
    auto values = entry.values.keys();
    values.sort();
    for (const auto &value : std::as_const(values))
        lines.append(DictionaryDialog::tr("%1: %2").arg(value, entry.values.value(value).in(locale)));
    if (!entry.reference.isEmpty())
        lines.append(DictionaryDialog::tr("Specified in: %1").arg(entry.reference));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString wordOf(const ErrorEntry &entry)
{
    if (entry.serverCode != 0)
        return u"AADSTS"_s + QString::number(entry.serverCode);
    return entry.oauth.isEmpty() ? entry.cause : entry.oauth;
}

QString kindOf(const ErrorEntry &entry)
{
    if (!entry.provider.isEmpty())
        return nameOfProvider(entry.provider);
    return entry.oauth.isEmpty() ? DictionaryDialog::tr("on this computer, or on the way")
                                 : DictionaryDialog::tr("of a provider");
}

QString textOf(const ErrorEntry &entry)
{
    const QLocale locale;
    QStringList lines{entry.why.in(locale), entry.advice.in(locale)};
    if (!entry.command.isEmpty())
        lines.append(DictionaryDialog::tr("On the command line: %1").arg(entry.command));
    if (!entry.link.isEmpty())
        lines.append(DictionaryDialog::tr("Where it can be mended: %1").arg(entry.link.toString()));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

template <typename Entry> QList<DictionaryEntry> entriesOf(const QList<Entry> &from, QString (*word)(const Entry &))
{
    QList<DictionaryEntry> entries;
    for (const auto &entry : from)
        entries.append({word(entry), kindOf(entry), textOf(entry)});
    std::stable_sort(entries.begin(), entries.end(), [](const DictionaryEntry &a, const DictionaryEntry &b) {
        return a.word.compare(b.word, Qt::CaseInsensitive) < 0;
    });
    return entries;
}

} // namespace

QList<DictionaryEntry> claimDictionaryEntries()
{
    return entriesOf<ClaimEntry>(ClaimDictionary::builtIn().entries(),
                                 [](const ClaimEntry &entry) { return entry.name; });
}

QList<DictionaryEntry> errorDictionaryEntries()
{
    return entriesOf<ErrorEntry>(errorEntries(), wordOf);
}

DictionaryDialog::DictionaryDialog(const QString &title, const QList<DictionaryEntry> &entries, QWidget *parent)
    : QDialog(parent), m_filter(searchField(tr("Look up"), tr("Look up a word, or what it means"))),
      m_list(new QTreeWidget), m_text(plainTextLabel(tr("Meaning")))
{
    setWindowTitle(title);
    setAccessibleName(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setAccessibleName(tr("Words"));
    m_list->setHeaderLabels({tr("Word"), tr("Where")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    for (const auto &entry : entries) {
        auto *item = new QTreeWidgetItem(m_list, {entry.word, entry.kind});
        item->setData(0, textRole, entry.text);
    }
    m_list->resizeColumnToContents(0);
    keepRowChosen(*m_list);
    m_text->setMinimumHeight(m_text->fontMetrics().height() * 5);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto *buttons = new QDialogButtonBox;
    worded(buttons->addButton(QDialogButtonBox::Close), tr("Close"))->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_filter, &QLineEdit::textChanged, this, &DictionaryDialog::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &DictionaryDialog::showCurrent);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_filter);
    column->addWidget(m_list, 3);
    column->addWidget(scrolled(m_text, tr("Meaning")), 2);
    column->addWidget(buttons);
    resize(sizeInText(*this, 84, 32));
    filter({});
}

void DictionaryDialog::filter(const QString &text)
{
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        auto *item = m_list->topLevelItem(row);
        const bool fits = item->text(0).contains(text, Qt::CaseInsensitive)
            || item->text(1).contains(text, Qt::CaseInsensitive)
            || item->data(0, textRole).toString().contains(text, Qt::CaseInsensitive);
        item->setHidden(!fits);
        // The word itself before one that only speaks of it.
        if (fits
            && (!first
                || (item->text(0).startsWith(text, Qt::CaseInsensitive)
                    && !first->text(0).startsWith(text, Qt::CaseInsensitive))))
            first = item;
    }
    m_list->setCurrentItem(first);
    if (first)
        m_list->scrollToItem(first);
    showCurrent();
}

void DictionaryDialog::showCurrent()
{
    const auto *item = m_list->currentItem();
    m_text->setText(item ? item->data(0, textRole).toString() : tr("Nothing fits. Another word may."));
}

} // namespace Countersign::Desktop
