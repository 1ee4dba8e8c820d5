// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/tokencheck.h"
#include "widgets/theme.h"

#include <QtWidgets/QScrollArea>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! A token in plain words, its badges, and the three things about it that matter most.
class SummaryView final : public QScrollArea
{
    Q_OBJECT
public:
    explicit SummaryView(QWidget *parent = nullptr);

    void setToken(const Jose::TokenDocument &document, const QDateTime &at);
    void setChecks(const Jose::CheckReport &report);
    void setMasked(bool masked);
    //! Offers to check the signature with the keys of \p host; empty: offers nothing.
    void offerKeys(const QString &host);
    QString sentence() const;

Q_SIGNALS:
    void checksRequested();
    void keysRequested();

private:
    void refresh();
    void showRemarks();
    void addRemark(const QString &symbolName, ColorRole role, const QString &word, const QString &text);

    std::optional<Jose::TokenDocument> m_document;
    QDateTime m_at;
    Jose::CheckReport m_report;
    bool m_isMasked = false;
    QLabel *m_kind;
    QLabel *m_sentence;
    QWidget *m_badges;
    QWidget *m_remarks;
    QVBoxLayout *m_remarkLines;
    QPushButton *m_fetch;
};

} // namespace Countersign::Desktop
