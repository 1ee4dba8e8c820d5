// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/tokencheck.h"
#include "text/timetext.h"

#include <countersign/crypto/secret.h>

#include <QtCore/QDateTime>
#include <QtCore/QPointer>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QTabWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class ChecksView;
class ClaimsView;
class JsonView;
class RawView;
struct ShownToken;
class SummaryView;

//! One token in five views. "Not verified" stands above them until a VerifiedJwt exists.
class TokenView final : public QWidget
{
    Q_OBJECT
public:
    enum View : int { Summary, Claims, Json, Raw, Checks, ViewCount };

    explicit TokenView(QWidget *parent = nullptr);
    ~TokenView() override;

    void setToken(const Jose::TokenDocument &document, const QDateTime &at);
    //! With what is expected of it.
    void showToken(const ShownToken &token, const QDateTime &at);
    void clear();
    void setMasked(bool masked);
    void setTimeStyle(TimeStyle style);
    void showView(View view);
    //! Makes the views that nobody has looked at yet, too.
    void complete();
    ChecksView *checks() const { return m_checks; }
    //! For whoever lays out the buttons below.
    QPushButton *copyRedactedButton() const { return m_copyRedacted; }
    bool isVerified() const { return m_isVerified; }

Q_SIGNALS:
    void copyRequested(const Countersign::Secret &secret);

private:
    void addViews();
    //! Makes a view that nobody saw before, with all that it has to know.
    void need(int view);
    template <typename Widget> Widget *put(Widget *widget, View view);
    void showCheck(const TokenCheck &check);
    void showUnverified();
    //! Nothing failed, but something that is needed is not known.
    void showOpen(const Jose::CheckReport &report);
    void copyRedacted();

    std::optional<Jose::TokenDocument> m_document;
    QDateTime m_seenAt; //!< the moment that the document is seen from
    TimeStyle m_timeStyle = TimeStyle::Local;
    bool m_isMasked = false;
    bool m_isVerified = false;
    Banner *m_banner;
    QTabWidget *m_views;
    SummaryView *m_summary;
    ClaimsView *m_claims = nullptr; //!< until somebody looks at it, as the next two
    JsonView *m_json = nullptr;
    RawView *m_raw = nullptr;
    ChecksView *m_checks;
    QPointer<QPushButton> m_copyRedacted;
};

} // namespace Countersign::Desktop
