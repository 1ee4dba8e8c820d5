// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/copyform.h"

#include "inspector/textviews.h"

#include <countersign/jose/tokendocument.h>

#include <QtCore/QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct CopyWords
{
    Q_DECLARE_TR_FUNCTIONS(CopyForm)
};

//! One character as it stands between the quotes of a form.
using Quoter = QByteArrayView (*)(char c);

// Every byte once, to point into.
QByteArrayView plainly(char c)
{
    static const QByteArray all = [] {
        QByteArray bytes(256, Qt::Uninitialized);
        for (int i = 0; i < 256; ++i)
            bytes[i] = char(i);
        return bytes;
    }();
    return QByteArrayView(all).sliced(uchar(c), 1);
}

QByteArrayView forShell(char c)
{
    return c == '\'' ? QByteArrayView("'\\''") : plainly(c);
}

QByteArrayView forPowerShell(char c)
{
    return c == '\'' ? QByteArrayView("''") : plainly(c);
}

//! No control character belongs into a token; as JSON they would need more than a backslash.
QByteArrayView forJson(char c)
{
    if (c == '"')
        return "\\\"";
    if (c == '\\')
        return "\\\\";
    return uchar(c) < 0x20 ? QByteArrayView(" ") : plainly(c);
}

struct Frame
{
    QByteArrayView before;
    QByteArrayView after;
    Quoter quote = plainly;
};

Frame frameOf(CopyForm form, TokenUse use)
{
    switch (form) {
    case CopyForm::Plain: return {};
    case CopyForm::Header: return {"Authorization: Bearer ", {}};
    case CopyForm::Curl: return {"curl -H 'Authorization: Bearer ", "' ", forShell};
    case CopyForm::PowerShell:
        return {"Invoke-RestMethod -Headers @{ Authorization = 'Bearer ", "' } -Uri ", forPowerShell};
    case CopyForm::Httpie: return {"http -A bearer -a '", "' ", forShell};
    case CopyForm::Json:
        return use == TokenUse::Id ? Frame{R"({"id_token":")", R"("})", forJson}
                                   : Frame{R"({"access_token":")", R"(","token_type":"Bearer"})", forJson};
    case CopyForm::Environment:
        return {use == TokenUse::Id ? QByteArrayView("ID_TOKEN='") : QByteArrayView("ACCESS_TOKEN='"), "'", forShell};
    }
    Q_UNREACHABLE();
}

} // namespace

QList<CopyForm> allCopyForms()
{
    return {CopyForm::Plain,  CopyForm::Header, CopyForm::Curl,       CopyForm::PowerShell,
            CopyForm::Httpie, CopyForm::Json,   CopyForm::Environment};
}

QString copyFormText(CopyForm form)
{
    switch (form) {
    case CopyForm::Plain: return CopyWords::tr("The token");
    case CopyForm::Header: return CopyWords::tr("As header");
    case CopyForm::Curl: return CopyWords::tr("As curl command");
    case CopyForm::PowerShell: return CopyWords::tr("As PowerShell command");
    case CopyForm::Httpie: return CopyWords::tr("As HTTPie command");
    case CopyForm::Json: return CopyWords::tr("As JSON");
    case CopyForm::Environment: return CopyWords::tr("As environment line");
    }
    Q_UNREACHABLE();
}

Secret formatted(const Secret &token, CopyForm form, TokenUse use)
{
    const auto frame = frameOf(form, use);
    auto size = frame.before.size() + frame.after.size();
    for (const auto c : token.reveal())
        size += frame.quote(c).size();
    auto text = Secret::ofSize(size);
    auto *out = reinterpret_cast<char *>(text.writable().data());
    const auto write = [&out](QByteArrayView part) { out = std::copy(part.begin(), part.end(), out); };
    write(frame.before);
    for (const auto c : token.reveal())
        write(frame.quote(c));
    write(frame.after);
    return text;
}

QString redacted(const Secret &token)
{
    const auto decodable = redactedToken(Jose::TokenDocument::read(token.reveal()));
    return decodable.isEmpty() ? CopyWords::tr("<token of %n byte(s)>", nullptr, int(token.size())) : decodable;
}

} // namespace Countersign::Desktop
