// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/surroundings.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::App {

using Jose::CheckOutcome;

Finding programsInPath(const QStringList &folders, const QString &ownFolder)
{
    Finding finding{.id = u"path"_s};
    const auto own = QDir(ownFolder).canonicalPath();
    QStringList others;
    bool isFound = false;
    for (const auto &program : {u"countersign"_s, u"countersign-desktop"_s}) {
        const auto found = folders.isEmpty() ? QString() : QStandardPaths::findExecutable(program, folders);
        if (found.isEmpty())
            continue;
        isFound = true;
        // A link to ours is ours.
        const auto folder = QFileInfo(QFileInfo(found).canonicalFilePath()).absolutePath();
        if (folder != own)
            others.append(found);
    }
    finding.detail = others.join(u", "_s);
    if (!others.isEmpty())
        finding.outcome = CheckOutcome::Warning;
    else if (!isFound)
        finding.outcome = CheckOutcome::NotApplicable;
    else
        finding.detail = own;
    return finding;
}

Finding policyInForce(const PolicyPlace &place)
{
    Finding finding{.id = u"policy"_s, .subject = place.path};
    const auto policy = MachinePolicy::load(place);
    if (!policy) {
        finding.outcome = CheckOutcome::Failed;
        finding.error = policy.error();
    } else if (policy->path().isEmpty()) {
        finding.outcome = CheckOutcome::NotApplicable;
    } else {
        finding.detail = (policy->lockedNames() + policy->defaultNames()).join(u", "_s);
    }
    return finding;
}

Finding schemesOf(const QList<Profile> &profiles, bool hasView)
{
    Finding finding{.id = u"url_schemes"_s};
    QStringList schemes;
    for (const auto &profile : profiles) {
        const auto scheme = QUrl(profile.redirectUri).scheme();
        if (!scheme.isEmpty() && !scheme.startsWith("http"_L1) && !schemes.contains(scheme))
            schemes.append(scheme);
    }
    finding.detail = schemes.join(u", "_s);
    if (schemes.isEmpty())
        finding.outcome = CheckOutcome::NotApplicable;
    else if (!hasView)
        finding.outcome = CheckOutcome::Failed;
    return finding;
}

} // namespace Countersign::App
