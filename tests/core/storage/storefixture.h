// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../cache/cachefixture.h"

#include <countersign/storage/persistenttokencache.h>

#include <QtTest/QTest>

#include <optional>

namespace Countersign::Test {

//! Waits for the one call of a handler.
template <typename T> class Answer
{
public:
    auto handler()
    {
        return [value = m_value](auto &&result) { value->emplace(std::forward<decltype(result)>(result)); };
    }
    bool wait(int milliseconds = 20'000)
    {
        return QTest::qWaitFor([this] { return m_value->has_value(); }, milliseconds);
    }
    bool hasCome() const { return m_value->has_value(); }
    Result<T> &result() { return **m_value; }

private:
    std::shared_ptr<std::optional<Result<T>>> m_value = std::make_shared<std::optional<Result<T>>>();
};

inline Result<void> open(PersistentTokenCache &cache)
{
    Answer<void> answer;
    QObject context;
    cache.open(&context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

inline Result<void> update(PersistentTokenCache &cache, std::function<void(TokenCache &)> change)
{
    Answer<void> answer;
    QObject context;
    cache.update(std::move(change), &context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

inline Result<void> store(PersistentTokenCache &cache, const char *user)
{
    return update(cache, [user](TokenCache &tokens) {
        TokenGrant grant = contosoGrant();
        grant.homeAccountId.value = QString::fromLatin1(user);
        tokens.merge(grant, at(1000));
    });
}

inline Result<StoredBlob> load(TokenStore &store)
{
    Answer<StoredBlob> answer;
    QObject context;
    store.load(&context, answer.handler());
    return answer.wait() ? std::move(answer.result())
                         : Result<StoredBlob>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

inline Result<void> save(TokenStore &store, QByteArrayView bytes, quint64 generation)
{
    Answer<void> answer;
    QObject context;
    store.save({Secret::copyOf(bytes), generation}, &context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

inline Result<void> probe(TokenStore &store)
{
    Answer<void> answer;
    QObject context;
    store.probe(&context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

inline Result<void> clear(TokenStore &store)
{
    Answer<void> answer;
    QObject context;
    store.clear(&context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

} // namespace Countersign::Test
