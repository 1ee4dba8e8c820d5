// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Version 8 has the provider as its default export only, version 9 under both names.
export { default as Provider } from 'oidc-provider';
