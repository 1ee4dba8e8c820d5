// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// MSAL Node on a token cache file. Nothing is networked: where it has to ask a provider, the answer is made up here.
//
// usage: msalnode.mjs find CACHE CLIENT TENANT SCOPE…   prints the accounts and the token it finds for each, as JSON
//        msalnode.mjs add CACHE                         adds another person's tokens, as after a sign-in
//        msalnode.mjs rewrite CACHE                     reads and writes
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const msal = createRequire(import.meta.url)('@azure/msal-node');
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = (claims) => [encoded({ alg: 'RS256', typ: 'JWT' }), encoded(claims), 'c2lnbmF0dXJl'].join('.');

function makeApp(file, client, tenant, answer) {
  const refuse = async (url) => { throw new Error('a cached token must not need the network: ' + url); };
  const post = answer ? async () => ({ status: 200, headers: {}, body: answer }) : refuse;
  const app = new msal.PublicClientApplication({
    auth: { clientId: client, authority: `https://login.microsoftonline.com/${tenant}` },
    system: { networkClient: { sendGetRequestAsync: refuse, sendPostRequestAsync: post } },
  });
  if (existsSync(file)) app.getTokenCache().deserialize(readFileSync(file, 'utf8'));
  return app;
}

async function find(file, client, tenant, ...scopes) {
  const app = makeApp(file, client, tenant);
  const found = [];
  for (const account of await app.getTokenCache().getAllAccounts()) {
    const got = await app.acquireTokenSilent({ account, scopes }).catch((error) => ({ error: String(error) }));
    found.push({ username: account.username, home: account.homeAccountId, token: got?.accessToken ?? null, error: got?.error });
  }
  console.log(JSON.stringify(found));
}

async function add(file) {
  const now = Math.floor(Date.now() / 1000);
  const tenant = 'contoso';
  const app = makeApp(file, 'app', tenant, {
    token_type: 'Bearer', scope: 's1 openid profile', expires_in: 3600, ext_expires_in: 3600,
    access_token: 'from MSAL Node', refresh_token: 'a refresh token of Node',
    client_info: encoded({ uid: 'nora', utid: tenant }),
    id_token: idToken({ aud: 'app', iss: `https://login.microsoftonline.com/${tenant}/v2.0`, iat: now, nbf: now,
      exp: now + 3600, oid: 'nora', sub: 'nora', tid: tenant, name: 'Nora Ñ', preferred_username: 'nora@example.com', ver: '2.0' }),
  });
  await app.acquireTokenByRefreshToken({ refreshToken: 'older', scopes: ['s1'], forceCache: true });
  writeFileSync(file, app.getTokenCache().serialize());
}

function rewrite(file) {
  writeFileSync(file, makeApp(file, 'app', 'contoso').getTokenCache().serialize());
}

const [verb, ...rest] = process.argv.slice(2);
await { find, add, rewrite }[verb](...rest);
