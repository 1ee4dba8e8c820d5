// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Countersign::CodeReader {

//! Takes from this process what reading one picture does not need, as far as the system lets it: time, memory, files,
//! and the image of a crash, in which a token could lie.
void restrain();

} // namespace Countersign::CodeReader
