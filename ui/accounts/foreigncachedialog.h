// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QTableView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class CacheModel;

//! Looks into another program's cache: what is there, whose, and for how long. It is only read, and no token is shown.
class ForeignCacheDialog final : public QDialog
{
    Q_OBJECT
public:
    //! \p session outlives it.
    ForeignCacheDialog(Session &session, bool isMasked, QWidget *parent = nullptr);

    //! Reads the file and shows what is in it.
    void look(const QString &path);
    void setMasked(bool masked);
    //! What is said of the file: how much is in it, or why it cannot be read.
    QString summary() const;

private:
    void choose();
    void showContent(const ForeignContent &content);
    void showProblem(const Error &error);

    Session &m_session;
    CacheModel *m_model;
    QComboBox *m_path;
    QLabel *m_summary;
    QTableView *m_table;
    QString m_wanted; //!< only the newest answer is shown
};

} // namespace Countersign::Desktop
