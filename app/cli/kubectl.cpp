// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubectl.h"

#include "text.h"
#include "words.h"

#include <countersign/jose/json.h>

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! One that crashes writes pages of traces after it.
QString firstLineOf(const QByteArray &text)
{
    return QString::fromUtf8(text).trimmed().section(u'\n', 0, 0);
}

//! One run of kubectl. Let go it is ended: nobody waits for it any more.
class Kubectl final : public QProcess
{
public:
    ~Kubectl() override
    {
        disconnect();
        kill();
        waitForFinished();
    }

    void begin(const QStringList &arguments)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"KUBECONFIG"_s);
        setProcessEnvironment(environment);
        constexpr std::chrono::seconds deadline{30};
        QTimer::singleShot(deadline, this, &QProcess::kill);
        start(u"kubectl"_s, arguments);
        closeWriteChannel();
    }

    Result<QByteArray> answer()
    {
        if (error() == QProcess::FailedToStart)
            return Error{ErrorCode::NotSupported,
                         Text::tr("kubectl is not there; --print writes the entry to paste instead.")};
        // Ctrl+C at a terminal is for both of us.
        if (exitStatus() == QProcess::CrashExit)
            return Error{ErrorCode::Cancelled, Text::tr("kubectl was stopped.")};
        if (exitCode() != 0)
            return wrongUsage(Text::tr("kubectl refuses: %1").arg(harmless(firstLineOf(readAllStandardError()))));
        return readAllStandardOutput();
    }
};

} // namespace

QString KubectlVersion::toString() const
{
    return u"%1.%2"_s.arg(major).arg(minor);
}

Result<KubectlVersion> KubectlVersion::parse(const QByteArray &json)
{
    const auto object = Jose::JsonObject::parse(json);
    const auto client = object ? object->object("clientVersion") : std::nullopt;
    const auto number = [&client](const char *name) {
        // Some vendors write "32+".
        static const QRegularExpression digits(u"^[0-9]{1,4}"_s);
        const auto text = client ? client->string(name).value_or(QString()) : QString();
        const auto match = digits.match(text);
        return match.hasMatch() ? match.captured().toInt() : -1;
    };
    const KubectlVersion version{.major = number("major"), .minor = number("minor")};
    if (version.major < 0 || version.minor < 0)
        return Error{ErrorCode::NotSupported,
                     Text::tr("kubectl does not say its version; --print writes the entry to paste instead.")};
    return version;
}

Result<std::unique_ptr<KubeCopy>> KubeCopy::of(Context &context, const QString &config)
{
    auto change = beginChange(config);
    if (!change)
        return change.error();
    if (!change->existed)
        return wrongUsage(Text::tr("There is no kubeconfig '%1'.").arg(change->path));
    auto copy = std::make_unique<KubeCopy>(context);
    copy->m_change = *std::move(change);
    // The folder is nobody else's (0700): a kubeconfig may hold secrets.
    QFile file(copy->path());
    if (!copy->m_folder.isValid() || !file.open(QIODevice::WriteOnly)
        || file.write(copy->m_change.before) != copy->m_change.before.size())
        return Error{ErrorCode::StorageUnavailable, Text::tr("No copy of the kubeconfig can be made.")};
    return copy;
}

Result<QByteArray> KubeCopy::kubectl(const QStringList &arguments) const
{
    return runKubectl(m_context, QStringList{u"--kubeconfig"_s, path()} + arguments);
}

Result<QByteArray> runKubectl(Context &context, const QStringList &arguments)
{
    return context.awaitAnswer<QByteArray>([&](auto handler) {
        auto process = std::make_unique<Kubectl>();
        QObject::connect(process.get(), &QProcess::finished, process.get(),
                         [handler, kubectl = process.get()] { handler(kubectl->answer()); });
        QObject::connect(process.get(), &QProcess::errorOccurred, process.get(),
                         [handler, kubectl = process.get()](QProcess::ProcessError error) {
                             if (error == QProcess::FailedToStart)
                                 handler(kubectl->answer());
                         });
        process->begin(arguments);
        return process;
    });
}

Result<void> KubeCopy::run(const QList<QStringList> &commands) const
{
    for (const auto &arguments : commands) {
        if (const auto answer = kubectl(arguments); !answer)
            return answer.error();
    }
    return {};
}

Result<KubectlVersion> KubectlVersion::installed(Context &context)
{
    const auto answer = runKubectl(context, {u"version"_s, u"--client"_s, u"-o"_s, u"json"_s});
    return answer ? KubectlVersion::parse(*answer) : Result<KubectlVersion>(answer.error());
}

Result<void> KubeCopy::rewrite(const std::function<QByteArray(const QByteArray &)> &edit) const
{
    const auto now = beginChange(path());
    if (!now)
        return now.error();
    return FileChange{.path = path(), .before = now->before, .after = edit(now->before), .existed = true}.apply();
}

Result<FileChange> KubeCopy::finish()
{
    auto now = beginChange(path());
    if (!now)
        return now.error();
    if (!now->existed)
        return Error{ErrorCode::StorageUnavailable, Text::tr("The copy of the kubeconfig is gone.")};
    m_change.after = now->after;
    return std::move(m_change);
}

} // namespace Countersign::Cli
