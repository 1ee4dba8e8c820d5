// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/expectationspage.h"

#include "widgets/fields.h"

#include <countersign/jose/jwtrules.h>

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int usual = -1; // seconds: nothing is said of it

QStringList wordsOf(const QLineEdit &field)
{
    return field.text().split(u' ', Qt::SkipEmptyParts);
}

} // namespace

ExpectationsPage::ExpectationsPage(QWidget *parent)
    : QWidget(parent), m_issuer(addressField(tr("Expected issuer"), tr("the issuer of this profile"))),
      m_audience(
          addressField(tr("Expected audience of access tokens"), tr("the audience or resource of this profile"))),
      m_scopes(addressField(tr("Scopes that an access token must have"), {})),
      m_roles(addressField(tr("Roles that an access token must have"), {})),
      m_contexts(addressField(tr("Strengths of sign-in, one of which is needed"), {})), m_leeway(new QSpinBox)
{
    m_leeway->setAccessibleName(tr("Tolerated difference of clocks, in seconds"));
    m_leeway->setRange(usual, int(Jose::JwtRules::maximumClockSkew.count()));
    m_leeway->setSpecialValueText(tr("as usual"));
    m_leeway->setSuffix(tr(" s"));
    auto *form = new QFormLayout(this);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setContentsMargins(4, 12, 8, 8);
    form->addRow(noteLabel(tr("The inspector’s checks hold the tokens of this profile against this, and so does "
                              "“countersign verify --profile”. Sign-ins are not changed by it. What is empty is not "
                              "expected.")));
    form->addRow(tr("Issu&er"), m_issuer);
    form->addRow(tr("&Audience"), m_audience);
    form->addRow(tr("&Scopes"), m_scopes);
    form->addRow(tr("R&oles"), m_roles);
    form->addRow(tr("Stren&gth (acr)"), m_contexts);
    form->addRow(tr("Clock di&fference"), m_leeway);
}

void ExpectationsPage::fill(const Profile &profile)
{
    const auto &expected = profile.expectations;
    m_issuer->setText(expected.issuer);
    m_audience->setText(expected.audience);
    m_scopes->setText(expected.scopes.join(u' '));
    m_roles->setText(expected.roles.join(u' '));
    m_contexts->setText(expected.authenticationContexts.join(u' '));
    m_leeway->setValue(expected.leeway ? int(expected.leeway->count()) : usual);
}

void ExpectationsPage::readInto(Profile &profile) const
{
    // What only the file can say stays: claims, the client and the type.
    auto &expected = profile.expectations;
    expected.issuer = m_issuer->text().trimmed();
    expected.audience = m_audience->text().trimmed();
    expected.scopes = wordsOf(*m_scopes);
    expected.roles = wordsOf(*m_roles);
    expected.authenticationContexts = wordsOf(*m_contexts);
    expected.leeway =
        m_leeway->value() == usual ? std::nullopt : std::optional(std::chrono::seconds(m_leeway->value()));
}

} // namespace Countersign::Desktop
