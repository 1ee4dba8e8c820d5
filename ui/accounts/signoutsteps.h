// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "widgets/theme.h"

#include <QtWidgets/QListWidget>

namespace Countersign::Desktop {

//! How far a sign-out has come, or how far it came.
struct SignOutProgress
{
    SignOutRequest request;
    QList<SignOutStep> ended;
    Operation::Stage stage = Operation::Stage::Starting; //!< where it is, or where it was stopped
    bool isRunning = true;
    bool isPageOpen = false;
    std::optional<bool> isEmbeddedForgotten;

    const SignOutStep *find(SignOutStep::Kind kind) const;
    //! The part that is waited for, or was when it was stopped.
    std::optional<SignOutStep::Kind> current() const;
};

//! Every part of a sign-out with its state, while it runs and afterwards.
class SignOutSteps final : public QListWidget
{
    Q_OBJECT
public:
    explicit SignOutSteps(QWidget *parent = nullptr);
    void setProgress(const SignOutProgress &progress);
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void add(const QString &symbolName, ColorRole role, const QString &text);
    void addPart(const SignOutProgress &progress, SignOutStep::Kind kind);
    void addCookies(const SignOutProgress &progress);
};

//! What a sign-out waits for, in words. \p host is the provider's, \p store the name of where the tokens lie.
QString waitText(const SignOutProgress &progress, const QString &host, const QString &store);
//! One step's outcome in words.
QString stepText(const SignOutStep &step);

} // namespace Countersign::Desktop
