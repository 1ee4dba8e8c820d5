// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>
#include <QtCore/QVersionNumber>

#include <optional>

namespace Countersign::Cli {

//! Whether git tells a helper of authentication schemes: only then it can be given a Bearer token. Before, it sends
//! what it gets as a password. Spec: git's release notes of 2.46, "authtype".
bool knowsAuthenticationSchemes(const QVersionNumber &git);

//! The version of the git that is found here; null where there is none, or it does not say.
QVersionNumber installedGit();

//! What a git that does not means for who uses it; empty for one that does, and where there is none.
QString troubleWithGit(const QVersionNumber &git);

//! The files of git's settings of the person that are there, the one that git itself writes to first. At least one: the
//! file to be made. Spec: git-config(1) "FILES" and GIT_CONFIG_GLOBAL.
QStringList globalGitConfigurations();

//! \p text with a marked block at its end that makes \p command the helper for \p url; what an earlier block for that
//! URL said is replaced. \p newFile: the file was not there, and so many of its folders were not either.
QByteArray withGitHelper(const QByteArray &text, const QString &url, const QString &command,
                         std::optional<int> newFile = {});

//! \p text as it was before withGitHelper(), byte by byte, if nobody edited the block. None: there is no block for
//! that URL.
struct WithoutGitHelper
{
    QByteArray text;
    //! If withGitHelper() made the file: how many of its folders were made for it.
    std::optional<int> madeFolders = {};
};
std::optional<WithoutGitHelper> withoutGitHelper(const QByteArray &text, const QString &url);

//! The URLs for which \p text has a block of withGitHelper(), in its order.
QStringList gitHelperUrls(const QByteArray &text);

} // namespace Countersign::Cli
