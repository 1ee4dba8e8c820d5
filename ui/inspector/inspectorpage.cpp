// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpage.h"

#include "models/claimmodel.h"
#include "widgets/banner.h"
#include "widgets/secretlabel.h"
#include "widgets/symbol.h"
#include "window/actions.h"

#include <countersign/jose/tokenextraction.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QTableView *claimTable(ClaimModel *model, const QString &name, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setShowGrid(false);
    table->setWordWrap(true);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(ClaimModel::NameColumn, QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(ClaimModel::ValueColumn, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(ClaimModel::ReadableColumn, QHeaderView::ResizeToContents);
    return table;
}

QPlainTextEdit *readOnlyText(const QString &name, QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setReadOnly(true);
    text->setFont(fixedFont());
    text->setLayoutDirection(Qt::LeftToRight);
    text->setAccessibleName(name);
    text->setTabChangesFocus(true);
    return text;
}

QString asText(const Jose::TokenPart &part)
{
    return part.name + u"  ("_s + QString::number(part.offset) + u"+"_s + QString::number(part.size) + u")\n"_s
        + QString::fromUtf8(part.json.isUndefined() ? part.bytes.toHex(' ') : part.bytes);
}

} // namespace

InspectorPage::InspectorPage(QWidget *parent)
    : Page(u"inspector"_s, tr("Inspector"), u"inspect"_s, tr("Shows what is in a token. Nothing leaves this computer."),
           parent),
      m_stack(new QStackedWidget(this)), m_input(new QPlainTextEdit), m_views(new QTabWidget), m_banner(new Banner),
      m_raw(new SecretLabel), m_json(readOnlyText(tr("JSON of the token"), nullptr)),
      m_warnings(readOnlyText(tr("Remarks on the token"), nullptr)), m_header(new ClaimModel(this)),
      m_claims(new ClaimModel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(m_stack);

    auto *empty = new QWidget;
    auto *emptyColumn = new QVBoxLayout(empty);
    auto *hint = new QLabel(tr("Paste a token, an Authorization header, a curl command or a token response. "
                               "Nothing leaves this computer."));
    hint->setWordWrap(true);
    m_input->setAccessibleName(tr("Text with a token"));
    m_input->setTabChangesFocus(true);
    hint->setBuddy(m_input);
    emptyColumn->addWidget(hint);
    emptyColumn->addWidget(m_input, 1);

    auto *view = new QWidget;
    auto *viewColumn = new QVBoxLayout(view);
    auto *clearButton = new QPushButton(tr("&Inspect another"));
    clearButton->setAccessibleName(tr("Inspect another token"));
    m_views->setAccessibleName(tr("Views of the token"));
    m_views->addTab(claimTable(m_claims, tr("Claims"), m_views), tr("Claims"));
    m_views->addTab(claimTable(m_header, tr("Header"), m_views), tr("Header"));
    m_views->addTab(m_json, tr("JSON"));
    m_views->addTab(m_raw, tr("Raw"));
    m_views->addTab(m_warnings, tr("Remarks"));
    viewColumn->addWidget(m_banner);
    viewColumn->addWidget(m_views, 1);
    viewColumn->addWidget(clearButton, 0, Qt::AlignLeft);

    m_stack->addWidget(empty);
    m_stack->addWidget(view);
    connect(m_input, &QPlainTextEdit::textChanged, this, &InspectorPage::takeInput, Qt::QueuedConnection);
    connect(clearButton, &QPushButton::clicked, this, &InspectorPage::clear);
    connect(m_raw, &SecretLabel::copyRequested, this, &InspectorPage::copyRequested);
}

bool InspectorPage::isEmpty() const
{
    return m_stack->currentIndex() == 0;
}

void InspectorPage::setMasked(bool masked)
{
    m_raw->setRevealAllowed(!masked);
    m_stack->setVisible(!masked);
}

void InspectorPage::contribute(ActionRegistry &actions)
{
    auto *paste = actions.add({.id = u"token.paste"_s,
                               .menu = MenuKind::File,
                               .section = 1,
                               .text = tr("&Paste token"),
                               .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V),
                               .symbol = u"paste"_s,
                               .tip = tr("Inspects the token in the clipboard")});
    connect(paste, &QAction::triggered, this, &InspectorPage::pasteToken);
    auto *another = actions.add({.id = u"token.inspect_another"_s,
                                 .menu = MenuKind::Token,
                                 .text = tr("&Inspect another token"),
                                 .symbol = u"inspect"_s});
    connect(another, &QAction::triggered, this, [this] {
        Q_EMIT raiseRequested();
        clear();
    });
}

QList<QWidget *> InspectorPage::focusStops() const
{
    return {m_input, m_views};
}

void InspectorPage::pasteToken()
{
    const auto text = QGuiApplication::clipboard()->text();
    if (text.trimmed().isEmpty()) {
        Q_EMIT said(tr("The clipboard holds no text"));
        return;
    }
    Q_EMIT raiseRequested();
    inspect(Secret(text.toUtf8()));
}

void InspectorPage::clear()
{
    ++m_reading;
    m_raw->setSecret({});
    m_json->clear();
    m_warnings->clear();
    m_header->setObject({});
    m_claims->setObject({});
    m_stack->setCurrentIndex(0);
    m_input->clear();
    m_input->setFocus();
}

void InspectorPage::takeInput()
{
    const auto text = m_input->toPlainText();
    // Typing is not pasting: wait until there can be a token.
    if (text.size() >= 20)
        inspect(Secret(text.toUtf8()));
}

void InspectorPage::inspect(Secret text)
{
    const auto reading = ++m_reading;
    const auto shared = std::make_shared<Secret>(std::move(text));
    QThreadPool::globalInstance()->start([page = QPointer<InspectorPage>(this), reading, shared] {
        const auto candidates = Jose::extractTokens(shared->reveal());
        auto document = Jose::TokenDocument::read(candidates.isEmpty() ? shared->reveal()
                                                                       : QByteArrayView(candidates.first().token));
        // The guard is looked at on the page's own thread only, where it cannot die in between.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [page, reading, document = std::move(document)] {
                if (page && page->m_reading == reading)
                    page->show(document);
            },
            Qt::QueuedConnection);
    });
}

void InspectorPage::show(const Jose::TokenDocument &document)
{
    const QSignalBlocker quiet(m_input);
    m_input->clear();
    m_claims->setObject(document.claims());
    m_header->setObject(document.header());
    m_raw->setSecret(Secret::copyOf(document.text()));
    QStringList parts;
    for (const auto &part : document.parts())
        parts.append(asText(part));
    m_json->setPlainText(parts.join(u"\n\n"_s));
    QStringList remarks;
    for (const auto &warning : document.warnings())
        remarks.append(warning.part + u": "_s + warning.id + u' ' + warning.detail);
    m_warnings->setPlainText(remarks.isEmpty() ? tr("Nothing remarkable.") : remarks.join(u'\n'));
    showUnverified(document);
    m_stack->setCurrentIndex(1);
    Q_EMIT opened();
}

void InspectorPage::showUnverified(const Jose::TokenDocument &document)
{
    const auto kind = identifier(document.kind()).replace(u'_', u' ');
    m_banner->showMessage(
        ColorRole::Warning, tr("Not verified: decoded only"),
        tr("Kind: %1. Nobody has checked the signature, so anybody may have written this.").arg(kind));
}

} // namespace Countersign::Desktop
