// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

#include <common/accountbook.h>
#include <common/serviceset.h>
#include <common/usersettings.h>

namespace Countersign::Jose {
class JsonWriter;
} // namespace Countersign::Jose

namespace Countersign::Cli {

//! The profile that the command line means, saved or made of --issuer, --tenant or --authority and --client-id.
struct ChosenProfile
{
    Profile profile;
    bool isSaved = false;

    //! What was said besides a saved profile's name: another client, another tenant.
    QString overrides;

    //! The flags that choose it again, for hints: " --profile work".
    QString flags() const;
};

//! Errors: InvalidArgument: wrong usage; with the cause AccountNotFound or AccountAmbiguous (exit 3) when there is no
//!         such profile, or none to take.
[[nodiscard]] Result<ChosenProfile> chooseProfile(const GlobalOptions &options, const ProfileStore &profiles);
//! The same, and what helps is suggested to \p context where no profile was found: the list of them, or a newcomer's
//! first steps where none is saved yet.
[[nodiscard]] Result<ChosenProfile> chooseProfile(Context &context, const GlobalOptions &options,
                                                  const ProfileStore &profiles);
//! The same for the options of \p context.
[[nodiscard]] Result<ChosenProfile> chooseProfile(Context &context, const ProfileStore &profiles);

//! The one of \p accounts that \p wanted names: by its own name, user name, home account id, object id or name. Empty:
//! the marked one, otherwise the only one. Null: there is none at all and nobody asked for a certain one.
//!
//! Errors: InvalidArgument, AccountNotFound or AccountAmbiguous (exit 3); those of Context::ask().
[[nodiscard]] Result<std::optional<Account>> chooseAccount(Context &context, const QList<Account> &accounts,
                                                           const QString &wanted, const App::AccountBook &book);

//! What to call \p account: its user name, its name, or the provider's id of it. Never empty.
QString labelOf(const Account &account);

//! Whether \p account stands for an application, whose name it has. See obtainServiceToken().
bool isService(const Account &account);

//! The client ids of the applications that have tokens of their own in \p cache, at \p environments or anywhere.
QStringList applicationsIn(const TokenCache &cache, const QList<Environment> &environments = {});

//! The tenant of a Microsoft account; empty for every other provider, where the cache's realm is a word of its own.
QString tenantOf(const Account &account);

//! Whether \p account is Microsoft's: only those have tenants and object ids.
bool isMicrosoftAccount(const Account &account);
//! Where entries belong, as people call it: Microsoft's host, any other provider's issuer. See
//! Authority::environment().
QString homeOf(const Environment &environment);
QString homeOf(const Account &account);
//! "MSSTS" or "ADFS" as the cache's schema says it, "OIDC" for what it has no word for.
QString typeOf(const Account &account);
//! Null for an empty text: what is not known is there all the same.
void writeTextOrNull(Jose::JsonWriter &json, const char *name, const QString &value);

//! What the verbs that deal in tokens work with: one profile, its client and the store.
class Session
{
public:
    //! Errors: as chooseProfile() and Context::services().
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(Context &context);
    //! For a profile that is known already.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(Context &context, ChosenProfile chosen);
    ~Session();
    Q_DISABLE_COPY_MOVE(Session)

    Context &context() { return m_context; }
    const ChosenProfile &chosen() const { return m_chosen; }
    const Profile &profile() const { return m_chosen.profile; }
    App::ServiceSet &services() { return *m_services; }
    PublicClient &client() { return *m_client; }
    App::AccountBook &book() { return m_book; }
    //! What the person set, for what no flag says.
    const App::UserSettings &settings() const { return *m_settings; }

    //! Opens the store and picks the account by --account. Null: nobody is signed in.
    //!
    //! Errors: those of the store; as chooseAccount().
    [[nodiscard]] Result<std::optional<Account>> account();

private:
    explicit Session(Context &context) : m_context(context) { }

    Context &m_context;
    ChosenProfile m_chosen;
    App::UserSettings *m_settings = nullptr;
    App::ServiceSet *m_services = nullptr;
    App::AccountBook m_book;
    std::unique_ptr<PublicClient> m_client;
};

} // namespace Countersign::Cli
