// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/claimmodel.h"

#include "text/foreigntext.h"
#include "text/wording.h"
#include "widgets/theme.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QFont>

#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

struct ClaimModel::Node
{
    Node *parent = nullptr;
    int row = 0;
    QString name; //!< harmless
    QString path;
    Jose::JsonValue value; //!< undefined for a group
    const ClaimEntry *entry = nullptr;
    //! What stands within a claim is as confidential as the claim; what nobody knows may name somebody.
    ClaimLevel level = ClaimLevel::Public;
    bool isGroup = false;
    std::vector<std::unique_ptr<Node>> children;

    Node *add(const QString &childName)
    {
        auto child = std::make_unique<Node>();
        child->parent = this;
        child->row = int(children.size());
        child->name = childName;
        child->level = level;
        children.push_back(std::move(child));
        return children.back().get();
    }
};

namespace {

QString containerText(const Jose::JsonValue &value)
{
    if (const auto list = value.array())
        return ClaimModel::tr("%n item(s)", nullptr, int(list->size()));
    if (const auto object = value.object())
        return ClaimModel::tr("%n member(s)", nullptr, int(object->size()));
    return {};
}

QString plainValue(const Jose::JsonValue &value)
{
    if (const auto text = value.string())
        return harmless(*text);
    // A long value is cut before it is decoded: what is shown must not cost what is hidden.
    return harmless(QString::fromUtf8(value.raw().first(std::min<qsizetype>(value.raw().size(), 8000))));
}

//! A list of plain values reads best in one line.
QString inlineList(const Jose::JsonValue &value)
{
    const auto list = value.array();
    if (!list || list->size() > 12)
        return {};
    QStringList texts;
    for (const auto item : *list) {
        if (item.isArray() || item.isObject())
            return {};
        texts.append(plainValue(item));
    }
    return texts.join(u", "_s);
}

QStringList valuesOf(const Jose::JsonValue &value)
{
    if (const auto text = value.string())
        return text->split(u' ', Qt::SkipEmptyParts);
    if (const auto list = value.stringList())
        return *list;
    return {};
}

//! The meaning of the value itself, where the dictionary knows it.
QString valueMeaning(const ClaimEntry &entry, const Jose::JsonValue &value)
{
    const auto whole = value.string().value_or(QString::fromUtf8(value.isNumber() ? value.raw() : QByteArrayView()));
    if (const auto found = entry.values.constFind(whole); found != entry.values.constEnd())
        return found->in(QLocale());
    if (!entry.isList)
        return {};
    QStringList known;
    const auto values = valuesOf(value);
    for (const auto &one : values.mid(0, 40)) {
        if (const auto found = entry.values.constFind(one); found != entry.values.constEnd())
            known.append(harmless(one) + u": "_s + found->in(QLocale()));
    }
    return known.join(u' ');
}

} // namespace

QString categoryText(ClaimCategory category)
{
    switch (category) {
    case ClaimCategory::Who: return ClaimModel::tr("Who");
    case ClaimCategory::ForWhom: return ClaimModel::tr("For whom");
    case ClaimCategory::ByWhom: return ClaimModel::tr("By whom");
    case ClaimCategory::What: return ClaimModel::tr("What it may do");
    case ClaimCategory::How: return ClaimModel::tr("How they signed in");
    case ClaimCategory::When: return ClaimModel::tr("When");
    case ClaimCategory::Technical: return ClaimModel::tr("Technical");
    case ClaimCategory::Unknown: return ClaimModel::tr("Others");
    }
    Q_UNREACHABLE();
}

ClaimModel::ClaimModel(QObject *parent) : QAbstractItemModel(parent), m_root(std::make_unique<Node>())
{
}

ClaimModel::~ClaimModel() = default;

void ClaimModel::clear()
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    endResetModel();
}

void ClaimModel::setToken(const Jose::TokenDocument &document, const QDateTime &at)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_at = at;
    const auto claims = document.claims();
    const auto provider = tokenProvider(claims);
    std::array<QList<Jose::JsonMember>, claimCategoryCount> groups;
    for (const auto member : claims) {
        const auto *entry = ClaimDictionary::builtIn().find(member.nameString(), false, provider);
        groups.at(size_t(entry ? entry->category : ClaimCategory::Unknown)).append(member);
    }
    for (size_t i = 0; i < groups.size(); ++i) {
        if (groups.at(i).isEmpty())
            continue;
        auto *group = addGroup(categoryText(ClaimCategory(i)));
        for (const auto &member : std::as_const(groups.at(i)))
            addMember(group, member, false, provider);
    }
    const auto header = document.header();
    if (!header.isEmpty()) {
        auto *group = addGroup(tr("Header"));
        for (const auto member : header)
            addMember(group, member, true, provider);
    }
    endResetModel();
}

ClaimModel::Node *ClaimModel::addGroup(const QString &name)
{
    auto *group = m_root->add(name);
    group->isGroup = true;
    return group;
}

void ClaimModel::addMember(Node *parent, const Jose::JsonMember &member, bool isHeader, const QString &provider)
{
    const auto name = member.nameString();
    auto *child = parent->add(harmless(name, 200));
    child->path = (isHeader ? u"$header."_s : u"$."_s) + harmless(name);
    child->value = member.value;
    child->entry = ClaimDictionary::builtIn().find(name, isHeader, provider);
    child->level = child->entry ? child->entry->level : ClaimLevel::Personal;
    addChildren(child, member.value);
}

void ClaimModel::addChildren(Node *parent, const Jose::JsonValue &value)
{
    const auto addValue = [this, parent](const QString &name, const QString &step, const Jose::JsonValue &item) {
        auto *child = parent->add(name);
        child->path = parent->path + step;
        child->value = item;
        addChildren(child, item);
    };
    qsizetype count = 0;
    if (const auto object = value.object()) {
        for (const auto member : *object) {
            if (count++ >= maximumChildren)
                break;
            const auto name = harmless(member.nameString(), 200);
            addValue(name, u'.' + name, member.value);
        }
    } else if (const auto list = value.array(); list && inlineList(value).isEmpty()) {
        for (const auto item : *list) {
            if (count >= maximumChildren)
                break;
            addValue(QString::number(count), u'[' + QString::number(count) + u']', item);
            ++count;
        }
    }
    if (count >= maximumChildren)
        parent->add(tr("More than %n item(s): see JSON", nullptr, int(maximumChildren)));
}

void ClaimModel::setTimeStyle(TimeStyle style)
{
    if (m_style == style)
        return;
    beginResetModel();
    m_style = style;
    endResetModel();
}

void ClaimModel::setMasked(bool masked)
{
    if (m_isMasked == masked)
        return;
    beginResetModel();
    m_isMasked = masked;
    endResetModel();
}

const ClaimModel::Node *ClaimModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex ClaimModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent)->children.at(size_t(row)).get());
}

QModelIndex ClaimModel::parent(const QModelIndex &index) const
{
    auto *above = index.isValid() ? node(index)->parent : nullptr;
    return above && above != m_root.get() ? createIndex(above->row, 0, above) : QModelIndex();
}

int ClaimModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(node(parent)->children.size());
}

int ClaimModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString ClaimModel::valueText(const Node &node) const
{
    if (node.isGroup || node.value.isUndefined())
        return {};
    if (node.level == ClaimLevel::Secret)
        return tr("Secret, %n byte(s)", nullptr, int(node.value.raw().size()));
    if (m_isMasked && node.level == ClaimLevel::Personal)
        return maskedText();
    const auto seconds = node.entry && node.entry->isTime ? node.value.flooredInteger() : std::nullopt;
    if (const auto time = seconds ? timeOfClaim(*seconds) : QDateTime(); time.isValid())
        return timeText(time, m_style, m_at);
    if (const auto list = inlineList(node.value); !list.isEmpty())
        return list;
    const auto container = containerText(node.value);
    return container.isEmpty() ? plainValue(node.value) : container;
}

QVariant ClaimModel::textOf(const Node &node, int column) const
{
    switch (column) {
    case NameColumn: return node.name;
    case ValueColumn: return valueText(node);
    case MeaningColumn: {
        if (!node.entry)
            return {};
        const auto meaning = node.level == ClaimLevel::Secret ? QString() : valueMeaning(*node.entry, node.value);
        return meaning.isEmpty() ? node.entry->meaning.in(QLocale()) : meaning;
    }
    default: return {};
    }
}

QVariant ClaimModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &at = *node(index);
    const bool isHidden = at.level == ClaimLevel::Secret || (m_isMasked && at.level == ClaimLevel::Personal);
    switch (role) {
    case Qt::DisplayRole: return textOf(at, index.column());
    // A tool tip would read foreign text as markup.
    case Qt::ToolTipRole: return textOf(at, index.column()).toString().toHtmlEscaped();
    case Qt::AccessibleTextRole: return textOf(at, index.column());
    case Qt::FontRole: {
        QFont font;
        font.setBold(at.isGroup);
        return at.isGroup ? QVariant(font) : QVariant();
    }
    case Qt::ForegroundRole:
        return index.column() == MeaningColumn ? Theme::current().color(ColorRole::MutedText) : QVariant();
    case PathRole: return at.path;
    case RawValueRole: return isHidden || at.isGroup ? QString() : QString::fromUtf8(at.value.raw());
    case DetailRole: {
        if (!at.entry)
            return {};
        QStringList lines{at.entry->meaning.in(QLocale()), at.entry->advice.in(QLocale())};
        if (!at.entry->reference.isEmpty())
            lines.append(tr("Source: %1").arg(at.entry->reference));
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    case PersonalRole: return at.level == ClaimLevel::Personal;
    default: return {};
    }
}

QVariant ClaimModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Name");
    case ValueColumn: return tr("Value");
    case MeaningColumn: return tr("Meaning");
    default: return {};
    }
}

} // namespace Countersign::Desktop
