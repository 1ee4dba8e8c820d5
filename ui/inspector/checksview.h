// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/tokencheck.h"
#include "text/timetext.h"

#include <countersign/client/publicclient.h>

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableView;
QT_END_NAMESPACE

namespace Countersign {
struct Profile;
}

namespace Countersign::Desktop {

class Banner;
class CheckModel;
class ProbeRun;
class ProviderProbe;

//! The validator's checklist against what the person expects. Offline, unless the person asks for the provider's keys.
class ChecksView final : public QWidget
{
    Q_OBJECT
public:
    explicit ChecksView(QWidget *parent = nullptr);
    ~ChecksView() override;

    //! Where keys come from when asked for; null: they can only be pasted. \p probe outlives the view.
    void setProviderProbe(ProviderProbe *probe);
    //! Whose expectations can be taken over.
    void setProfiles(const QList<Profile> &profiles);
    void setToken(const Jose::TokenDocument &document);
    //! Takes over what the profile of that id expects, after setToken(). Keys of another issuer are dropped. Empty:
    //! nobody's, nothing is expected any more.
    //! \p provider: what a sign-in through it has learnt; its keys are taken where there are none.
    void expectProfile(const QString &id, const std::optional<KnownProvider> &provider = {});
    //! The one that is chosen; empty: none.
    QString profileId() const;
    //! What was expected before, and of whom; after setToken().
    void restore(const QString &profileId, const Expectations &expectations);
    //! Whose keys could be fetched now to check the signature, a host; empty: nobody's, or there are keys.
    QString keyHost() const;
    //! The person was told the host.
    void fetchKeys();
    void setTimeStyle(TimeStyle style);
    void clear();
    const Expectations &expectations() const { return m_expectations; }
    void setExpectations(const Expectations &expectations);

Q_SIGNALS:
    void keyHostChanged();
    //! The verified token is there when every check passed.
    void checked(const Countersign::Desktop::TokenCheck &check);

private:
    QWidget *makeForm();
    int placeOf(const QString &profileId) const;
    void dropFetching();
    void takeKnown(const KnownProvider &provider);
    void takeInput();
    void takeProfile(int place);
    void takeUse();
    //! Null: the form says what is expected.
    const Profile *chosenProfile() const;
    void openKeyFile();
    void keysFetched(const QString &host, const Error *error);
    void run();
    void show(const TokenCheck &check);
    void showDetail();
    QString issuerToAsk() const;
    Profile profileToAsk() const;
    void updateFetchButton();

    std::optional<Jose::TokenDocument> m_document;
    Expectations m_expectations;
    ProviderProbe *m_probe = nullptr;
    QPointer<ProbeRun> m_fetching;
    QTimer m_delay;
    int m_run = 0; //!< only the newest run is shown
    QList<Profile> m_profiles;
    CheckModel *m_model;
    QComboBox *m_profile;
    QComboBox *m_use;
    QLineEdit *m_issuer;
    QLineEdit *m_audience;
    QCheckBox *m_strict;
    QPlainTextEdit *m_keys;
    QPushButton *m_fetch;
    QLabel *m_keyState;
    QLabel *m_policy;
    QLabel *m_result;
    QTableView *m_table;
    QLabel *m_detail;
};

} // namespace Countersign::Desktop
