// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpage.h"

#include "inspector/checksview.h"
#include "inspector/picturereader.h"
#include "inspector/sampletokens.h"
#include "inspector/tokenbox.h"
#include "inspector/tokenreading.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "inspector/tokenwindow.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/symbol.h"

#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! Of one drop.
constexpr qsizetype maximumFiles = 16;

} // namespace

InspectorPage::InspectorPage(Building building, QWidget *parent)
    : Page(u"inspector"_s, tr("Inspector"), u"inspect"_s, tr("Shows what is in a token. Nothing leaves this computer."),
           parent)
{
    setAcceptDrops(true);
    if (building == Building::AtOnce)
        build();
}

void InspectorPage::fill(QWidget &content)
{
    m_stack = new QStackedWidget;
    m_box = new TokenBox;
    m_tokens = new TokenTabs;
    m_tokens->addCloseButtons();
    m_tokens->hide();
    m_view = new TokenView;
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(m_tokens);
    column->addWidget(m_stack);
    m_stack->addWidget(m_box);
    m_stack->addWidget(makeTokenState());
    connectBox();
    connect(m_tokens, &QTabBar::currentChanged, this, &InspectorPage::showFront);
    connect(m_tokens, &QTabBar::tabCloseRequested, this, &InspectorPage::closeTab);
    connect(m_stack, &QStackedWidget::currentChanged, this, [this](int state) { Q_EMIT filled(state == 1); });
    connect(m_view, &TokenView::copyRequested, this, &Page::copyRequested);
    m_view->setTimeStyle(m_timeStyle);
    m_view->checks()->setProviderProbe(m_probe);
    m_view->checks()->setProfiles(m_profiles);
    if (m_isMasked)
        setMasked(true);
}

void InspectorPage::connectBox()
{
    connect(m_box, &TokenBox::inspectRequested, this, [this](const Secret &text) {
        const auto shared = std::make_shared<Secret>(Secret::copyOf(text.reveal()));
        readThenPresent([shared] { return readTokens(shared->reveal()); }, {.isBox = true});
    });
    connect(m_box, &TokenBox::sampleRequested, this, &InspectorPage::inspectSample);
    connect(m_box, &TokenBox::pasteRequested, this, &InspectorPage::pasteToken);
    connect(m_box, &TokenBox::openRequested, this, &InspectorPage::openFile);
    connect(m_box, &TokenBox::cancelRequested, this, &InspectorPage::dropPictures);
}

TokenView *InspectorPage::view()
{
    build();
    return m_view;
}

void InspectorPage::complete()
{
    view()->complete();
}

QWidget *InspectorPage::makeTokenState()
{
    auto *state = new QWidget;
    auto *column = new QVBoxLayout(state);
    column->setContentsMargins(0, 0, 0, 0);
    // Where there is no room for all of it, it scrolls above the buttons.
    column->addWidget(scrolled(m_view, tr("Token")), 1);
    auto *another = new QPushButton(symbol(u"inspect"_s), tr("&Inspect another"));
    another->setAccessibleName(tr("Inspect another token"));
    connect(another, &QPushButton::clicked, this, &InspectorPage::askForAnother);
    auto *tearButton = new QPushButton(symbol(u"window"_s), tr("In a &window of its own"));
    tearButton->setAccessibleName(tr("Open in a window of its own"));
    connect(tearButton, &QPushButton::clicked, this, [this] { tearOff(); });
    connect(m_tokens, &QTabBar::tabBarDoubleClicked, this, [this](int place) { tearOff(place, std::nullopt); });
    connect(m_tokens, &TearableTabs::dropped, this, [this](int place, const QPoint &at) { tearOff(place, at); });
    auto *buttons = new FlowLayout;
    buttons->addWidget(another);
    buttons->addWidget(tearButton);
    buttons->addWidget(m_view->copyRedactedButton());
    column->addLayout(buttons);
    return state;
}

void InspectorPage::inspectSample(qsizetype sample)
{
    // Made anew when chosen, so that its times are those of now.
    inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(sample).token));
}

bool InspectorPage::isAsking() const
{
    return !isBuilt() || m_stack->currentIndex() == 0;
}

void InspectorPage::setMasked(bool masked)
{
    m_isMasked = masked;
    forEachView([masked](TokenView &view) { view.setMasked(masked); });
    for (const auto &window : std::as_const(m_windows))
        window->setMasked(masked);
    if (!m_box)
        return;
    m_box->setMasked(masked);
    m_tokens->setMasked(masked);
}

void InspectorPage::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    forEachView([style](TokenView &view) { view.setTimeStyle(style); });
}

void InspectorPage::setProviderProbe(ProviderProbe *probe)
{
    m_probe = probe;
    forEachView([probe](TokenView &view) { view.checks()->setProviderProbe(probe); });
}

void InspectorPage::setProfiles(const QList<Profile> &profiles)
{
    m_profiles = profiles;
    forEachView([&profiles](TokenView &view) { view.checks()->setProfiles(profiles); });
}

qsizetype InspectorPage::tokenCount() const
{
    return m_tokens ? m_tokens->tokenCount() : 0;
}

void InspectorPage::clear()
{
    m_dropped = m_reading;
    build();
    dropPictures();
    m_tokens->clear();
    m_box->clear();
    showFront();
    m_box->setFocus();
}

void InspectorPage::askForAnother()
{
    build();
    if (!isEmpty())
        m_tokens->openBox();
    m_box->setFocus();
}

QList<QWidget *> InspectorPage::focusStops() const
{
    if (!isBuilt())
        return {};
    return {isAsking() ? static_cast<QWidget *>(m_box) : m_view};
}

void InspectorPage::closeTab(int place)
{
    if (place < 0 || place >= m_tokens->count())
        return;
    if (place >= m_tokens->tokenCount()) {
        m_box->clear();
        m_tokens->closeBox();
    } else {
        m_tokens->take(place);
    }
    showFront(); // also when no other tab came to the front
}

void InspectorPage::pasteToken()
{
    const auto *clipboard = QGuiApplication::clipboard();
    if (const auto *content = clipboard->mimeData(); isPictureAlone(content)) {
        Q_EMIT raiseRequested();
        return inspectPicture(*content);
    }
    const auto text = clipboard->text();
    if (text.trimmed().isEmpty()) {
        const auto why = tr("The clipboard holds no text");
        // Beside the box, where what was said of an earlier text would stay otherwise.
        if (isBuilt() && isAsking())
            m_box->sayProblem(why);
        Q_EMIT said(why);
        return;
    }
    Q_EMIT raiseRequested();
    inspect(Secret(text.toUtf8()));
}

void InspectorPage::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file with a token"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &InspectorPage::inspectFile);
    dialog->open();
}

void InspectorPage::dragEnterEvent(QDragEnterEvent *event)
{
    const auto *content = event->mimeData();
    if (content->hasText() || content->hasUrls() || isPictureAlone(content))
        event->acceptProposedAction();
}

void InspectorPage::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    const auto *content = event->mimeData();
    QStringList files;
    for (const auto &url : content->urls()) {
        if (url.isLocalFile() && files.size() < maximumFiles)
            files.append(url.toLocalFile());
    }
    for (const auto &file : std::as_const(files))
        inspectFile(file);
    if (!files.isEmpty())
        return;
    if (isPictureAlone(content))
        return inspectPicture(*content);
    inspect(Secret(content->text().toUtf8()));
}

void InspectorPage::inspect(Secret text, const QString &profileId, const std::optional<KnownProvider> &provider,
                            const QString &tokenId)
{
    const auto shared = std::make_shared<Secret>(std::move(text));
    readThenPresent([shared] { return readTokens(shared->reveal()); },
                    {.profileId = profileId, .provider = provider, .tokenId = tokenId});
}

void InspectorPage::inspectFile(const QString &path)
{
    readThenPresent([path] { return readTokenFile(path); }, {});
}

void InspectorPage::readThenPresent(std::function<TokenReading()> read, const Source &source)
{
    const auto number = ++m_reading;
    readBehind(this, std::move(read), [this, number, source](const TokenReading &reading) {
        if (number > m_dropped)
            present(reading, source, number == m_reading);
    });
}

void InspectorPage::present(const TokenReading &reading, const Source &source, bool isNewest)
{
    build();
    if (!reading.picture.isEmpty())
        return readPicture(reading.picture);
    if (reading.documents.isEmpty())
        return refuse(reading.problem);
    if (source.isBox)
        m_box->clear();
    else
        m_box->forgetProblem();
    auto *window = windowOf(reading.documents.constFirst());
    const int place = takeIn(reading.documents, source);
    if (place < 0 && !window)
        return Q_EMIT refused();
    if (m_box->isBlank())
        m_tokens->closeBox();
    if (place >= 0 && isNewest)
        m_tokens->setCurrentIndex(place);
    showFront();
    if (window) {
        window->raise();
        window->activateWindow();
    } else if (isNewest) {
        // The box that had the focus is gone: what was found has it, or the next part of the window would.
        m_view->setFocus(Qt::OtherFocusReason);
    }
    Q_EMIT opened();
}

void InspectorPage::refuse(const QString &problem)
{
    // What was typed stays to be mended, and no token that is shown seems to be meant.
    askForAnother();
    // Later: the emptied box takes back what was said of its text.
    QMetaObject::invokeMethod(
        this,
        [this, problem] {
            m_box->sayProblem(problem);
            Q_EMIT refused();
        },
        Qt::QueuedConnection);
}

bool InspectorPage::hasRoomFor(const Jose::TokenDocument &document) const
{
    auto bytes = m_tokens->byteCount() + document.text().size();
    for (const auto &window : m_windows)
        bytes += window ? window->token().document.text().size() : 0;
    return m_tokens->tokenCount() + m_windows.size() < maximumTokens && bytes <= maximumBytes;
}

int InspectorPage::takeIn(const QList<Jose::TokenDocument> &documents, const Source &source)
{
    int first = -1;
    int left = 0;
    for (const auto &document : documents) {
        if (windowOf(document))
            continue;
        int place = m_tokens->placeOf(document);
        if (place >= 0 && !source.profileId.isEmpty()) {
            // Said anew, whatever was chosen since.
            m_tokens->setToken(place, {document, source.profileId, source.provider, {}, source.tokenId});
            m_shown.reset();
        } else if (place < 0 && hasRoomFor(document)) {
            place = int(m_tokens->tokenCount());
            m_tokens->append(
                {document, source.profileId, source.provider, expectedLike(document, source), source.tokenId});
        }
        if (place < 0)
            ++left;
        else if (first < 0)
            first = place;
    }
    if (left > 0) {
        const auto text = tr("%n token(s) not opened: there is no room. Close some that are open.", nullptr, left);
        if (isAsking())
            m_box->sayProblem(text);
        Q_EMIT said(text);
    }
    return first;
}

//! Whoever has the keys of an issuer for one token wants them for its next one.
std::optional<Expectations> InspectorPage::expectedLike(const Jose::TokenDocument &document, const Source &source) const
{
    const auto issuer = document.claims().string("iss");
    const auto *checks = m_view->checks();
    if (!source.profileId.isEmpty() || !m_shown || !checks->profileId().isEmpty() || !issuer || issuer->isEmpty()
        || m_shown->claims().string("iss") != issuer)
        return {};
    const auto &expected = checks->expectations();
    return Expectations{.use = useOf(document.kind()), .issuer = expected.issuer, .keys = expected.keys};
}

void InspectorPage::showFront()
{
    m_tokens->setVisible(m_tokens->count() > 0);
    const bool isToken = !isEmpty() && !m_tokens->isBoxInFront();
    if (isToken) {
        showToken(m_tokens->currentIndex());
    } else {
        keepExpectations();
        m_shown.reset();
        m_view->clear();
    }
    m_stack->setCurrentIndex(isToken ? 1 : 0);
    Q_EMIT closable(m_tokens->count() > 0);
}

void InspectorPage::keepExpectations()
{
    const int place = m_shown ? m_tokens->placeOf(*m_shown) : -1;
    if (place < 0)
        return;
    auto token = m_tokens->token(place);
    token.profileId = m_view->checks()->profileId();
    token.left = m_view->checks()->expectations();
    m_tokens->setToken(place, token);
}

void InspectorPage::showToken(int place)
{
    if (place < 0 || place >= m_tokens->tokenCount())
        return;
    if (m_shown && m_shown->text() == m_tokens->token(place).document.text())
        return;
    keepExpectations();
    const auto &token = m_tokens->token(place);
    m_shown = token.document;
    m_view->showToken(token, QDateTime::currentDateTimeUtc());
}

} // namespace Countersign::Desktop
