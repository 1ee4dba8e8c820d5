// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/authorizationagent.h>

namespace Countersign {

//! No browser here: the caller shows the address, the person opens it anywhere and brings the redirected one back.
class COUNTERSIGN_EXPORT PasteBackAgent final : public AuthorizationAgent
{
public:
    //! \p show is called with the address to open, from within open().
    explicit PasteBackAgent(std::function<void(const QUrl &)> show);
    ~PasteBackAgent() override;

    [[nodiscard]] Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &preference,
                                                                      Handler handler) override;
    QString name() const override;

    //! Errors:  InvalidArgument when it answers no sign-in that waits; they go on waiting.
    //! Secrets: \p address stays the caller's to wipe.
    Result<void> paste(QByteArrayView address);

private:
    struct Shared;
    std::unique_ptr<Shared> d;
};

} // namespace Countersign
