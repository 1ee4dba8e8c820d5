// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/page.h"

#include <countersign/crypto/secret.h>
#include <countersign/jose/tokendocument.h>

QT_BEGIN_NAMESPACE
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class ClaimModel;
class SecretLabel;

//! Opens any token for looking at. It never touches the network and shows foreign text as plain text only.
class InspectorPage final : public Page
{
    Q_OBJECT
public:
    explicit InspectorPage(QWidget *parent = nullptr);

    //! Takes the first token out of whatever \p text is. It is read on another thread.
    void inspect(Secret text);
    void clear();
    bool isEmpty() const;

    void contribute(ActionRegistry &actions) override;
    QList<QWidget *> focusStops() const override;
    void setMasked(bool masked) override;

Q_SIGNALS:
    void opened();

private:
    void pasteToken();
    void show(const Jose::TokenDocument &document);
    void showUnverified(const Jose::TokenDocument &document);
    void takeInput();

    QStackedWidget *m_stack;
    QPlainTextEdit *m_input;
    QTabWidget *m_views;
    Banner *m_banner;
    SecretLabel *m_raw;
    QPlainTextEdit *m_json;
    QPlainTextEdit *m_warnings;
    ClaimModel *m_header;
    ClaimModel *m_claims;
    int m_reading = 0; //!< only the newest reading is shown
};

} // namespace Countersign::Desktop
