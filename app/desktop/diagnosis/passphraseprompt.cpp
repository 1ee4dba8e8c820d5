// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "passphraseprompt.h"

#include <settings/passphrasedialog.h>

#include <countersign/storage/sealedfilestore.h>

#include <QtCore/QFileInfo>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! A store for looking whether \p passphrase is the right one.
Result<std::unique_ptr<TokenStore>> storeWith(const Secret &passphrase, const App::StoreChoice &choice,
                                              RandomSource &random)
{
    return App::makeStore(choice, random,
                          [&passphrase] { return Result<Secret>(Secret::copyOf(passphrase.reveal())); });
}

} // namespace

Result<Secret> askForPassphrase(const QString &store, RandomSource &random)
{
    const auto choice = App::StoreChoice::parse(store);
    if (!choice)
        return choice.error();
    const auto path = choice->path.isEmpty() ? SealedFileStore::defaultPath() : choice->path;
    PassphraseDialog dialog(
        QFileInfo::exists(path) ? PassphraseDialog::Purpose::Open : PassphraseDialog::Purpose::Choose, path);
    std::unique_ptr<TokenStore> tried;
    std::optional<Result<Secret>> answer;
    QObject::connect(&dialog, &PassphraseDialog::entered, &dialog, [&](const Secret &passphrase) {
        auto made = storeWith(passphrase, *choice, random);
        if (!made) {
            answer.emplace(made.error());
            return dialog.reject();
        }
        tried = *std::move(made);
        const auto kept = std::make_shared<Secret>(Secret::copyOf(passphrase.reveal()));
        dialog.wait();
        tried->load(&dialog, [&dialog, &answer, kept](const Result<StoredBlob> &loaded) {
            if (!loaded && loaded.error().cause() == ErrorCause::PassphraseWrong)
                return dialog.refuse(PassphraseDialog::tr("That is not its passphrase."));
            // What else is wrong with the file is the window's matter.
            answer.emplace(std::move(*kept));
            dialog.accept();
        });
    });
    dialog.exec();
    if (answer)
        return *std::move(answer);
    return Error{ErrorCode::StorageUnavailable, ErrorCause::PassphraseWrong, u"The passphrase was not given."_s};
}

} // namespace Countersign::Desktop
