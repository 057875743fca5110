import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';
import { until } from './support/until.ts';

const dataDir = newDataDir();
let server: RunningServer;

beforeAll(async () => {
  server = await startServer(dataDir, { ATTUNE_SEED: 'off' });
});
afterAll(async () => {
  await server.kill('SIGTERM');
  removeDataDir(dataDir);
});

const PATH = '/personalization/profile/ada';
const now = () => Math.floor(Date.now() / 1000);
const good = () => ({ sub: 'ada', iss: 'https://attune.local', aud: 'attune', iat: now(), exp: now() + 60 });

/** Signs any claims with the server's own key, as only the issuer could. */
const signed = async (claims: JWTPayload, kid?: string) => {
  const key = await importJWK(JSON.parse(readFileSync(join(dataDir, 'signing-key.json'), 'utf8')), 'RS256');
  const { keys } = (await server.send('GET', '/local/.well-known/jwks.json')).body;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: kid ?? keys[0].kid }).sign(key);
};

const forged = async () => {
  const { keys } = (await server.send('GET', '/local/.well-known/jwks.json')).body;
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(good()).setProtectedHeader({ alg: 'RS256', kid: keys[0].kid }).sign(privateKey);
};

/** A token "signed" with the published key as if it were a shared secret. */
const confused = async () => {
  const { keys } = (await server.send('GET', '/local/.well-known/jwks.json')).body;
  const secret = new TextEncoder().encode(JSON.stringify(keys[0]));
  return new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: keys[0].kid }).sign(secret);
};

const tampered = async () => {
  const [header, , signature] = (await signed(good())).split('.');
  const claims = { ...good(), scope: 'personalization/admin' };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

const expectProblem = (
  answer: { status: number; headers: Headers; body: unknown },
  status: number,
  type: string,
) => {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const requestId = answer.headers.get('x-request-id');
  expect(requestId).toBeTruthy();
  expect(answer.body).toMatchObject({
    type,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    requestId,
  });
};

describe('tokens', () => {
  it('lets a good one through to the endpoint', async () => {
    const answer = await server.send('GET', PATH, { token: await server.token('ada') });
    expectProblem(answer, 404, 'not-found');
    expect(answer.body.detail).not.toContain('There is no GET');
  });

  const refused: Record<string, () => Promise<string> | string> = {
    'expired one': () => signed({ ...good(), exp: now() - 1 }),
    'one without an expiry': () => signed({ ...good(), exp: undefined }),
    'one that is not valid yet': () => signed({ ...good(), nbf: now() + 60 }),
    'one of another issuer': () => signed({ ...good(), iss: 'https://other.example' }),
    'one for another audience': () => signed({ ...good(), aud: 'other' }),
    'one that names an unknown key': () => signed(good(), 'unknown'),
    'one that is signed with another key': forged,
    'one that is signed with the public key as a secret': confused,
    'one whose claims were changed': tampered,
    'one without a signature': () => new UnsecuredJWT(good()).setExpirationTime('1m').encode(),
    'word that is no token': () => 'hello',
  };
  it.each(Object.keys(refused))('refuses an %s', async (name) => {
    const token = await refused[name]?.();
    const answer = await server.send('GET', PATH, { token });
    expectProblem(answer, 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses one that was good a moment ago and has expired since', async () => {
    const token = await signed({ ...good(), exp: now() + 2 });
    expect((await server.send('GET', PATH, { token })).status).toBe(404);
    expect((await server.send('GET', PATH, { token })).status).toBe(404);
    const answer = await until(
      () => server.send('GET', PATH, { token }),
      ({ status }) => status !== 404,
    );
    expectProblem(answer, 401, 'unauthorized');
  });

  it('refuses a missing one, and another scheme', async () => {
    expectProblem(await server.send('GET', PATH), 401, 'unauthorized');
    const basic = await fetch(server.url + PATH, { headers: { authorization: 'Basic YTpi' } });
    expect(basic.status).toBe(401);
  });

  it('asks for none at the health endpoint', async () => {
    expect((await server.send('GET', '/personalization/health')).status).toBe(200);
  });

  it('are given for a subject, and only for a good one', async () => {
    const { body } = await server.send('POST', '/local/token', {
      body: { sub: 'ada', scope: 'personalization/service' },
    });
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ sub: 'ada', scope: 'personalization/service', aud: 'attune' });
    for (const wrong of [{}, { sub: '' }, { sub: 'a b' }, { sub: 'ada', admin: true }, [], 'ada', null]) {
      expectProblem(await server.send('POST', '/local/token', { body: wrong }), 400, 'validation');
    }
    const malformed = await fetch(`${server.origin}/local/token`, { method: 'POST', body: '{"sub":' });
    expect(malformed.status).toBe(400);
  });

  it('publishes only the public part of its key', async () => {
    const { keys } = (await server.send('GET', '/local/.well-known/jwks.json')).body;
    expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    const { publicKey } = await generateKeyPair('RS256');
    expect(Object.keys(await exportJWK(publicKey))).toEqual(expect.arrayContaining(['n', 'e']));
  });
});

describe('routes', () => {
  it('answers 404 for an unknown one and for another method, with or without a token', async () => {
    const token = await server.token('ada');
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['DELETE', '/interactions'],
      ['POST', `${PATH}/`],
      ['GET', '/personalization/profile'],
    ] as const) {
      expectProblem(await server.send(method, path, { token }), 404, 'not-found');
      expectProblem(await server.send(method, path), 404, 'not-found');
    }
    const outside = await fetch(`${server.origin}/elsewhere`);
    expect([outside.status, ((await outside.json()) as { type: string }).type]).toEqual([404, 'not-found']);
  });

  it('answers the local paths below the base path too', async () => {
    const { body } = await server.send('POST', '/local/token'.replace('/local', '/local'), {
      body: { sub: 'ada' },
    });
    expect(body.token).toBeTruthy();
    const below = await fetch(`${server.url}/local/token`, { method: 'POST', body: '{"sub":"ada"}' });
    expect(below.status).toBe(200);
  });

  it('takes the longest id there is, and an encoded one', async () => {
    const id = 'a:@.-_'.padEnd(128, 'x');
    const token = await server.token(id);
    for (const spelt of [id, encodeURIComponent(id)]) {
      const answer = await server.send('GET', `/personalization/profile/${spelt}`, { token });
      expectProblem(answer, 404, 'not-found');
      expect(answer.body.detail).not.toContain('There is no GET');
    }
  });

  it('gives a problem for a path that cannot be decoded', async () => {
    const token = await server.token('ada');
    const answer = await server.send('GET', '/personalization/profile/%E0%A4%A', { token });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.type).toBeTruthy();
  });
});

describe('bodies', () => {
  const post = async (bytes: number, token: string) => {
    const body = `{"type":"view","contentId":"${'x'.repeat(bytes)}"}`;
    return fetch(`${server.url}/interactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
  };

  it('are refused above the limit, and the connection goes on', async () => {
    const token = await server.token('ada');
    for (const bytes of [11 * 1024 * 1024, 30 * 1024 * 1024]) {
      const answer = await post(bytes, token);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ type: 'payload-too-large' });
    }
    expect((await server.send('GET', '/personalization/health')).status).toBe(200);
  });

  it('survives clients that hang up half-way', async () => {
    const token = await server.token('ada');
    for (let n = 0; n < 5; n++) {
      const headers = { authorization: `Bearer ${token}`, 'content-length': '1000' };
      const hanging = request(`${server.url}/interactions`, { method: 'POST', headers });
      hanging.on('error', () => undefined);
      hanging.write('{"type":');
      await new Promise((resolve) => setTimeout(resolve, 50));
      hanging.destroy();
    }
    expect((await server.send('GET', '/personalization/health')).status).toBe(200);
  });
});

describe('jobs', () => {
  it('names the known ones when asked for another', async () => {
    const answer = await server.send('POST', '/local/run/nothing');
    expectProblem(answer, 404, 'not-found');
    expect(answer.body.detail).toMatch(/retrain, precompute, trending/);
  });
});
