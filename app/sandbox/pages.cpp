// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "pages.h"

#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace CountersignSandbox::Pages {

namespace {

// Contrast is at least 4.5:1 for every pair in both schemes (WCAG 2.1 §1.4.3).
constexpr QLatin1StringView style(R"css(
:root { color-scheme: light dark; --bg: #f4f5f7; --card: #ffffff; --ink: #1c2430; --soft: #525c6a; --line: #8a94a3;
  --brand: #1d4ed8; --on-brand: #ffffff; --mark-bg: #fff4cc; --mark-ink: #4a3a00; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --bg: #12161c; --card: #1c222b; --ink: #e8ecf2; --soft: #a9b4c2;
  --line: #667385; --brand: #8fb4ff; --on-brand: #0b1730; --mark-bg: #3a3000; --mark-ink: #ffe9a3; --bad: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--bg); color: var(--ink);
  font: 1rem/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; display: flex; flex-direction: column; }
.mark { background: var(--mark-bg); color: var(--mark-ink); padding: .5rem 1rem; text-align: center; font-size: .9rem; }
main { width: 100%; max-width: 28rem; margin: auto; padding: 1.5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.75rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; } .soft { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
ul { margin: .75rem 0; padding-left: 1.25rem; } li { margin: .35rem 0; } code { overflow-wrap: anywhere; }
form { margin: 1.25rem 0 0; display: flex; flex-direction: column; gap: .75rem; }
button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: transparent; color: var(--ink); cursor: pointer; text-align: left; }
button:hover { border-color: var(--brand); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
button.primary { background: var(--brand); border-color: var(--brand); color: var(--on-brand); font-weight: 600; }
button.center { text-align: center; } .who { display: flex; align-items: center; gap: .75rem; }
.face { flex: none; width: 2.25rem; height: 2.25rem; border-radius: 50%; background: var(--brand); color: var(--on-brand);
  display: grid; place-items: center; font-weight: 600; } .who small { color: var(--soft); display: block; }
.pair { display: flex; gap: .75rem; } .pair button { flex: 1; text-align: center; }
label { font-weight: 600; } input[type=text] { font: inherit; font-size: 1.25rem; letter-spacing: .12em; min-height: 2.75rem;
  padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: var(--ink); width: 100%;
  text-transform: uppercase; } .bad { color: var(--bad); font-weight: 600; } .code { font-size: 1.5rem; letter-spacing: .12em; }
)css");

QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}

Response page(const QString &title, const QString &content, int status = 200, const QString &script = {})
{
    const QString nonce = randomName();
    QString html = u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"_s
        + escaped(title) + u" · Countersign sandbox</title><style nonce=\""_s + nonce + u"\">"_s + style
        + u"</style></head><body><div class=\"mark\" role=\"note\">Sandbox on this computer. "
          "No real account, no real password.</div><main><div class=\"card\">"_s
        + content + u"</div></main>"_s;
    if (!script.isEmpty())
        html += u"<script nonce=\""_s + nonce + u"\">"_s + script + u"</script>"_s;
    html += u"</body></html>\n"_s;

    Response response;
    response.status = status;
    response.body = html.toUtf8();
    // No form-action: Chromium applies it to the redirect that follows a form, and that one leads to the client.
    const QByteArray policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'nonce-"_ba
        + nonce.toLatin1() + "'; script-src 'nonce-" + nonce.toLatin1() + '\'';
    response.headers = {{"Content-Type"_ba, "text/html; charset=utf-8"_ba},
                        {"Content-Security-Policy"_ba, policy},
                        {"Cache-Control"_ba, "no-store"_ba},
                        {"Referrer-Policy"_ba, "no-referrer"_ba},
                        {"X-Content-Type-Options"_ba, "nosniff"_ba}};
    return response;
}

QString hidden(const QString &name, const QString &value)
{
    return u"<input type=\"hidden\" name=\""_s + escaped(name) + u"\" value=\""_s + escaped(value) + u"\">"_s;
}

QString form(const QString &action, const QString &content)
{
    return u"<form method=\"post\" action=\""_s + escaped(action) + u"\">"_s + content + u"</form>"_s;
}

QString userButton(const User &user, bool isHinted)
{
    const QString fullName = user.claims.value("name"_L1).toString();
    return u"<button name=\"user\" value=\""_s + escaped(user.name) + u"\""_s + (isHinted ? u" autofocus"_s : QString())
        + u"><span class=\"who\"><span class=\"face\" aria-hidden=\"true\">"_s + escaped(fullName.first(1))
        + u"</span><span>"_s + escaped(fullName) + u"<small>"_s
        + escaped(user.claims.value("preferred_username"_L1).toString()) + u"</small></span></span></button>"_s;
}

QString describedScope(const QString &scope)
{
    if (scope == u"openid")
        return u"know who you are"_s;
    if (scope == u"profile")
        return u"see your name, language and time zone"_s;
    if (scope == u"email")
        return u"see your e-mail address"_s;
    if (scope == u"address")
        return u"see your postal address"_s;
    if (scope == u"phone")
        return u"see your phone number"_s;
    if (scope == u"groups")
        return u"see your groups"_s;
    if (scope == u"offline_access")
        return u"stay signed in while you are away"_s;
    return u"use the permission <code>"_s + escaped(scope) + u"</code>"_s;
}

QString scopeList(const QStringList &scopes)
{
    QString items;
    for (const QString &scope : scopes)
        items += u"<li>"_s + describedScope(scope) + u"</li>"_s;
    return u"<ul>"_s + items + u"</ul>"_s;
}

constexpr QLatin1StringView
    decision("<div class=\"pair\"><button name=\"decision\" value=\"deny\">Decline</button>"
             "<button class=\"primary\" name=\"decision\" value=\"allow\">Allow</button></div>");

} // namespace

Response picker(const QString &action, const QString &interaction, const Client &client, const QList<User> &users,
                const QString &hint)
{
    QString buttons = hidden(u"interaction"_s, interaction);
    for (const User &user : users) {
        const bool isHinted =
            !hint.isEmpty() && (hint == user.name || hint == user.claims.value("preferred_username"_L1).toString());
        buttons += userButton(user, isHinted);
    }
    buttons += u"<button class=\"center\" name=\"decision\" value=\"deny\">Cancel</button>"_s;
    return page(u"Choose an account"_s,
                u"<h1>Choose an account</h1><p class=\"soft\">to continue to <strong>"_s + escaped(client.name)
                    + u"</strong></p>"_s + form(action, buttons));
}

Response consent(const QString &action, const QString &interaction, const Client &client, const User &user,
                 const QStringList &scopes)
{
    return page(u"Allow access?"_s,
                u"<h1>"_s + escaped(client.name) + u" asks for access</h1><p class=\"soft\">Signed in as "_s
                    + escaped(user.claims.value("preferred_username"_L1).toString()) + u"</p><p>It would like to:</p>"_s
                    + scopeList(scopes) + form(action, hidden(u"interaction"_s, interaction) + decision));
}

Response deviceCode(const QString &action, const QString &userCode, const QString &problem)
{
    const QString error = problem.isEmpty()
        ? QString()
        : u"<p class=\"bad\" role=\"alert\" id=\"problem\">"_s + escaped(problem) + u"</p>"_s;
    return page(
        u"Connect a device"_s,
        u"<h1>Connect a device</h1><p>Enter the code that the device shows. "
        "Go on only if you started this yourself.</p>"_s
            + error
            + form(action,
                   u"<label for=\"user_code\">Code</label><input type=\"text\" id=\"user_code\" name=\"user_code\" "
                   "required autofocus autocomplete=\"off\" spellcheck=\"false\" maxlength=\"16\" value=\""_s
                       + escaped(userCode) + u"\"><button class=\"primary center\">Continue</button>"_s));
}

Response deviceConsent(const QString &action, const DeviceRequest &device, const Client &client,
                       const QList<User> &users)
{
    QString buttons = hidden(u"user_code"_s, device.userCode);
    for (const User &user : users)
        buttons += userButton(user, false);
    buttons += u"<button class=\"center\" name=\"decision\" value=\"deny\">Decline</button>"_s;
    return page(
        u"Allow this device?"_s,
        u"<h1>Allow this device?</h1><p class=\"code\">"_s + escaped(device.userCode) + u"</p><p><strong>"_s
            + escaped(client.name) + u"</strong> on another device would like to:</p>"_s + scopeList(device.scopes)
            + u"<p>Check that it shows the same code, then choose who allows it.</p>"_s + form(action, buttons));
}

Response signOut(const QString &action, const Parameters &request, const QString &userName)
{
    QString fields;
    for (const auto &[name, value] : request.items())
        fields += hidden(name, value);
    return page(
        u"Sign out?"_s,
        u"<h1>Sign out of the sandbox?</h1><p>"_s
            + (userName.isEmpty() ? u"Nobody is signed in in this browser."_s
                                  : u"Signed in as "_s + escaped(userName) + u"."_s)
            + u"</p>"_s
            + form(action,
                   fields
                       + u"<div class=\"pair\"><button name=\"decision\" value=\"stay\">Stay signed in</button>"
                         "<button class=\"primary\" name=\"decision\" value=\"leave\">Sign out</button></div>"_s));
}

Response message(const QString &title, const QString &text, int status)
{
    return page(title, u"<h1>"_s + escaped(title) + u"</h1><p>"_s + escaped(text) + u"</p>"_s, status);
}

Response formPost(const QString &redirectUri, const Parameters &parameters)
{
    QString fields;
    for (const auto &[name, value] : parameters.items())
        fields += hidden(name, value);
    return page(u"Continue"_s,
                u"<h1>Almost done</h1><p>Continue to the application.</p>"_s
                    + form(redirectUri, fields + u"<button class=\"primary center\">Continue</button>"_s),
                200, u"document.forms[0].submit();"_s);
}

} // namespace CountersignSandbox::Pages
