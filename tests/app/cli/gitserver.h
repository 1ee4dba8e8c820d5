// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArrayList>
#include <QtNetwork/QTcpServer>

namespace CountersignTest {

//! Serves the files of a folder over git's dumb HTTP protocol, to whoever shows one of the tokens, as Bearer or as the
//! password of Basic.
class GitServer : public QTcpServer
{
    Q_OBJECT
public:
    explicit GitServer(const QString &folder);

    QString origin() const;
    void accept(const QByteArray &token) { m_tokens = {token}; }

    //! A header line to send with each 401 besides those for Basic and Bearer.
    QByteArray challenge;
    int refusals = 0; //!< of a credential that was shown
    QByteArrayList userNames; //!< of those that were let in

private:
    void answer(class QTcpSocket *socket);
    bool isLetIn(const QByteArray &authorization);

    QString m_folder;
    QByteArrayList m_tokens;
};

} // namespace CountersignTest
