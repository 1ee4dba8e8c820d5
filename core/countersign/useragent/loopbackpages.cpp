// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/loopbackpages.h>

using namespace Qt::StringLiterals;

namespace Countersign {

LoopbackPages LoopbackPages::standard()
{
    const auto english = u"en"_s;
    return {.answered = page(english,
                             {u"You can close this page"_s,
                              u"The application that asked you to sign in has received the answer and goes on."_s}),
            .declined = page(english,
                             {u"The sign-in was refused"_s,
                              u"The application that asked you to sign in has received the refusal. You can close this "
                              "page."_s}),
            .stray = page(english,
                          {u"Nothing is waiting for this page"_s,
                           u"This is not the answer to a sign-in that is under way. If you were signing in, start "
                           "again from the application."_s})};
}

QByteArray LoopbackPages::page(const QString &language, const LoopbackPageWords &words)
{
    const QString title = words.title.toHtmlEscaped();
    return u"<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>%2</title>\n</head>\n"
           "<body>\n<h1>%2</h1>\n<p>%3</p>\n</body>\n</html>\n"_s
               .arg(language.toHtmlEscaped(), title, words.text.toHtmlEscaped())
               .toUtf8();
}

} // namespace Countersign
