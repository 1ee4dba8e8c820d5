// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// npm's oidc-provider on a loopback port of its own. Prints one JSON line when it is ready and ends with its standard
// input. Beside the provider, under /control:
//   POST /control/sign-in         {"url": authorization or end-session URL, "browser": the one that walks there; without
//                                 it a new one, without cookies} -> {"location": the redirect to the client}
//   POST /control/approve-device  {"url": verification_uri_complete}
//   GET  /control/log             {"requests": ["GET /op/auth", …]}
import { createServer, request as httpRequest } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { Provider } from './provider.mjs';

const prefix = '/op';
const resource = 'urn:countersign:api';
const grants = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'];
const { version } = createRequire(import.meta.url)('oidc-provider/package.json');
const log = [];
const isOld = Number.parseInt(version, 10) < 9;

// Written by the generation itself: exporting the object of a new key can wait for ever for a lock that the collection of
// its public half holds (seen with Node 18 and 20; 300 keys in a row never came to an end).
const encoding = { publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { format: 'jwk' } };
const privateJwk = (kind, options) => generateKeyPairSync(kind, { ...options, ...encoding }).privateKey;

function native(client_id, more = {}) {
  return {
    client_id, application_type: 'native', token_endpoint_auth_method: 'none', grant_types: grants, response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/', 'http://localhost/', 'dev.countersign.interop:/callback'],
    post_logout_redirect_uris: ['http://127.0.0.1/'], ...more,
  };
}

const clients = [
  native('native'),
  native('native-es256', { id_token_signed_response_alg: 'ES256' }),
  native('native-nonce'),
  native('native-par', { require_pushed_authorization_requests: true }),
  native('web', { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'interop secret +/=%' }),
];

const configuration = {
  clients,
  jwks: { keys: [
    { ...privateJwk('rsa', { modulusLength: 2048 }), use: 'sig', alg: 'RS256', kid: 'interop-rsa' },
    { ...privateJwk('ec', { namedCurve: 'P-256' }), use: 'sig', alg: 'ES256', kid: 'interop-ec' },
  ] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  claims: { openid: ['sub', 'acr', 'auth_time'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    claimsParameter: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    // RFC 9449: every proof of this one client has to carry a nonce.
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: (ctx) => ctx.oidc.client?.clientId === 'native-nonce' },
    registration: { enabled: true },
    encryption: { enabled: true },
    jwtIntrospection: { enabled: true },
    jwtResponseModes: { enabled: true },
    jwtUserinfo: { enabled: true },
    requestObjects: isOld ? { request: true } : { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'read write', accessTokenFormat: 'jwt', accessTokenTTL: 3600, jwt: { sign: { alg: 'RS256' } } }),
    },
  },
  findAccount: async (ctx, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id, name: 'Grace Hopper', preferred_username: 'grace', email: 'grace@interop.example', email_verified: true,
    }),
  }),
};

// Not fetch: in Debian's Node 18 it cannot tell several cookies of one answer apart.
function exchange(method, url, headers, form) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => { text += chunk; });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.end(form);
  });
}

// A browser in thirty lines: keeps cookies, follows redirects within the provider, fills in the forms it is shown.
class Walker {
  cookies = new Map();

  async send(method, url, form) {
    const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
    const answer = await exchange(method, url, headers, form?.toString());
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name); else this.cookies.set(name, value);
    }
    return { status: answer.status, location: answer.headers.location, text: answer.text, url };
  }

  // Ends at a redirect that leaves the provider, or at a page without a form.
  async walk(start) {
    const home = new URL(start).origin;
    let answer = await this.send('GET', start);
    for (let step = 0; step < 25; step += 1) {
      if (answer.location) {
        const next = new URL(answer.location, answer.url);
        if (next.origin !== home) return { ...answer, left: next.href };
        answer = await this.send('GET', next.href);
      } else {
        const page = /<form[^>]*>[\s\S]*?<\/form>/.exec(answer.text)?.[0];
        if (!page || answer.status >= 400) return answer;
        const form = filled(page);
        // The buttons of the end-session page lie outside its form; the first one says yes.
        if (/<button[^>]*name="logout"/.test(answer.text)) form.set('logout', 'yes');
        answer = await this.send('POST', new URL(unescaped(/action="([^"]*)"/.exec(page)?.[1] ?? ''), answer.url).href, form);
      }
    }
    throw new Error('the pages do not end');
  }
}

const unescaped = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function filled(page) {
  const form = new URLSearchParams();
  for (const [input] of page.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(input)?.[1];
    if (!name) continue;
    const value = /\svalue="([^"]*)"/.exec(input)?.[1];
    form.set(name, value !== undefined ? unescaped(value) : { login: 'grace', password: 'any' }[name] ?? '');
  }
  return form;
}

const browsers = new Map();

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

async function control(request, response) {
  const send = (status, object) => { response.writeHead(status, { 'content-type': 'application/json' }); response.end(JSON.stringify(object)); };
  try {
    if (request.url === '/control/log') return send(200, { requests: log });
    const { url, browser } = await body(request);
    if (!url.startsWith(issuer)) return send(400, { error: 'not a page of this provider' });
    if (browser && !browsers.has(browser)) browsers.set(browser, new Walker());
    const end = await (browsers.get(browser) ?? new Walker()).walk(url);
    if (request.url === '/control/sign-in') return send(end.left ? 200 : 502, { location: end.left ?? '', status: end.status });
    if (request.url === '/control/approve-device') return send(end.status === 200 && /success/i.test(end.text) ? 200 : 502, { status: end.status });
    return send(404, { error: 'no such control' });
  } catch (error) {
    return send(500, { error: String(error) });
  }
}

let issuer = '';
let callback;
const server = createServer((request, response) => {
  if (request.url.startsWith('/control')) return control(request, response);
  log.push(`${request.method} ${request.url.split('?')[0]}`);
  if (!request.url.startsWith(`${prefix}/`)) { response.writeHead(404); return response.end(); }
  request.originalUrl = request.url;
  request.url = request.url.slice(prefix.length);
  return callback(request, response);
});

// oidc-provider warns about development settings on every start.
console.warn = () => {};
console.info = () => {};
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  issuer = `http://127.0.0.1:${port}${prefix}`;
  const provider = new Provider(issuer, configuration);
  callback = provider.callback();
  console.log(JSON.stringify({
    schema: 'countersign.interop/1', issuer, control: `http://127.0.0.1:${port}/control`, version, node: process.version,
    clients: clients.map((client) => client.client_id), users: ['grace'], resource, pid: process.pid,
  }));
});
const end = () => process.exit(0);
process.stdin.on('end', end).on('error', end).resume();
process.on('SIGTERM', end).on('SIGINT', end);
