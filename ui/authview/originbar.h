// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QUrl>
#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace Countersign {

//! Whose page this is, outside the page where no page can draw: the full origin in punycode and what protects it, as an
//! icon and in words.
class OriginBar final : public QFrame
{
    Q_OBJECT
public:
    explicit OriginBar(QWidget *parent = nullptr);

    void showOrigin(const QUrl &url);
    void showUntrusted(const QUrl &url);

    //! Scheme, host in punycode, and the port when it is not the default one.
    static QString originOf(const QUrl &url);

Q_SIGNALS:
    //! Somebody wants to know more about the lock.
    void detailsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void display(const QIcon &icon, const QString &state, const QUrl &url);

    QToolButton *m_icon;
    QLabel *m_state;
    QLabel *m_origin;
    QString m_whole; //!< the origin, also where there is no room for all of it
};

} // namespace Countersign
