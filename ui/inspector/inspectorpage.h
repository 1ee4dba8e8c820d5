// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/timetext.h"
#include "window/page.h"

#include <countersign/client/profile.h>
#include <countersign/client/publicclient.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/tokendocument.h>

#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ProviderProbe;
struct ShownToken;
class TokenTabs;
class TokenView;
class TokenWindow;

//! Opens any token for looking at: one box that takes whatever holds one, and a tab for each that was found. It never
//! touches the network by itself and shows foreign text as plain text only.
class InspectorPage final : public Page
{
    Q_OBJECT
public:
    explicit InspectorPage(Building building = Building::AtOnce, QWidget *parent = nullptr);

    //! Takes the tokens out of whatever \p text is. It is read on another thread.
    //! \p profileId: whose it is and what is expected of it, if that is known; \p provider: what a sign-in through it
    //! has learnt.
    void inspect(Secret text, const QString &profileId = {}, const std::optional<KnownProvider> &provider = {});
    void clear();
    //! Those of tearOff(), with their tokens.
    void closeWindows();
    bool isEmpty() const;
    //! Without those that have windows of their own.
    qsizetype tokenCount() const;
    void setTimeStyle(TimeStyle style);
    //! For the checks: where keys can be fetched and whose expectations can be taken. \p probe outlives the page.
    void setProviderProbe(ProviderProbe *probe);
    void setProfiles(const QList<Profile> &profiles);
    TokenView *view();
    //! Puts the token in front into a window of its own, where it stays until that is closed: then its tab comes back.
    //! Null when there is none.
    TokenWindow *tearOff();
    //! Gives the token of the window that was opened last its tab back.
    void moveBack();

    void complete() override;
    void contribute(ActionRegistry &actions) override;
    QList<QWidget *> focusStops() const override;
    void setMasked(bool masked) override;

Q_SIGNALS:
    void opened();
    //! What was to be inspected is no token, which is said.
    void refused();
    //! There is a token to look at, or none any more.
    void filled(bool isFilled);
    //! There are windows of tearOff(), or none any more.
    void windowsChanged(bool any);

protected:
    void fill(QWidget &content) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeEmptyState();
    QWidget *makeTokenState();
    //! What was found in a text; if nothing was, why it is no token.
    struct Reading
    {
        QList<Jose::TokenDocument> documents;
        QString problem;
    };
    static Reading read(QByteArrayView text);
    void readThen(Secret text, std::function<void(const Reading &)> then);
    void present(const Reading &reading, const QString &profileId, const std::optional<KnownProvider> &provider);
    void sayProblem(const QString &text);
    void showToken(int place);
    void takeChange(int removed, int added);
    void judgeInput();
    void inspectInput();
    void pasteToken();
    void closeToken();
    void openFile();
    void readFile(const QString &path);
    void addSamples(QMenu *menu);
    TokenWindow *tearOff(int place, std::optional<QPoint> at);
    void connectWindow(TokenWindow *window);
    void shareActions(TokenWindow &window);
    void takeBack(TokenWindow *window);
    bool isHome(const QPoint &at) const;
    void forEachView(const std::function<void(TokenView &)> &apply);

    QStackedWidget *m_stack = nullptr;
    QPlainTextEdit *m_input = nullptr;
    QPushButton *m_inspect = nullptr;
    QTimer m_typing; //!< runs while somebody types
    TokenTabs *m_tokens = nullptr;
    TokenView *m_view = nullptr;
    QLabel *m_problem = nullptr;
    QList<QPointer<TokenWindow>> m_windows;
    ProviderProbe *m_probe = nullptr;
    QList<Profile> m_profiles;
    ActionRegistry *m_actions = nullptr; //!< of the window
    QString m_profileId; //!< whose the token in front is
    TimeStyle m_timeStyle = TimeStyle::Local;
    bool m_isMasked = false;
    int m_reading = 0; //!< only the newest reading is shown
};

} // namespace Countersign::Desktop
