// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// A library needs one source of its own; everything else comes from the layers' object libraries.
