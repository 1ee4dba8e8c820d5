// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the profiles' page changes: in the file, and of the secrets that are kept.
#include "profiles/profilespage.h"

#include "profiles/importdialog.h"
#include "profiles/newprofiledialog.h"
#include "profiles/profiledialog.h"
#include "profiles/removedialog.h"
#include "text/foreigntext.h"
#include "widgets/banner.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void ProfilesPage::createProfile(const QString &presetId)
{
    build();
    auto *dialog = new NewProfileDialog(presetId, this);
    connect(dialog, &NewProfileDialog::made, this, &ProfilesPage::save);
    connect(dialog, &NewProfileDialog::editRequested, this, &ProfilesPage::edit);
    dialog->open();
}

ImportDialog *ProfilesPage::openImport()
{
    build();
    auto *dialog = new ImportDialog(m_store.profiles(), m_search, this);
    connect(dialog, &ImportDialog::imported, this, &ProfilesPage::saveAll);
    dialog->open();
    return dialog;
}

void ProfilesPage::importProfiles(const QByteArray &text)
{
    auto *dialog = openImport();
    if (!text.isEmpty())
        dialog->take(text);
}

void ProfilesPage::importFound(const QList<LocalFinding> &found)
{
    openImport()->takeFound(found);
}

void ProfilesPage::edit(const Profile &profile)
{
    openEditor(profile);
}

ProfileDialog *ProfilesPage::openEditor(const Profile &profile)
{
    auto *dialog = new ProfileDialog(profile, m_secrets, this);
    connect(dialog, &ProfileDialog::saved, this, [this, dialog](const Profile &edited) {
        save(edited);
        changeSecret(edited, dialog->takeSecretChange());
    });
    connect(dialog, &ProfileDialog::left, this, [this, profile](const Profile &draft) { offerDraft(profile, draft); });
    dialog->open();
    return dialog;
}

//! Whoever left by mistake goes on where they were.
void ProfilesPage::offerDraft(const Profile &before, const Profile &draft)
{
    m_banner->showMessage(ColorRole::Info,
                          before.id.isEmpty()
                              ? tr("The new profile was not saved")
                              : tr("The changes of profile %1 were not saved").arg(isolated(before.displayName(), 80)));
    auto *resume = m_banner->addButton(tr("&Go on editing"));
    connect(resume, &QPushButton::clicked, this, [this, before, draft] {
        m_banner->hide();
        openEditor(before)->resume(draft);
    });
}

void ProfilesPage::changeSecret(const Profile &profile, ClientSecretChange change)
{
    if (!m_secrets || !change.isWanted())
        return;
    const auto done = [this](const QString &words) {
        return [this, words](const Result<void> &result) {
            if (!succeeded(result))
                return;
            Q_EMIT said(words);
            Q_EMIT profilesChanged(); // what was asked for without the secret may work with it
        };
    };
    if (change.forgets)
        m_secrets->forget(profile, this, done(tr("The client secret was forgotten")));
    else
        m_secrets->keep(profile, std::move(change.secret), this, done(tr("The client secret is stored")));
}

void ProfilesPage::save(Profile profile)
{
    saveAll({std::move(profile)});
}

//! Whoever was the only one is meant where none is named, and stays so beside others.
void ProfilesPage::keepDefault(const QString &id)
{
    if (!id.isEmpty() && !m_store.defaultProfile() && m_store.find(id))
        succeeded(m_store.setDefault(id));
}

void ProfilesPage::saveAll(const QList<Profile> &profiles)
{
    const auto *marked = m_store.defaultProfile();
    const auto meant = marked ? marked->id : QString();
    QString last;
    for (auto profile : profiles) {
        if (profile.id.isEmpty())
            profile.id = m_store.freeId(profile.name.isEmpty() ? QUrl(profile.issuer).host() : profile.name);
        if (!succeeded(m_store.put(profile)))
            return;
        last = profile.id;
    }
    m_banner->hide();
    keepDefault(meant);
    m_filter->clear();
    reload();
    select(last);
    Q_EMIT said(tr("%n profile(s) saved", nullptr, int(profiles.size())));
    Q_EMIT profilesChanged();
}

//! Undo rather than ask, except where something is lost.
void ProfilesPage::remove()
{
    const auto *profile = current();
    if (!profile)
        return;
    if (!m_secrets)
        return removeNow(*profile);
    m_secrets->look(*profile, this, [this, profile = *profile](const Result<bool> &hasSecret) {
        if (hasSecret && !*hasSecret)
            removeNow(profile);
        else
            askToRemove(profile, hasSecret);
    });
}

void ProfilesPage::askToRemove(const Profile &profile, const Result<bool> &hasSecret)
{
    auto *dialog = new RemoveDialog(
        profile, {.hasSecret = hasSecret, .sharedWith = namesSharing(profile), .accounts = accountsOf(profile)}, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, profile, hasSecret] {
        if (dialog->forgetsSecret())
            forgetAndRemove(profile);
        else
            removeNow(profile, hasSecret ? tr("Its client secret stays in the token store.") : QString());
    });
    dialog->open();
}

//! The secret first: without the profile nobody would find it again.
void ProfilesPage::forgetAndRemove(const Profile &profile)
{
    m_secrets->forget(profile, this, [this, profile](const Result<void> &forgotten) {
        if (succeeded(forgotten))
            removeNow(profile, tr("Its client secret was forgotten, and does not come back with it."));
    });
}

int ProfilesPage::accountsOf(const Profile &profile) const
{
    return m_counter ? m_counter(profile.id) : 0;
}

QStringList ProfilesPage::namesSharing(const Profile &profile) const
{
    QStringList names;
    const auto ids = m_store.sharingRegistration(profile);
    for (const auto &id : ids)
        names.append(m_store.find(id)->displayName());
    return names;
}

void ProfilesPage::removeNow(const Profile &removed, const QString &secretWords)
{
    QStringList words{RemoveDialog::accountsText(accountsOf(removed), namesSharing(removed)), secretWords};
    words.removeAll(QString());
    if (!succeeded(m_store.remove(removed.id)))
        return;
    m_removed = removed;
    reload(); // what was handed in may have been the list's
    m_banner->showMessage(ColorRole::Info, tr("Profile %1 was deleted").arg(isolated(m_removed->displayName(), 80)),
                          words.join(u' '));
    auto *undo = m_banner->addButton(tr("&Undo"));
    connect(undo, &QPushButton::clicked, this, &ProfilesPage::undoRemoval);
    Q_EMIT profilesChanged();
}

void ProfilesPage::undoRemoval()
{
    if (!m_removed)
        return;
    save(*m_removed);
    m_removed.reset();
}

void ProfilesPage::makeDefault()
{
    const auto *profile = current();
    if (profile && succeeded(m_store.setDefault(profile->id))) {
        reload();
        Q_EMIT profilesChanged();
    }
}

void ProfilesPage::exportAs(ProfileFormat format)
{
    const auto *profile = current();
    if (!profile)
        return;
    const auto text = exportProfile(*profile, format);
    if (!text) {
        m_banner->showError(text.error());
        return;
    }
    QGuiApplication::clipboard()->setText(QString::fromUtf8(*text));
    Q_EMIT said(tr("Copied. There is no secret in it."));
}

} // namespace Countersign::Desktop
