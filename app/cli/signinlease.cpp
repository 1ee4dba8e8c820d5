// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signinlease.h"

#include "text.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What makes two sign-ins the same, as the name of a file: profile, account, what is asked for and a challenge.
QString nameOf(const Session &session, const TokenRequest &request, const QString &account)
{
    const QStringList parts{session.profile().issuer,
                            session.profile().clientId,
                            account,
                            request.scopes.sorted().join(u' '),
                            request.resources.join(u' '),
                            request.audience,
                            request.claimsChallenge,
                            request.acrValues.join(u' '),
                            request.maxAge ? QString::number(request.maxAge->count()) : QString()};
    const auto digest = QCryptographicHash::hash(parts.join(u'\n').toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"signin-"_s + QString::fromLatin1(digest.first(16)) + u".lock"_s;
}

std::unique_ptr<QLockFile> lockFor(Session &session, const TokenRequest &request, const std::optional<Account> &account)
{
    const auto folder = session.services().store().folder();
    if (folder.isEmpty() || !QDir(folder).exists())
        return {};
    const auto name =
        nameOf(session, request, account ? account->id.homeAccountId.value : session.context().global().account);
    auto file = std::make_unique<QLockFile>(QDir(folder).filePath(name));
    file->setStaleLockTime(0); // a person may take long; a holder that died is noticed all the same
    return file;
}

Result<void> waitFor(Context &context, QLockFile &file)
{
    constexpr std::chrono::milliseconds interval{200};
    constexpr std::chrono::seconds usualPatience{60};
    const QDeadlineTimer until(context.global().lockPatience.value_or(usualPatience));
    return context.awaitAnswer<void>([&file, until, interval](auto handler) {
        auto watch = std::make_unique<QTimer>();
        QObject::connect(watch.get(), &QTimer::timeout, watch.get(), [&file, until, handler] {
            if (file.tryLock(0) || file.error() != QLockFile::LockFailedError)
                return handler(Result<void>());
            if (until.hasExpired())
                handler(Result<void>(Error{ErrorCode::TimedOut,
                                           Text::tr("Another process is still asking for the same "
                                                    "sign-in. --wait-lock says how long to "
                                                    "wait for it.")}));
        });
        watch->start(interval);
        return watch;
    });
}

} // namespace

Result<SignInLease> SignInLease::take(Session &session, const TokenRequest &request,
                                      const std::optional<Account> &account)
{
    SignInLease lease;
    auto file = lockFor(session, request, account);
    if (!file)
        return lease;
    if (file->tryLock(0)) {
        lease.m_file = std::move(file);
        return lease;
    }
    if (file->error() != QLockFile::LockFailedError)
        return lease; // a folder that cannot be written is no reason to refuse a sign-in
    session.context().hint(Text::tr("Another process is asking for the same sign-in: waiting for it …"));
    if (const auto waited = waitFor(session.context(), *file); !waited)
        return waited.error();
    lease.m_file = std::move(file);
    lease.m_hasWaited = true;
    return lease;
}

SignInLease SignInLease::tryTake(Session &session, const TokenRequest &request, const std::optional<Account> &account)
{
    SignInLease lease;
    auto file = lockFor(session, request, account);
    if (file && file->tryLock(0))
        lease.m_file = std::move(file);
    return lease;
}

} // namespace Countersign::Cli
