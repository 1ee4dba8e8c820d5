// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: a document sealed in a file, and its previous generation beside it.
#pragma once

#include <countersign/storage/storeenvelope.h>

#include <functional>
#include <optional>

namespace Countersign {

struct SealedFile
{
    using KeyFor = std::function<Result<Secret>(const SealedHeader &)>;
    struct Content
    {
        Secret bytes;
        SealedHeader header;
        QString warning; //!< what was mended, or empty
    };

    QString path;

    //! None if there is no file. A damaged one is kept aside and its previous generation is given.
    //!
    //! Errors: as readPrivateFile() and \p keyFor; StorageDamaged if neither generation can be read.
    [[nodiscard]] Result<std::optional<Content>> load(const KeyFor &keyFor, QByteArrayView storeId = {}) const;
    //! With \p forgetsPrevious no generation before this one is left; one that cannot be removed fails the save before
    //! it has changed anything, so that it can be tried again.
    [[nodiscard]] Result<void> save(const SealedHeader &header, const Secret &key, QByteArrayView bytes,
                                    RandomSource &random, bool forgetsPrevious) const;
    [[nodiscard]] Result<void> remove() const;
    QString previousPath() const;
};

} // namespace Countersign
