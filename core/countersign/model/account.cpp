// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/account.h>

// The values of this header are plain; this file proves that the header compiles alone.
