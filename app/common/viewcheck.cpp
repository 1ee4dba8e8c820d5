// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/viewcheck.h>

#include <common/helperrun.h>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

//! The program gives itself less.
constexpr std::chrono::seconds deadline{20};

Error viewFailed(const QString &why)
{
    return {ErrorCode::NotSupported, ErrorCause::WebViewFailed, u"the embedded view "_s + why};
}

//! What it said, in one line that is not too long.
QString lastWords(const QByteArray &errors)
{
    constexpr qsizetype mostWords = 200;
    const auto lines = QString::fromUtf8(errors).split(u'\n', Qt::SkipEmptyParts);
    const auto own = lines.filter(u"countersign-webview: "_s);
    return own.isEmpty() ? QString() : own.constLast().section(u": "_s, 1).left(mostWords);
}

Result<void> judge(const HelperEnd &end)
{
    switch (end.kind) {
    case HelperEnd::Kind::NotStarted:
        return Error{ErrorCode::NotSupported, ErrorCause::WebViewMissing,
                     u"the program of the embedded view cannot be started"_s};
    case HelperEnd::Kind::Crashed: return viewFailed(u"crashed"_s);
    case HelperEnd::Kind::TooLate: return viewFailed(u"did not answer in time"_s);
    case HelperEnd::Kind::Exited: break;
    }
    if (end.code == 0)
        return {};
    const auto words = lastWords(end.errors);
    return viewFailed(words.isEmpty() ? u"ended with status %1"_s.arg(end.code) : u"does not work: "_s + words);
}

} // namespace

void checkView(const QString &program, QObject *context, std::function<void(const Result<void> &)> handler)
{
    runHelper({.program = program, .arguments = {u"--check"_s}, .deadline = deadline}, context,
              [handler = std::move(handler)](const HelperEnd &end) { handler(judge(end)); });
}

} // namespace Countersign::App
