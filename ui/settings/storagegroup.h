// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class SharedSettings;

//! The place where tokens lie: tested, moved, emptied. What cannot be undone shows first what will be lost.
class StorageGroup final : public QWidget
{
    Q_OBJECT
public:
    //! \p shared outlives it.
    explicit StorageGroup(SharedSettings &shared, QWidget *parent = nullptr);

Q_SIGNALS:
    //! Everything lies elsewhere now, and only a new start uses it.
    void restartRequested();
    //! The setting that says where tokens are kept is another one.
    void moved();

private:
    void makeTest(QFormLayout *form);
    void makeMove(QFormLayout *form);
    void makeWipe(QFormLayout *form);
    void testStore();
    QString target() const;
    void takeTarget();
    void askForMove();
    void move(const Secret &passphrase);
    void askForWipe();
    void wipe();
    void setBusy(bool busy);

    SharedSettings &m_shared;
    QLabel *m_place;
    QLabel *m_state;
    QPushButton *m_test;
    QComboBox *m_kind;
    QLineEdit *m_path;
    QPushButton *m_move;
    QLabel *m_moved;
    QPushButton *m_restart;
    QPushButton *m_wipe;
    QWidget *m_sure;
    QLabel *m_loss;
    QLabel *m_wiped;
};

} // namespace Countersign::Desktop
