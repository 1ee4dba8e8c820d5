// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/prompts.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtNetwork/QAuthenticator>
#include <QtWebEngineCore/qtwebenginecoreglobal.h>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

struct Prompts
{
    Q_DECLARE_TR_FUNCTIONS(Countersign::Prompts)
};

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *const label = new QLabel(parent);
    // What a server calls itself is never markup.
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(text);
    return label;
}

QLineEdit *field(const QString &name, QDialog &dialog, QFormLayout &form)
{
    auto *const edit = new QLineEdit(&dialog);
    edit->setAccessibleName(name);
    form.addRow(name, edit);
    return edit;
}

void addButtons(QDialog &dialog, QFormLayout &form, const QString &accept)
{
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    buttons->button(QDialogButtonBox::Ok)->setText(accept);
    // Qt's translations may not be installed.
    buttons->button(QDialogButtonBox::Cancel)->setText(Prompts::tr("Cancel"));
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    form.addRow(buttons);
}

QString described(const QSslCertificate &certificate)
{
    const auto subject = certificate.subjectDisplayName();
    const auto issuer = certificate.issuerDisplayName();
    const auto until = QLocale().toString(certificate.expiryDate().date(), QLocale::ShortFormat);
    return Prompts::tr("%1, issued by %2, valid until %3").arg(subject, issuer, until);
}

} // namespace

void askForCredentials(QWidget *parent, const QString &who, QAuthenticator *authenticator)
{
    QDialog dialog(parent);
    dialog.setWindowTitle(Prompts::tr("Name and password"));
    QFormLayout form(&dialog);
    form.addRow(plainLabel(Prompts::tr("%1 asks for a name and a password.").arg(who), &dialog));
    auto *const user = field(Prompts::tr("&Name"), dialog, form);
    user->setText(authenticator->user());
    auto *const password = field(Prompts::tr("&Password"), dialog, form);
    password->setEchoMode(QLineEdit::Password);
    addButtons(dialog, form, Prompts::tr("Sign in"));
    if (dialog.exec() != QDialog::Accepted) {
        *authenticator = QAuthenticator();
        return;
    }
    authenticator->setUser(user->text());
    authenticator->setPassword(password->text());
    password->clear();
}

int chooseCertificate(QWidget *parent, const QString &host, const QList<QSslCertificate> &certificates)
{
    QDialog dialog(parent);
    dialog.setWindowTitle(Prompts::tr("Choose a certificate"));
    QFormLayout form(&dialog);
    form.addRow(plainLabel(
        Prompts::tr("%1 asks for a certificate to know you by. The name in it will be sent there.").arg(host),
        &dialog));
    auto *const list = new QListWidget(&dialog);
    list->setAccessibleName(Prompts::tr("Certificates"));
    for (const auto &certificate : certificates)
        list->addItem(described(certificate));
    list->setCurrentRow(0);
    QObject::connect(list, &QListWidget::itemActivated, &dialog, &QDialog::accept);
    form.addRow(list);
    addButtons(dialog, form, Prompts::tr("Use this certificate"));
    return dialog.exec() == QDialog::Accepted ? list->currentRow() : -1;
}

namespace {

QString details(const QList<QSslCertificate> &chain)
{
    if (chain.isEmpty())
        return {};
    const auto &own = chain.constFirst();
    QStringList lines;
    for (const auto &certificate : chain)
        lines.append(described(certificate));
    const auto names = own.subjectAlternativeNames().values(QSsl::DnsEntry);
    if (!names.isEmpty())
        lines.append(Prompts::tr("For: %1").arg(names.join(u", "_s)));
    lines.append(Prompts::tr("SHA-256: %1")
                     .arg(QString::fromLatin1(own.digest(QCryptographicHash::Sha256).toHex(':').toUpper())));
    return lines.join(u'\n');
}

} // namespace

QString connectionText(const ConnectionFacts &facts)
{
    using State = ConnectionFacts::State;
    QStringList parts;
    switch (facts.state) {
    case State::Encrypted:
        parts.append(
            Prompts::tr("The connection to %1 is encrypted, and its certificate was found good.").arg(facts.origin));
        break;
    case State::VouchedFor:
        parts.append(Prompts::tr("The connection to %1 is encrypted. Its certificate was issued by an authority that "
                                 "you named besides the system’s.")
                         .arg(facts.origin));
        break;
    case State::Plain:
        parts.append(
            Prompts::tr("The connection to %1 is not encrypted. It does not leave this computer.").arg(facts.origin));
        break;
    case State::Untrusted:
        parts.append(Prompts::tr("The certificate of %1 cannot be trusted. Nothing was sent there.").arg(facts.origin));
        break;
    }
    // Up to Qt 6.11 a page has no certificate to ask for: only QWebEngineCertificateError carries one.
    if (!facts.chain.isEmpty())
        parts.append(details(facts.chain));
    else if (facts.state != State::Plain)
        parts.append(Prompts::tr("Qt WebEngine %1 tells this window of a certificate only when something is wrong with "
                                 "it. To look at it, open the page in your browser.")
                         .arg(QString::fromLatin1(qWebEngineVersion())));
    return parts.join(u"\n\n"_s);
}

QDialog *showConnection(QWidget *parent, const ConnectionFacts &facts)
{
    auto *const dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Prompts::tr("What protects this page"));
    auto *const form = new QFormLayout(dialog);
    auto *const text = plainLabel(connectionText(facts), dialog);
    text->setAccessibleName(dialog->windowTitle());
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setMinimumWidth(text->fontMetrics().averageCharWidth() * 60);
    form->addRow(text);
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    buttons->button(QDialogButtonBox::Close)->setText(Prompts::tr("Close"));
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    form->addRow(buttons);
    dialog->open();
    return dialog;
}

} // namespace Countersign
