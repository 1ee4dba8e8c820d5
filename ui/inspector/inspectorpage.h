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

#include <functional>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QMimeData;
class QStackedWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class PictureReader;
class ProviderProbe;
struct Expectations;
class TokenBox;
struct ShownToken;
struct TokenReading;
class TokenTabs;
class TokenView;
class TokenWindow;

//! Opens any token for looking at: one box that takes whatever holds one, and a tab for each that was found, which
//! stays until it is closed. It never touches the network by itself and shows foreign text as plain text only.
class InspectorPage final : public Page
{
    Q_OBJECT
public:
    explicit InspectorPage(Building building = Building::AtOnce, QWidget *parent = nullptr);

    //! At once, windows of their own included: what is more is refused, and that is said.
    static constexpr qsizetype maximumTokens = 32;
    static constexpr qsizetype maximumBytes = 16 * 1024 * 1024;

    //! Takes the tokens out of whatever \p text is, and gives each a tab; one that has a tab already comes to the
    //! front. It is read on another thread. \p profileId: whose it is and what is expected of it, if that is known; \p
    //! provider: what a sign-in through it has learnt; \p tokenId: by what the cache knows it, to be open again at the
    //! next start.
    void inspect(Secret text, const QString &profileId = {}, const std::optional<KnownProvider> &provider = {},
                 const QString &tokenId = {});
    void inspectFile(const QString &path);
    //! The codes in the picture that \p content has.
    void inspectPicture(const QMimeData &content);
    //! Closes every tab, and drops what is being read.
    void clear();
    //! Brings the box to the front. The tokens keep their tabs.
    void askForAnother();
    //! Those of tearOff(), with their tokens.
    void closeWindows();
    //! No token has a tab here.
    bool isEmpty() const { return tokenCount() == 0; }
    //! The box is in front.
    bool isAsking() const;
    //! Without those that have windows of their own.
    qsizetype tokenCount() const;
    void setTimeStyle(TimeStyle style);
    //! For the checks: where keys can be fetched and whose expectations can be taken. \p probe outlives the page.
    void setProviderProbe(ProviderProbe *probe);
    void setProfiles(const QList<Profile> &profiles);
    //! Null: pictures are refused with the reason. \p reader outlives the page.
    void setPictureReader(PictureReader *reader);
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
    //! Of tokens that the cache has: by what it knows them.
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    //! Those that were open at the end of the last run, in their order, the one in front once more at the end. Whoever
    //! takes them has them opened, or tells that they are gone.
    QStringList takeWanted();
    //! So many of them are not in the cache any more.
    void tellGone(int count);

Q_SIGNALS:
    //! There is something to take: see takeWanted().
    void tokensWanted();
    void opened();
    //! What was to be inspected is no token, which is said, or there is no room for it.
    void refused();
    //! A token is in front, or none.
    void filled(bool isFilled);
    //! There is a tab to close, or none any more.
    void closable(bool isClosable);
    //! There are windows of tearOff(), or none any more.
    void windowsChanged(bool any);

protected:
    void fill(QWidget &content) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    //! Where something to inspect came from.
    struct Source
    {
        QString profileId = {};
        std::optional<KnownProvider> provider = {};
        bool isBox = false;
        QString tokenId = {}; //!< of the cache
    };
    QWidget *makeTokenState();
    void connectBox();
    void readThenPresent(std::function<TokenReading()> read, const Source &source);
    void present(const TokenReading &reading, const Source &source, bool isNewest);
    void refuse(const QString &problem);
    void readPicture(const QByteArray &picture);
    //! Nobody waits for what is in them any more.
    void dropPictures();
    //! The first of them that has a place in the tabs now; -1: none.
    int takeIn(const QList<Jose::TokenDocument> &documents, const Source &source);
    std::optional<Expectations> expectedLike(const Jose::TokenDocument &document, const Source &source) const;
    bool hasRoomFor(const Jose::TokenDocument &document) const;
    TokenWindow *windowOf(const Jose::TokenDocument &document) const;
    void showFront();
    void showToken(int place);
    //! What is expected of the token in front, for when it is there again.
    void keepExpectations();
    void pasteToken();
    void closeTab(int place);
    void openFile();
    void inspectSample(qsizetype sample);
    TokenWindow *tearOff(int place, std::optional<QPoint> at);
    void connectWindow(TokenWindow *window);
    void shareActions(TokenWindow &window);
    void takeBack(TokenWindow *window);
    bool isHome(const QPoint &at) const;
    void forEachView(const std::function<void(TokenView &)> &apply);

    QStackedWidget *m_stack = nullptr;
    TokenBox *m_box = nullptr;
    TokenTabs *m_tokens = nullptr;
    TokenView *m_view = nullptr;
    std::optional<Jose::TokenDocument> m_shown; //!< what the view shows
    QList<QPointer<TokenWindow>> m_windows;
    ProviderProbe *m_probe = nullptr;
    PictureReader *m_pictures = nullptr;
    std::unique_ptr<QObject> m_pictureWork; //!< with it, the readers end
    int m_openPictures = 0;
    QList<Profile> m_profiles;
    ActionRegistry *m_actions = nullptr; //!< of the window
    TimeStyle m_timeStyle = TimeStyle::Local;
    bool m_isMasked = false;
    QStringList m_wanted; //!< see takeWanted()
    QString m_wantedInFront;
    int m_reading = 0; //!< the newest one, which comes to the front
    int m_dropped = 0; //!< the newest one that nobody wants any more
};

} // namespace Countersign::Desktop
