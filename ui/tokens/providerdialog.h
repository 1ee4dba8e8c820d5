// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>
#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class TextField;

//! Asks a provider what it thinks of a token (RFC 7662), or whom it knows an account to be (OpenID Connect Core §5.3).
//! Nothing is sent before the person says so.
class ProviderDialog final : public QDialog
{
    Q_OBJECT
public:
    enum class Question : quint8 { Introspection, UserInfo };
    //! \p session outlives it.
    ProviderDialog(Session &session, Question question, const QString &tokenId, QWidget *parent = nullptr);
    ~ProviderDialog() override;

    //! Hides the answer: it names people.
    void setMasked(bool masked);
    void reject() override;

private:
    void ask(const QString &confirmedHost);
    void showAnswer(const Result<ProviderAnswer> &answer);
    void showText();
    void setBusy(bool busy);

    Session &m_session;
    const Question m_question;
    const QString m_tokenId;
    std::optional<AccountEntry> m_entry;
    QString m_host;
    QPointer<Operation> m_operation;
    ProviderAnswer m_answer;
    bool m_isMasked = false;
    Banner *m_banner;
    TextField *m_text;
    QPushButton *m_ask;
    QPushButton *m_close;
};

} // namespace Countersign::Desktop
