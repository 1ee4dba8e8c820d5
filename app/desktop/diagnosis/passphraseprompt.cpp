// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "passphraseprompt.h"

#include <settings/passphrasedialog.h>

#include <countersign/storage/sealedfilestore.h>

#include <QtCore/QFileInfo>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! One question: the dialog, and what was tried.
class Question final : public QObject
{
public:
    Question(App::StoreChoice choice, RandomSource &random, PassphraseDialog &dialog)
        : QObject(&dialog), m_choice(std::move(choice)), m_random(random), m_dialog(dialog)
    {
        connect(&dialog, &PassphraseDialog::entered, this, &Question::tryOut);
    }
    Result<Secret> takeAnswer()
    {
        if (m_answer)
            return *std::move(m_answer);
        return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"The passphrase was not given."_s};
    }

private:
    void tryOut(const Secret &passphrase)
    {
        auto made = App::makeStore(m_choice, m_random,
                                   [&passphrase] { return Result<Secret>(Secret::copyOf(passphrase.reveal())); });
        if (!made) {
            m_answer.emplace(made.error());
            return m_dialog.reject();
        }
        m_tried = *std::move(made);
        m_dialog.wait();
        const auto kept = std::make_shared<Secret>(Secret::copyOf(passphrase.reveal()));
        m_tried->load(this, [this, kept](const Result<StoredBlob> &loaded) {
            if (!loaded && loaded.error().cause() == ErrorCause::PassphraseWrong)
                return m_dialog.refuse(PassphraseDialog::tr("That is not its passphrase."));
            // What else is wrong with the file is the window's matter.
            m_answer.emplace(std::move(*kept));
            m_dialog.accept();
        });
    }

    const App::StoreChoice m_choice;
    RandomSource &m_random;
    PassphraseDialog &m_dialog;
    std::unique_ptr<TokenStore> m_tried; //!< for looking whether the passphrase is the right one
    std::optional<Result<Secret>> m_answer;
};

} // namespace

void askForPassphrase(const QString &store, RandomSource &random, QWidget *parent, QObject *context,
                      std::function<void(Result<Secret>)> handler)
{
    const auto choice = App::StoreChoice::parse(store);
    if (!choice) {
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), error = choice.error()] { handler(error); }, Qt::QueuedConnection);
        return;
    }
    const auto path = choice->path.isEmpty() ? SealedFileStore::defaultPath() : choice->path;
    auto *dialog = new PassphraseDialog(
        QFileInfo::exists(path) ? PassphraseDialog::Purpose::Open : PassphraseDialog::Purpose::Choose, path, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *question = new Question(*choice, random, *dialog);
    QObject::connect(dialog, &QDialog::finished, context,
                     [question, handler = std::move(handler)] { handler(question->takeAnswer()); });
    dialog->open();
}

} // namespace Countersign::Desktop
