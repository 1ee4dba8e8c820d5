// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/ownparameters.h>

#include <countersign/protocol/parameters.h>

#include <QtCore/QLatin1StringView>

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

bool isAmong(std::initializer_list<const char *> names, QStringView name)
{
    return std::any_of(names.begin(), names.end(), [name](const char *own) { return name == QLatin1StringView(own); });
}

} // namespace

bool isOwnParameter(QStringView name)
{
    return isAmong({Parameter::responseType, Parameter::clientId, Parameter::redirectUri, Parameter::scope,
                    Parameter::state, Parameter::nonce, Parameter::codeChallenge, Parameter::codeChallengeMethod,
                    Parameter::responseMode, Parameter::requestUri, Parameter::claims, Parameter::clientSecret,
                    Parameter::request},
                   name);
}

bool hasOwnMember(QStringView name)
{
    return isAmong({Parameter::prompt, Parameter::loginHint, Parameter::domainHint, Parameter::maxAge,
                    Parameter::acrValues, Parameter::uiLocales, Parameter::display, Parameter::idTokenHint,
                    Parameter::resource, Parameter::authorizationDetails},
                   name);
}

Result<void> checkExtra(const QList<ExtraParameter> &extra)
{
    for (const auto &[name, value] : extra) {
        if (isOwnParameter(name) || name == QLatin1StringView(Parameter::authorizationDetails))
            return Error{ErrorCode::InvalidArgument, u"'%1' is set by the library itself"_s.arg(name)};
    }
    return {};
}

} // namespace Countersign::Protocol
