// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/stepmodel.h"
#include "profiles/importdialog.h"
#include "profiles/providerprobe.h"
#include "window/page.h"

#include <QtCore/QPointer>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class FoldingSide;
class ClientSecretKeeper;
class ProfileDialog;
class ProfileModel;
struct ClientSecretChange;

//! The app registrations: list, look at, make from presets, import, edit, test, export, delete.
class ProfilesPage final : public Page
{
    Q_OBJECT
public:
    //! \p store outlives the page, and so does \p probe; without one, nothing can be tested.
    ProfilesPage(ProfileStore &store, ProviderProbe *probe, Building building = Building::AtOnce,
                 QWidget *parent = nullptr);
    ~ProfilesPage() override;

    void contribute(ActionRegistry &actions) override;
    QList<QWidget *> focusStops() const override;
    void activated() override;
    QString chosenProfile() const override;

    //! Reads the file anew.
    void reload();
    void createProfile(const QString &presetId);
    void importProfiles(const QByteArray &text = {});
    //! What other programs of this computer know, to be chosen from.
    void importFound(const QList<LocalFinding> &found);
    //! How the import looks around on this computer: see ImportDialog.
    void setLocalSearch(ImportDialog::LocalSearchStart search) { m_search = std::move(search); }
    //! Who counts the accounts of a profile, by its id; see countAccounts().
    void setAccountCounter(std::function<int(const QString &)> counter);
    //! Counts them again.
    void countAccounts();
    //! Where clients' secrets are kept. It outlives the page; without it, nothing is said of them.
    void setClientSecrets(ClientSecretKeeper *secrets) { m_secrets = secrets; }
    void select(const QString &id);
    const Profile *current() const;

Q_SIGNALS:
    //! What the file holds has changed by this page.
    void profilesChanged();
    void signInRequested(const QString &profileId);

protected:
    void fill(QWidget &content) override;

private:
    QWidget *makeList();
    QWidget *makeDetail();
    QWidget *makeEmptyState();
    void showEmptyState();
    QWidget *makeButtons();
    void showCurrent();
    ImportDialog *openImport();
    void edit(const Profile &profile);
    ProfileDialog *openEditor(const Profile &profile);
    void offerDraft(const Profile &before, const Profile &draft);
    void keepDefault(const QString &id);
    void changeSecret(const Profile &profile, ClientSecretChange change);
    void save(Profile profile);
    void saveAll(const QList<Profile> &profiles);
    void remove();
    void askToRemove(const Profile &profile, const Result<bool> &hasSecret);
    void forgetAndRemove(const Profile &profile);
    void removeNow(const Profile &profile, const QString &secretWords = {});
    int accountsOf(const Profile &profile) const;
    QStringList namesSharing(const Profile &profile) const;
    void undoRemoval();
    void makeDefault();
    void exportAs(ProfileFormat format);
    void test();
    void noteTest(const Result<ProviderFacts> &result);
    void testFinished(const Result<ProviderFacts> &result);
    bool succeeded(const Result<void> &result);

    ProfileStore &m_store;
    ProviderProbe *m_probe;
    ClientSecretKeeper *m_secrets = nullptr;
    ImportDialog::LocalSearchStart m_search;
    std::function<int(const QString &)> m_counter;
    QPointer<ProbeRun> m_testing;
    QString m_tested; //!< the id of the profile whose test runs
    std::optional<Profile> m_removed;
    ProfileModel *m_model;
    QSortFilterProxyModel *m_filtered;
    StepModel *m_steps;
    QStackedWidget *m_stack = nullptr;
    FoldingSide *m_side = nullptr;
    QLineEdit *m_filter = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_facts = nullptr;
    QLabel *m_knows = nullptr;
    Banner *m_banner = nullptr;
    QPushButton *m_test = nullptr;
    QWidget *m_stepList = nullptr;
};

} // namespace Countersign::Desktop
