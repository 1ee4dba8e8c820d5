// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/picturereader.h"

#include <QtCore/QString>

namespace Countersign::Desktop {

//! Pictures are read by countersign-codereader.
class CodePictures final : public PictureReader
{
public:
    //! \p program: empty for the one beside this.
    explicit CodePictures(const QString &program = {});
    void read(const QByteArray &picture, QObject *context, Handler handler) override;

private:
    QString m_program;
};

} // namespace Countersign::Desktop
