// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/storagegroup.h"

#include "settings/passphrasedialog.h"
#include "settings/sharedrows.h"
#include "settings/sharedsettings.h"
#include "text/errortext.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <QtCore/QLocale>
#include <QtCore/QTime>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QPushButton *namedButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(QString(text).remove(u'&').remove(u'…'));
    button->setAutoDefault(false);
    return button;
}

QString sentences(const Error &error)
{
    const auto words = errorText(error);
    return QStringList{words.what, words.why, words.advice}.join(u' ').simplified();
}

bool isFile(const QString &kind)
{
    return kind != "keychain"_L1;
}

} // namespace

StorageGroup::StorageGroup(SharedSettings &shared, QWidget *parent)
    : QWidget(parent), m_shared(shared), m_place(plainTextLabel(tr("Place of the tokens"))),
      m_state(plainTextLabel(tr("State of the store"))), m_test(namedButton(tr("&Test"))), m_kind(new ChoiceBox),
      m_path(addressField(tr("File"), tr("the usual place"))), m_move(namedButton(tr("&Move everything…"))),
      m_moved(plainTextLabel(tr("How the move went"))), m_restart(namedButton(tr("Start &anew"))),
      m_wipe(namedButton(tr("Forget &everything…"))), m_sure(new QWidget), m_loss(plainTextLabel(tr("What is lost"))),
      m_wiped(plainTextLabel(tr("How it went")))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    makeTest(form);
    makeMove(form);
    makeWipe(form);
}

void StorageGroup::makeTest(QFormLayout *form)
{
    m_test->setAccessibleName(tr("Test the store"));
    m_place->setText(m_shared.storeName());
    m_state->setText(tr("Not tested since this dialog was opened."));
    form->addRow(tr("Tokens lie in"), m_place);
    form->addRow(m_test, m_state);
    connect(m_test, &QPushButton::clicked, this, &StorageGroup::testStore);
}

void StorageGroup::makeMove(QFormLayout *form)
{
    m_kind->setAccessibleName(tr("Move everything to"));
    m_kind->addItem(tr("The system’s keychain"), u"keychain"_s);
    m_kind->addItem(tr("A file sealed with a passphrase"), u"file"_s);
    m_kind->addItem(tr("MSAL’s own file, readable by every program of yours"), u"msal"_s);
    // Whoever moves wants another place than the one there is.
    const auto store = m_shared.value(u"store"_s);
    const bool isInKeychain = store.isEmpty() || store == "keychain"_L1;
    m_kind->setCurrentIndex(m_kind->findData(isInKeychain ? u"file"_s : u"keychain"_s));
    if (!isInKeychain)
        m_path->hide();
    m_moved->hide();
    m_restart->hide();
    form->addRow(tr("Move e&verything to"), m_kind);
    form->addRow(QString(), m_path);
    auto *row = new QHBoxLayout;
    row->addWidget(m_move);
    row->addWidget(m_restart);
    row->addStretch();
    form->addRow(QString(), row);
    form->addRow(m_moved);
    if (const auto file = m_shared.lockedBy(u"store"_s); !file.isEmpty()) {
        for (auto *field :
             {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_path), static_cast<QWidget *>(m_move)}) {
            field->setEnabled(false);
            field->setToolTip(lockWords(file));
            field->setAccessibleDescription(lockWords(file));
        }
        m_moved->setText(lockWords(file));
        m_moved->show();
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, &StorageGroup::takeTarget);
    connect(m_path, &QLineEdit::textEdited, this, &StorageGroup::takeTarget);
    connect(m_move, &QPushButton::clicked, this, &StorageGroup::askForMove);
    connect(m_restart, &QPushButton::clicked, this, &StorageGroup::restartRequested);
}

void StorageGroup::makeWipe(QFormLayout *form)
{
    auto *yes = namedButton(tr("&Forget it all"));
    auto *no = namedButton(tr("Keep it"));
    auto *column = new QVBoxLayout(m_sure);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_loss);
    auto *row = new QHBoxLayout;
    row->addWidget(yes);
    row->addWidget(no);
    row->addStretch();
    column->addLayout(row);
    m_sure->hide();
    m_wiped->hide();
    auto *line = new QHBoxLayout;
    line->addWidget(m_wipe);
    line->addStretch();
    form->addRow(line);
    form->addRow(m_sure);
    form->addRow(m_wiped);
    connect(m_wipe, &QPushButton::clicked, this, &StorageGroup::askForWipe);
    connect(no, &QPushButton::clicked, m_sure, &QWidget::hide);
    connect(yes, &QPushButton::clicked, this, &StorageGroup::wipe);
}

void StorageGroup::setBusy(bool busy)
{
    for (auto *button : {m_test, m_move, m_wipe})
        button->setEnabled(!busy && (button != m_move || m_shared.lockedBy(u"store"_s).isEmpty()));
}

void StorageGroup::testStore()
{
    setBusy(true);
    m_state->setText(tr("Writing, reading back, deleting…"));
    m_shared.testStore(this, [this](const Result<void> &result) {
        setBusy(false);
        m_state->setText(result
                             ? tr("Verified at %1.").arg(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat))
                             : sentences(result.error()));
    });
}

QString StorageGroup::target() const
{
    const auto kind = m_kind->currentData().toString();
    return isFile(kind) ? QString(kind + u':' + m_path->text().trimmed()) : kind;
}

void StorageGroup::takeTarget()
{
    m_path->setVisible(isFile(m_kind->currentData().toString()));
    // What was said of another target says nothing of this one. What was moved stays so.
    if (m_restart->isHidden())
        m_moved->hide();
}

void StorageGroup::askForMove()
{
    if (m_kind->currentData().toString() != "file"_L1)
        return move({});
    auto *ask = new PassphraseDialog(PassphraseDialog::Purpose::Choose,
                                     m_path->text().isEmpty() ? tr("the file") : m_path->text(), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &PassphraseDialog::entered, this, [this, ask](const Secret &passphrase) {
        ask->accept();
        move(passphrase);
    });
    ask->open();
}

void StorageGroup::move(const Secret &passphrase)
{
    setBusy(true);
    m_moved->setText(tr("Moving, and reading back what was written…"));
    m_moved->show();
    m_shared.moveStore(
        target(), Secret::copyOf(passphrase.reveal()), this, [this](const Result<SharedSettings::Moved> &moved) {
            if (!moved) {
                setBusy(false);
                m_moved->setText(moved.error().code() == ErrorCode::InvalidArgument
                                     ? tr("Nothing was moved. The new place has to be another one, and empty.")
                                     : tr("Nothing was moved. %1").arg(sentences(moved.error())));
                return;
            }
            // Until then this run would write where nobody looks any more.
            m_moved->setText(
                moved->wasUnreachable ? tr("Nothing was moved, because the old place cannot be reached. From the new "
                                           "start on, tokens are kept in the new one.")
                    : moved->leftover
                    ? tr("Everything lies in the new place, but the old one could not be emptied: what was "
                         "there can still be read there. %1 Countersign has to start anew.")
                          .arg(sentences(*moved->leftover))
                    : tr("Everything lies in the new place, and the old one is empty. Countersign has to "
                         "start anew to use it."));
            m_restart->show();
            m_restart->setFocus();
            Q_EMIT this->moved();
        });
}

void StorageGroup::askForWipe()
{
    const auto content = m_shared.content();
    QStringList kinds{tr("%n account(s)", nullptr, int(content.accounts)),
                      tr("%n token(s)", nullptr, int(content.tokens))};
    if (content.clientSecrets > 0)
        kinds.append(tr("%n client secret(s)", nullptr, int(content.clientSecrets)));
    m_loss->setText(kinds.join(u", "_s) + u'\n'
                    + tr("All of it in %1 is forgotten and cannot be brought back. Nothing is revoked at any provider: "
                         "sign out first, where that matters.")
                          .arg(m_shared.storeName()));
    m_wiped->hide();
    m_sure->show();
}

void StorageGroup::wipe()
{
    m_sure->hide();
    setBusy(true);
    m_wiped->setText(tr("Forgetting…"));
    m_wiped->show();
    m_shared.wipeStore(this, [this](const Result<void> &wiped) {
        setBusy(false);
        m_wiped->setText(wiped ? tr("Everything is forgotten.") : sentences(wiped.error()));
    });
}

} // namespace Countersign::Desktop
