// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profileedit.h"

#include "text.h"
#include "words.h"

#include <common/clientsecrets.h>
#include <common/serviceset.h>

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! The members by the type of their JSON value; the profile's own reader checks the rest.
const QHash<QString, QJsonValue::Type> &members()
{
    using Type = QJsonValue::Type;
    static const QHash<QString, Type> table{{u"name"_s, Type::String},
                                            {u"kind"_s, Type::String},
                                            {u"issuer"_s, Type::String},
                                            {u"client_id"_s, Type::String},
                                            {u"scopes"_s, Type::Array},
                                            {u"resources"_s, Type::Array},
                                            {u"audience"_s, Type::String},
                                            {u"redirect_uri"_s, Type::String},
                                            {u"via"_s, Type::String},
                                            {u"prompts"_s, Type::Array},
                                            {u"login_hint"_s, Type::String},
                                            {u"domain_hint"_s, Type::String},
                                            {u"acr_values"_s, Type::String},
                                            {u"capabilities"_s, Type::Array},
                                            {u"openid"_s, Type::Bool},
                                            {u"refresh_token"_s, Type::Bool},
                                            {u"ca_file"_s, Type::String},
                                            {u"color"_s, Type::String},
                                            {u"note"_s, Type::String},
                                            {u"client_authentication"_s, Type::String},
                                            {u"service"_s, Type::Bool},
                                            {u"certificate_file"_s, Type::String},
                                            {u"federated_token_file"_s, Type::String},
                                            {u"require_pushed_authorization_requests"_s, Type::Bool}};
    return table;
}

Result<QJsonValue> valueFor(const QString &name, const QString &text)
{
    switch (members().value(name)) {
    case QJsonValue::Array: return QJsonValue(QJsonArray::fromStringList(text.split(u' ', Qt::SkipEmptyParts)));
    case QJsonValue::Bool:
        if (text != "true"_L1 && text != "false"_L1)
            return wrongUsage(Text::tr("'%1' is true or false, not '%2'.").arg(name, text));
        return QJsonValue(text == "true"_L1);
    default:
        // It is read from other folders than this.
        if (name.endsWith("_file"_L1) && !text.isEmpty())
            return QJsonValue(QDir::current().absoluteFilePath(text));
        return QJsonValue(text);
    }
}

} // namespace

void ProfileChanges::addTo(OptionSet &options)
{
    options.words("-s,--scope", m_scopes, Text::tr("Scopes to ask for; repeat it or separate several by spaces"));
    options.text("--redirect-uri", m_redirectUri, Text::tr("Registered redirect URI, if it is not http://127.0.0.1"));
    options.text("--title", m_title, Text::tr("Name for people"));
    options.texts("--set", m_sets, Text::tr("MEMBER=VALUE of the profile; repeatable"));
}

QHash<QString, QString> ProfileChanges::values() const
{
    QHash<QString, QString> values;
    for (const auto &set : m_sets)
        values.insert(set.section(u'=', 0, 0), set.section(u'=', 1));
    return values;
}

Result<void> ProfileChanges::apply(Profile &profile) const
{
    return applyOnly(profile, values());
}

Result<void> ProfileChanges::applyOnly(Profile &profile, const QHash<QString, QString> &values) const
{
    auto json = profile.toJson();
    const bool hasId = !profile.id.isEmpty();
    if (!hasId)
        json.insert(u"id"_s, u"unnamed"_s); // the reader wants one
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (!members().contains(it.key())) {
            auto names = members().keys();
            names.sort();
            return wrongUsage(u"--set: "_s + notOneOf(it.key(), names));
        }
        const auto value = valueFor(it.key(), it.value());
        if (!value)
            return value.error();
        if (it.value().isEmpty())
            json.remove(it.key());
        else
            json.insert(it.key(), *value);
    }
    auto changed = Profile::fromJson(json);
    if (!changed)
        return changed.error();
    if (!hasId)
        changed->id.clear();
    if (!m_scopes.isEmpty())
        changed->scopes = ScopeSet(m_scopes);
    if (!m_title.isEmpty())
        changed->name = m_title;
    if (!m_redirectUri.isEmpty())
        changed->redirectUri = m_redirectUri;
    profile = *std::move(changed);
    return {};
}

void ClientSecretChange::addTo(OptionSet &options, bool isNew)
{
    m_source.option = u"--client-secret"_s;
    m_source.question = Text::tr("Client secret: ");
    options.flag("--client-secret-stdin", m_source.isOnInput,
                 Text::tr("Keep the registration's client secret: the first line of standard input"));
    options.file("--client-secret-file", m_source.file, Text::tr("The same from this file"));
    options.number("--client-secret-fd", m_source.descriptor, Text::tr("The same from this open file descriptor"));
    options.filledText("--client-secret-env", m_source.environment,
                       Text::tr("The same from this environment variable"));
    if (!isNew)
        options.flag("--forget-client-secret", m_forgets, Text::tr("Forget the client secret that is kept"));
}

Result<void> ClientSecretChange::read(Context &context)
{
    if (!isWanted())
        return {};
    if (m_forgets && m_source.isNamed())
        return wrongUsage(Text::tr("--forget-client-secret and a new client secret exclude each other."));
    if (m_forgets)
        return {};
    if (context.storeKind() == TokenStore::Kind::Memory)
        return wrongUsage(Text::tr("A client secret kept in memory would be gone with this command."));
    if (m_source.isOnInput && context.global().isSecretOnInput)
        return wrongUsage(Text::tr(
            "Standard input cannot give the store's passphrase as well: read one of the two from somewhere else."));
    auto secret = readSecret(context, m_source);
    if (!secret)
        return secret.error();
    if (secret->isEmpty())
        return wrongUsage(Text::tr("The client secret is empty."));
    m_secret = *std::move(secret);
    return {};
}

namespace {

//! Waits for what \p call does to the cache of the chosen store.
template <typename Call> Result<void> changeCache(Context &context, Call call)
{
    const auto services = context.services();
    if (!services)
        return services.error();
    return context.awaitAnswer<void>([&](auto handler) {
        auto listener = std::make_unique<QObject>();
        call((*services)->cache(), listener.get(), handler);
        return listener;
    });
}

} // namespace

Result<void> ClientSecretChange::apply(Context &context, const Profile &profile)
{
    if (m_forgets)
        return forgetClientSecret(context, profile);
    return changeCache(context, [&](PersistentTokenCache &cache, QObject *listener, auto handler) {
        App::keepClientSecret(cache, profile, std::move(m_secret), listener, handler);
    });
}

Result<void> forgetClientSecret(Context &context, const Profile &profile)
{
    return changeCache(context, [&](PersistentTokenCache &cache, QObject *listener, auto handler) {
        App::forgetClientSecret(cache, profile, listener, handler);
    });
}

std::optional<bool> hasClientSecret(Context &context, const Profile &profile)
{
    // Telling whether there is one is worth no question to a person.
    context.adjust().noInteraction = true;
    const auto services = context.services();
    if (!services)
        return std::nullopt;
    using Kept = std::shared_ptr<const Secret>;
    const auto kept = context.awaitAnswer<Kept>([&](auto handler) {
        auto listener = std::make_unique<QObject>();
        App::readClientSecret((*services)->cache(), profile, listener.get(), handler);
        return listener;
    });
    return kept ? std::optional(*kept != nullptr) : std::nullopt;
}

QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Array: {
        QStringList texts;
        const auto items = value.toArray();
        for (const auto item : items)
            texts.append(textOf(item));
        return texts.join(u' ');
    }
    case QJsonValue::Bool: return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Object: return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default: return value.toVariant().toString();
    }
}

} // namespace Countersign::Cli
