// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin.h"

#include "devicecodedisplay.h"
#include "text.h"
#include "words.h"

#include <common/browserpages.h>
#include <common/usersettings.h>

#include <countersign/base/redaction.h>
#include <countersign/client/extraparameters.h>

#include <QtCore/QSocketNotifier>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! A way that cannot even be shown here, as opposed to one that somebody declined.
bool isUnavailable(const Error &error)
{
    switch (error.cause()) {
    case ErrorCause::BrowserNotOpened:
    case ErrorCause::WebViewMissing:
    case ErrorCause::WebViewFailed:
    case ErrorCause::WebViewForbidden:
    case ErrorCause::PortUnavailable:
    case ErrorCause::EndpointMissing:
    case ErrorCause::BrowserRequested: return true;
    default: return error.code() == ErrorCode::NotSupported;
    }
}

//! RFC 6749 §2.3.1, §4.3.2 and §6, RFC 7521 §4, RFC 7636 §4.5: what proves somebody to the provider, under this name
//! and those that others give it.
bool isSecret(const ExtraParameter &parameter)
{
    const auto names = {
        "password"_L1,         "passwd"_L1,        "client_secret"_L1, "secret"_L1,        "assertion"_L1,
        "client_assertion"_L1, "refresh_token"_L1, "access_token"_L1,  "id_token"_L1,      "token"_L1,
        "api_key"_L1,          "apikey"_L1,        "private_key"_L1,   "code_verifier"_L1, "device_code"_L1};
    return std::any_of(names.begin(), names.end(), [&parameter](QLatin1StringView name) {
        return parameter.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

//! The words of --via and of azureauth's --mode.
std::optional<SignInWay> wayNamed(const QString &word)
{
    if (word == "browser"_L1 || word == "web"_L1)
        return SignInWay::Browser;
    if (word == "embedded"_L1)
        return SignInWay::Embedded;
    if (word == "device"_L1 || word == "devicecode"_L1)
        return SignInWay::Device;
    return std::nullopt;
}

class SignIn
{
public:
    SignIn(Session &session, const TokenRequest &request, const SignInOptions &options,
           const std::optional<Account> &expected)
        : m_session(session), m_request(request), m_options(options), m_expected(expected), m_opener(session, options)
    {
    }

    Result<AuthenticationResult> attempt(SignInWay way)
    {
        return way == SignInWay::Device ? onAnotherDevice() : onAPage(way);
    }

private:
    Context &context() { return m_session.context(); }

    Result<InteractiveParameters> parameters(SignInWay way)
    {
        auto parameters = m_session.profile().interactiveParameters();
        parameters.scopes = m_request.scopes;
        parameters.resources = m_request.resources;
        const auto extra = extraParameters(parameters.extra);
        if (!extra)
            return extra.error();
        parameters.extra = *extra;
        parameters.claimsChallenge = m_request.claimsChallenge;
        if (!m_options.prompt.isEmpty())
            parameters.prompts = m_options.prompt.split(u' ', Qt::SkipEmptyParts);
        if (!m_options.domainHint.isEmpty())
            parameters.domainHint = m_options.domainHint;
        const auto acr = m_request.acrValues.isEmpty() ? m_options.acrValues : m_request.acrValues;
        if (!acr.isEmpty())
            parameters.acrValues = acr.join(u' ');
        parameters.maxAge = m_request.maxAge ? m_request.maxAge : m_options.maxAge;
        setPerson(parameters);
        auto redirect = m_options.redirect(m_session.client().configuration().redirect);
        if (!redirect)
            return redirect.error();
        if (*redirect)
            parameters.redirect = *std::move(redirect);
        parameters.agent = &m_opener.agent(way);
        parameters.windowTitle = callerName();
        parameters.parentWindow = static_cast<quintptr>(context().global().parentWindow.value_or(0));
        parameters.timeout = patience();
        return parameters;
    }

    //! Those of the profile with what the command line says besides.
    Result<QList<ExtraParameter>> extraParameters(const QList<ExtraParameter> &ofProfile) const
    {
        auto over = m_options.extraParameters();
        if (!over)
            return over;
        if (!m_request.audience.isEmpty())
            over->append({u"audience"_s, m_request.audience});
        return mergedParameters(ofProfile, *over);
    }

    //! How long to wait for the person: a little less than --timeout, because whoever waits knows better why it was in
    //! vain than a clock does.
    std::optional<std::chrono::milliseconds> patience()
    {
        using std::chrono::milliseconds;
        if (context().deadline().isForever())
            return std::nullopt;
        const auto left = std::chrono::duration_cast<milliseconds>(context().deadline().remainingTimeAsDuration());
        return std::max(milliseconds(1), left - std::min(milliseconds(2000), left / 4));
    }

    void setPerson(InteractiveParameters &parameters)
    {
        parameters.loginHint = m_options.loginHint.isEmpty() ? parameters.loginHint : m_options.loginHint;
        if (m_expected) {
            parameters.expectedAccount = m_expected->id;
            if (parameters.loginHint.isEmpty())
                parameters.loginHint = m_expected->username;
        } else if (parameters.loginHint.isEmpty() && context().global().account != "ask"_L1) {
            parameters.loginHint = context().global().account; // nobody of that name is here yet
        }
    }

    //! As one line that fits into a title.
    QString callerName() { return harmless(context().global().caller.simplified().left(80)); }
    void sayWhoAsks()
    {
        if (const auto caller = callerName(); !caller.isEmpty())
            m_opener.terminal().write(Text::tr("'%1' asks you to sign in.").arg(caller) + u'\n');
    }

    Result<AuthenticationResult> onAPage(SignInWay way)
    {
        auto wanted = parameters(way);
        if (!wanted)
            return wanted.error();
        const auto host = harmless(QUrl(m_session.profile().issuer).host());
        wanted->beforeOpening = [this, way, host](const QString &) {
            sayWhoAsks();
            if (way == SignInWay::Browser)
                context().hint(Text::tr("Opening the browser to sign in at %1 …").arg(host));
            else if (way == SignInWay::Embedded)
                context().hint(Text::tr("Opening a window to sign in at %1 …").arg(host));
        };
        return context().await(m_session.client().acquireToken(*std::move(wanted)));
    }

    Result<AuthenticationResult> onAnotherDevice()
    {
        sayWhoAsks();
        auto wanted = m_session.profile().deviceCodeParameters();
        wanted.scopes = m_request.scopes;
        wanted.resources = m_request.resources;
        wanted.claimsChallenge = m_request.claimsChallenge;
        const auto extra = extraParameters(wanted.extra);
        if (!extra)
            return extra.error();
        wanted.extra = *extra;
        using Qr = DeviceCodeDisplay::Qr;
        const auto qr = m_options.qr == "always"_L1 ? Qr::Always : m_options.qr == "never"_L1 ? Qr::Never : Qr::Auto;
        DeviceCodeDisplay display(m_opener.terminal(), qr, m_options.copiesCode);
        auto *operation = m_session.client().acquireTokenByDeviceCode(std::move(wanted));
        QObject::connect(operation, &DeviceCodeOperation::codeReady, &display, &DeviceCodeDisplay::show);
        auto result = context().await(operation);
        display.finish();
        return result;
    }

    Session &m_session;
    const TokenRequest &m_request;
    const SignInOptions &m_options;
    const std::optional<Account> &m_expected;
    PageOpener m_opener;
};

} // namespace

struct PageOpener::Private
{
    Private(Session &owner, const SignInOptions &chosen)
        : session(owner), options(chosen), printer([this](const QUrl &address) { print(address); })
    {
    }

    void print(const QUrl &address)
    {
        terminal.write(Text::tr("Open this address in a browser:") + u"\n\n"_s + address.toString(QUrl::FullyEncoded)
                       + u"\n\n"_s);
        // The listener here hears from a browser on this computer. One elsewhere ends at a page it cannot load, whose
        // address is as good.
        lines = terminal.watchLines([this](const Secret &line) {
            if (const auto pasted = printing.paste(line.reveal()); !pasted)
                terminal.write(Text::tr("That is not the address this sign-in ends at.") + u'\n');
        });
        if (lines)
            terminal.write(Text::tr("If that browser is on another computer, paste the address it ends at here.")
                           + u'\n');
    }

    Session &session;
    const SignInOptions &options;
    Terminal terminal;
    std::unique_ptr<QSocketNotifier> lines;
    FunctionLauncher printer;
    SystemBrowserAgent printing{printer, App::browserPages()};
    std::optional<CommandLauncher> launcher;
    std::optional<SystemBrowserAgent> commanded;
};

PageOpener::PageOpener(Session &session, const SignInOptions &options) : d(std::make_unique<Private>(session, options))
{
}

PageOpener::~PageOpener() = default;

AuthorizationAgent &PageOpener::agent(SignInWay way)
{
    if (way == SignInWay::Embedded)
        return d->session.services().embedded();
    if (way == SignInWay::PrintedAddress)
        return d->printing;
    const auto command = d->options.browser.isEmpty() ? d->session.settings().value(u"browser"_s) : d->options.browser;
    if (command.isEmpty())
        return d->session.services().browser();
    if (!d->commanded) {
        d->launcher.emplace(command);
        d->commanded.emplace(*d->launcher, App::browserPages());
    }
    return *d->commanded;
}

AuthorizationAgent &PageOpener::agent()
{
    return agent(d->options.noOpen ? SignInWay::PrintedAddress : SignInWay::Browser);
}

Terminal &PageOpener::terminal()
{
    return d->terminal;
}

void SignInOptions::addWays(OptionSet &options)
{
    const QMap<QString, QString> refused{
        {u"broker"_s,
         Text::tr("--via broker: the sign-in brokers of Windows, macOS and Linux answer programs with a library of "
                  "Microsoft's, which this one does not have. Use --via browser: a browser that is signed in by the "
                  "broker takes that over; or embedded, or device.")},
        {u"iwa"_s,
         Text::tr("--via iwa: signing in by the Windows domain alone is not done here. Use --via browser: a browser "
                  "in the domain does it by itself where the organisation allows it.")},
        {u"password"_s,
         Text::tr("--via password is no way here: passwords belong on the provider's page alone (RFC 9700). Use --via "
                  "browser, "
                  "embedded or device; for a program without a person --service.")}};
    options.choices("--via", ways, {u"auto"_s, u"browser"_s, u"embedded"_s, u"device"_s},
                    Text::tr("How to sign in: auto, browser, embedded or device; repeat it for an order"), refused);
    options.text("--browser", browser,
                 Text::tr("Program to open the address with; it gets the address as its last argument"));
    options.flag("--no-open", noOpen,
                 Text::tr("Open nothing: print the address and wait; with --via device, the code"));
    options.choice("--qr", qr, {u"auto"_s, u"always"_s, u"never"_s},
                   Text::tr("A QR code beside a device code: auto (on a terminal), always or never"));
    options.flag("--copy-code", copiesCode, Text::tr("Put a device code into the terminal's clipboard (OSC 52)"));
    options.hidden().choices("--mode", modes, {u"web"_s, u"devicecode"_s, u"broker"_s, u"iwa"_s},
                             Text::tr("azureauth's word for --via"));
}

void SignInOptions::addDetails(OptionSet &options)
{
    options.wordsOf("--prompt", prompt, {u"none"_s, u"login"_s, u"consent"_s, u"select_account"_s, u"create"_s},
                    Text::tr("none, login, consent, select_account or create"));
    options.text("--login-hint", loginHint, Text::tr("User name to suggest to the provider"));
    options.text("--domain-hint", domainHint, Text::tr("Domain to suggest to Microsoft Entra ID"));
    options.words("--acr", acrValues, Text::tr("Authentication context to ask for, in order of preference"));
    options.duration("--max-age", maxAge, Text::tr("Ask the person again if the last time is longer ago than this"));
    options.text("--redirect-uri", redirectUri, Text::tr("Registered redirect URI, if it is not http://127.0.0.1"));
    options.text("--listen", listen,
                 Text::tr("Port of this computer that the browser comes back to, for example 8400, 8400-8409 or "
                          "localhost:8400; any free one otherwise"));
    options.texts("--parameter", parameters,
                  Text::tr("Parameter of the provider's own to send along, NAME=VALUE; repeat it for more"));
    options.words("--capability", capabilities, Text::tr("What the client understands, for example cp1"));
}

QString SignInOptions::firstSaid() const
{
    for (const auto &[name, isSaid] :
         {std::pair{u"--via"_s, !ways.isEmpty()}, std::pair{u"--mode"_s, !modes.isEmpty()},
          std::pair{u"--browser"_s, !browser.isEmpty()}, std::pair{u"--no-open"_s, noOpen},
          std::pair{u"--qr"_s, qr != "auto"_L1}, std::pair{u"--copy-code"_s, copiesCode},
          std::pair{u"--prompt"_s, !prompt.isEmpty()}, std::pair{u"--login-hint"_s, !loginHint.isEmpty()},
          std::pair{u"--domain-hint"_s, !domainHint.isEmpty()}, std::pair{u"--acr"_s, !acrValues.isEmpty()},
          std::pair{u"--max-age"_s, maxAge.has_value()}, std::pair{u"--redirect-uri"_s, !redirectUri.isEmpty()},
          std::pair{u"--listen"_s, !listen.isEmpty()}, std::pair{u"--parameter"_s, !parameters.isEmpty()}}) {
        if (isSaid)
            return name;
    }
    return {};
}

Result<std::optional<RedirectPreference>> SignInOptions::redirect(const RedirectPreference &usual) const
{
    if (!redirectUri.isEmpty() && !listen.isEmpty())
        return wrongUsage(Text::tr("--redirect-uri says the port already: leave --listen out."));
    if (!redirectUri.isEmpty()) {
        auto read = RedirectPreference::fromUri(QUrl(redirectUri, QUrl::StrictMode));
        if (!read)
            return wrongUsage(u"--redirect-uri: "_s + read.error().message());
        return std::optional(*std::move(read));
    }
    if (listen.isEmpty())
        return std::optional<RedirectPreference>();
    auto chosen = usual.kind == RedirectPreference::Kind::Loopback ? usual : RedirectPreference::loopback();
    const auto colon = listen.lastIndexOf(u':');
    const auto host = QString(listen.left(std::max<qsizetype>(colon, 0))).remove(u'[').remove(u']');
    const QStringList hosts{u"127.0.0.1"_s, u"localhost"_s, u"::1"_s};
    // Another address would let the network see the answer: RFC 8252 §8.3.
    if (colon >= 0 && !hosts.contains(host))
        return wrongUsage(u"--listen: "_s + notOneOf(harmless(host), hosts));
    const auto ports = App::parsePorts(listen.mid(colon + 1));
    if (!ports)
        return wrongUsage(u"--listen: "_s + ports.error().message());
    if (ports->isEmpty())
        return wrongUsage(Text::tr("--listen wants a port, for example 8400."));
    chosen.ports = *ports;
    if (!host.isEmpty())
        chosen.host = host;
    return std::optional(std::move(chosen));
}

Result<QList<ExtraParameter>> SignInOptions::extraParameters() const
{
    auto read = ExtraParameterText::parse(parameters.join(u'\n'));
    const auto secret = std::find_if(read.parameters.cbegin(), read.parameters.cend(), isSecret);
    if (secret != read.parameters.cend())
        return wrongUsage(Text::tr("The parameter %1 would show a secret to every user of this computer in the list of "
                                   "processes, and no sign-in sends it.")
                              .arg(secret->name));
    switch (read.flaw) {
    case ExtraParameterText::Flaw::None: break;
    case ExtraParameterText::Flaw::NoName:
    case ExtraParameterText::Flaw::BadName:
        return wrongUsage(Text::tr("--parameter wants NAME=VALUE, not '%1'.").arg(harmless(read.culprit)));
    case ExtraParameterText::Flaw::SetByLibrary:
        return wrongUsage(Text::tr("--parameter cannot set %1, which protects the sign-in.").arg(read.culprit));
    case ExtraParameterText::Flaw::HasOwnMember:
        return wrongUsage(Text::tr("There is an option of its own for the parameter %1.").arg(read.culprit));
    case ExtraParameterText::Flaw::Repeated:
        return wrongUsage(Text::tr("--parameter sets %1 twice.").arg(harmless(read.culprit)));
    }
    return std::move(read.parameters);
}

Surroundings Surroundings::detect()
{
    Surroundings found;
#if !defined(Q_OS_WIN) && !defined(Q_OS_MACOS)
    found.hasDisplay = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    // In the Windows Subsystem for Linux the browser is the one of Windows.
    found.hasDisplay = found.hasDisplay || !qEnvironmentVariableIsEmpty("WSL_DISTRO_NAME");
#endif
    // X11 forwarding brings a display along, but nobody wants a browser through it.
    found.isRemote = !qEnvironmentVariableIsEmpty("SSH_CONNECTION");
    found.hasBrowserCommand = !qEnvironmentVariableIsEmpty("BROWSER");
    return found;
}

QString identifier(SignInWay way)
{
    switch (way) {
    case SignInWay::Browser:
    case SignInWay::PrintedAddress: return u"browser"_s;
    case SignInWay::Embedded: return u"embedded"_s;
    case SignInWay::Device: return u"device"_s;
    }
    Q_UNREACHABLE();
}

//! The ways that open nothing: a code for another device where that is asked for, otherwise the address.
static QList<SignInWay> waysWithoutOpening(const QStringList &words)
{
    QList<SignInWay> ways;
    for (const auto &word : words) {
        const auto way = wayNamed(word) == SignInWay::Device ? SignInWay::Device : SignInWay::PrintedAddress;
        if (!ways.contains(way))
            ways.append(way);
    }
    return ways.isEmpty() ? QList{SignInWay::PrintedAddress} : ways;
}

SignInPlan planSignIn(const SignInOptions &options, const QString &fallback, const Profile &profile,
                      const Surroundings &surroundings)
{
    SignInPlan plan;
    QStringList words = options.ways + options.modes;
    if (options.noOpen)
        return {waysWithoutOpening(words), {}};
    if (words.isEmpty() && !options.browser.isEmpty())
        words.append(u"browser"_s);
    if (words.isEmpty() && profile.way != Profile::Way::Automatic)
        words.append(identifier(profile.way));
    if (words.isEmpty() && !fallback.isEmpty())
        words.append(fallback);
    for (const auto &word : std::as_const(words)) {
        if (const auto way = wayNamed(word))
            plan.ways.append(*way);
        else if (word != "auto"_L1)
            plan.remarks.append(Text::tr("Signing in by %1 is not available here.").arg(word));
    }
    if (!plan.ways.isEmpty() && !words.contains(u"auto"_s))
        return plan;
    if (surroundings.hasBrowserCommand || surroundings.canShowWindows()) {
        plan.ways += {SignInWay::Browser, SignInWay::Device};
    } else {
        plan.ways += {SignInWay::Device, SignInWay::PrintedAddress};
        plan.remarks.append(surroundings.isRemote
                                ? Text::tr("This is a session over SSH: signing in with a code on another device.")
                                : Text::tr("There is no display here: signing in with a code on another device."));
    }
    return plan;
}

Result<SignedIn> signIn(Session &session, const TokenRequest &request, const SignInOptions &options,
                        const std::optional<Account> &expected)
{
    if (session.settings().isOffline())
        return Error{ErrorCode::NetworkUnavailable,
                     Text::tr("Signing in asks the provider, and a setting stands for --offline: 'countersign config "
                              "set offline off' changes that.")};
    if (session.services().isOffline())
        return Error{ErrorCode::NetworkUnavailable,
                     Text::tr("Signing in asks the provider, and --offline is on: leave it out.")};
    auto plan = planSignIn(options, session.settings().value(u"via"_s), session.profile(), Surroundings::detect());
    for (const auto &remark : std::as_const(plan.remarks))
        session.context().hint(remark);
    SignIn attempts(session, request, options, expected);
    for (qsizetype i = 0;; ++i) {
        auto result = attempts.attempt(plan.ways.at(i));
        if (result)
            return SignedIn{*std::move(result), plan.ways.at(i)};
        if (!isUnavailable(result.error()))
            return result.error();
        if (i + 1 == plan.ways.size() && result.error().cause() == ErrorCause::BrowserRequested)
            plan.ways.append(SignInWay::Browser); // the window has a button for it
        if (i + 1 == plan.ways.size())
            return result.error();
        session.context().hint(Text::tr("%1 Trying the next way: %2.")
                                   .arg(harmless(redacted(result.error().message())), identifier(plan.ways.at(i + 1))));
    }
}

} // namespace Countersign::Cli
