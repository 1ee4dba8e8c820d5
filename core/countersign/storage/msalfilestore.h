// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/storage/tokenstore.h>

namespace Countersign {

//! MSAL's own file: plain JSON that msal-extensions and others read and write too. Only for those who ask for it by
//! name: whoever reads the file has the tokens.
//!
//! The file has to be ours, 0600, under one name and no symbolic link, in a folder of ours that is closed to others.
class COUNTERSIGN_EXPORT MsalFileStore final : public TokenStore
{
public:
    explicit MsalFileStore(QString path);

    Kind kind() const override { return Kind::MsalFile; }
    QString name() const override { return m_path; }
    QString folder() const override;
    QString id() const override;
    //! As msal-extensions names it, which takes the same kind of lock.
    QString lockPath() const override;
    QByteArray revision() const override;
    void load(QObject *context, LoadHandler handler) override;
    void save(StoredBlob blob, QObject *context, DoneHandler handler) override;
    void probe(QObject *context, DoneHandler handler) override;
    void clear(QObject *context, DoneHandler handler) override;

private:
    QString m_path;
};

} // namespace Countersign
