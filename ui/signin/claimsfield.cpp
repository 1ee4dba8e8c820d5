// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/claimsfield.h"

#include "signin/claimsrequest.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int fewLines = 5;

//! What is asked for most: OIDC Core 5.1 and 2, and Microsoft's.
QStringList usualClaims()
{
    return {u"acr"_s,  u"auth_time"_s,    u"amr"_s,   u"email"_s, u"email_verified"_s, u"groups"_s,
            u"name"_s, u"phone_number"_s, u"roles"_s, u"sub"_s,   u"xms_cc"_s,         u"acrs"_s};
}

} // namespace

ClaimsField::ClaimsField(ClaimsPlace place, QWidget *parent)
    : QWidget(parent), m_place(new ChoiceBox), m_name(new ChoiceBox),
      m_values(addressField(tr("Values that the claim may have"), tr("any value"))),
      m_essential(new QCheckBox(tr("Essential"))), m_add(new QPushButton(symbol(u"add"_s), tr("Add claim"))),
      m_json(new TextField)
{
    m_json->setAccessibleName(tr("Claims request, JSON"));
    m_json->setPlaceholderText(place == ClaimsPlace::AccessToken
                                   ? u"{\"access_token\": {\"acrs\": {\"value\": \"c1\"}}}"_s
                                   : u"{\"id_token\": {\"acr\": {\"essential\": true}}}"_s);
    m_json->setTabChangesFocus(true);
    m_json->setLayoutDirection(Qt::LeftToRight);
    wearFont(m_json, fixedFont);
    m_json->setFixedHeight(m_json->fontMetrics().lineSpacing() * fewLines);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    makeBuilder();
    m_place->setCurrentIndex(m_place->findData(int(place)));
    column->addWidget(m_json);
    connect(m_json, &QPlainTextEdit::textChanged, this, &ClaimsField::check);
    connect(m_name, &QComboBox::currentTextChanged, this, &ClaimsField::check);
    connect(m_add, &QPushButton::clicked, this, &ClaimsField::addClaim);
    check();
}

void ClaimsField::makeBuilder()
{
    m_place->setAccessibleName(tr("Where the claim shall appear"));
    m_place->addItem(tr("ID token"), int(ClaimsPlace::IdToken));
    m_place->addItem(tr("Userinfo"), int(ClaimsPlace::UserInfo));
    m_place->addItem(tr("Access token"), int(ClaimsPlace::AccessToken));
    m_values->setToolTip(tr("Several with commas between them: the first is liked best"));
    m_name->setAccessibleName(tr("Name of the claim"));
    m_name->setEditable(true);
    m_name->addItems(usualClaims());
    m_name->setCurrentText({});
    m_name->lineEdit()->setPlaceholderText(tr("claim"));
    m_essential->setAccessibleName(tr("The claim is essential"));
    m_essential->setToolTip(tr("Without it the sign-in is of no use"));
    m_add->setAccessibleName(tr("Add this claim to the request"));
    m_add->setAutoDefault(false);
    auto *line = new FlowLayout;
    for (auto *part :
         {static_cast<QWidget *>(m_place), static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_values),
          static_cast<QWidget *>(m_essential), static_cast<QWidget *>(m_add)})
        line->addWidget(part);
    static_cast<QVBoxLayout *>(layout())->addLayout(line);
}

QString ClaimsField::text() const
{
    return m_json->toPlainText().trimmed();
}

QWidget *ClaimsField::editor() const
{
    return m_json;
}

void ClaimsField::setText(const QString &json)
{
    m_json->setPlainText(json);
}

void ClaimsField::addClaim()
{
    ClaimWish wish{.place = ClaimsPlace(m_place->currentData().toInt()), .name = m_name->currentText().trimmed()};
    for (const auto &value : m_values->text().split(u',')) {
        if (const auto text = value.trimmed(); !text.isEmpty())
            wish.values.append(text);
    }
    wish.isEssential = m_essential->isChecked();
    const auto json = withClaim(text(), wish);
    if (!json)
        return;
    m_json->setPlainText(*json);
    m_name->setCurrentText({});
    m_values->clear();
    m_essential->setChecked(false);
    m_name->setFocus();
}

void ClaimsField::check()
{
    m_add->setEnabled(claimsFlaw(text()).isEmpty() && !m_name->currentText().trimmed().isEmpty());
    Q_EMIT changed();
}

} // namespace Countersign::Desktop
