import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { endpoints } from '../../contracts/registry.ts';
import { type Answer, type Engine, startEngine } from '../support/engine.ts';
import { expectProblem, expectRefused } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser, type TestRequest } from '../support/http-event.ts';
import { seedWorld, validRequest } from '../support/sample-world.ts';
import { ABSENT, schemaFaults, spoiled } from '../support/schema-faults.ts';

let engine: Engine;
let before: Map<string, string>;

beforeAll(async () => {
  engine = await startEngine();
  await seedWorld(engine);
  before = await engine.scan();
});
afterAll(() => engine.close());

/** Whatever is refused leaves no trace: not in the table, not in the queue, not in the prototypes of this process. */
afterEach(async () => {
  const [known, found] = [before, await engine.scan()];
  const depth = await engine.queue.depth();
  before = found;
  await engine.drainQueue();
  expect(found).toEqual(known);
  expect(depth).toEqual({ waiting: 0, inFlight: 0 });
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

/** May do what the endpoint asks for. */
const claimsFor = ({ caller }: EndpointShape) => (caller === 'admin' ? asAdmin() : asUser('ada'));

const valid = (endpoint: EndpointShape): TestRequest => ({
  ...validRequest(endpoint.operationId, endpoint.example),
  claims: claimsFor(endpoint),
});

const call = (endpoint: EndpointShape, change: Partial<TestRequest>): Promise<Answer> =>
  engine.call(endpoint.operationId, { ...valid(endpoint), ...change });

/** Runs cases one after the other and collects what went wrong, each under its name. */
const all = async <T extends { name: string }>(cases: readonly T[], check: (one: T) => Promise<void>) => {
  const wrong: string[] = [];
  for (const one of cases) {
    await check(one).catch((error: Error) => wrong.push(`${one.name}: ${error.message.slice(0, 600)}`));
  }
  expect(wrong).toEqual([]);
};

const withBody = endpoints.filter(({ request }) => request.body);
const withToken = endpoints.filter(({ caller }) => caller !== 'nobody');
const ofAdmins = endpoints.filter(({ caller }) => caller === 'admin');
const ofUsers = endpoints.filter(({ actsOnUser }) => actsOnUser);
const byName = (operationId: string) => endpoints.find((one) => one.operationId === operationId)!;
const table = (some: readonly EndpointShape[]) => some.map((one) => [one.operationId, one] as const);

const NOT_JSON = ['{', '{"a":}', 'hello', '{"a":1}}', "{'a':1}", '\u0000', '[1,', '{"a":\u0001}', 'NaN'];

describe('a body that is no JSON', () => {
  it.each(table(withBody))('%s', async (_, endpoint) => {
    const cases = NOT_JSON.map((rawBody) => ({ name: rawBody, rawBody }));
    await all(cases, async ({ rawBody }) => expectRefused(await call(endpoint, { rawBody }), 'body'));
  });
});

describe('every field that is missing, of another type, out of range or over-long', () => {
  it.each(table(withBody))('%s', async (_, endpoint) => {
    const schema = endpoint.request.body!;
    const { body } = valid(endpoint);
    expect(schema.safeParse(body).success).toBe(true);
    const faults = schemaFaults(schema, body);
    // What a choice of alternatives takes in after all is no fault.
    const real = faults.filter((fault) => !schema.safeParse(spoiled(body, fault)).success);
    const missing = faults.filter(({ value }) => value === ABSENT);
    expect(missing.filter((fault) => !real.includes(fault))).toEqual([]);
    expect(real.length).toBeGreaterThan(faults.length * 0.8);
    await all(real, async (fault) =>
      expectRefused(await call(endpoint, { body: spoiled(body, fault) }), fault.path.join('.') || undefined),
    );
  });
});

const TRACKING = new Set([
  'trackInteraction',
  'trackInteractions',
  'recordFeatureUsage',
  'recordContentPreference',
  'recordFeedback',
]);

describe('an unknown field', () => {
  const strict = withBody.filter(({ operationId }) => !TRACKING.has(operationId));
  it.each(table(strict))('of the body is refused: %s', async (_, endpoint) => {
    const body = { ...(valid(endpoint).body as object), noSuchField: 1 };
    expectRefused(await call(endpoint, { body }), 'noSuchField');
  });

  it.each(table(endpoints.filter(({ request }) => request.query)))(
    'of the query is refused: %s',
    async (_, endpoint) => {
      expectRefused(await call(endpoint, { query: { noSuchField: '1' } }), 'noSuchField');
    },
  );
});

describe('a huge body', () => {
  it.each(table(withBody))('is answered 413: %s', async (_, endpoint) => {
    const most = endpoint.maxBodyBytes ?? 256 * 1024;
    const rawBody = JSON.stringify({ userId: 'ada', padding: 'ě'.repeat(most / 2) });
    expectProblem(await call(endpoint, { rawBody }), 'payload-too-large');
  });
});

/** Texts that no field takes: as JSON, since JSON.stringify would soften some of them. */
const NASTY = [
  ['an object as its own prototype', '{"__proto__":{"polluted":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['a polluting key further in', '{"a":{"b":[{"__proto__":{"polluted":1}}]}}'],
  ['nested 1,000 levels', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
  ['lists nested 1,000 levels', `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
  ['a number beyond doubles', '{"a":1e999}'],
  ['a number beyond the table', '{"a":1e300}'],
  ['a number beyond the table, negative', '{"a":-1e300}'],
  ['a number too small for the table', '{"a":1e-200}'],
  ['half a character', '{"a":"\\ud800"}'],
  ['half a character as key', '{"\\udc00":1}'],
  ['an empty key', '{"":1}'],
  ['a list', '[1]'],
  ['a text', '"text"'],
] as const;

const FREE_FORM = [
  ['upsertProfile', 'attributes'],
  ['upsertProfile', 'preferences'],
  ['updateProfile', 'attributes'],
  ['updateProfile', 'preferences'],
  ['trackInteraction', 'context'],
  ['putCatalogItem', 'attributes'],
] as const;

describe('free-form objects', () => {
  it.each(FREE_FORM)('%s %s', async (operationId, field) => {
    const endpoint = byName(operationId);
    await all(
      NASTY.map(([name, json]) => ({ name, json })),
      async ({ json }) => {
        const body = JSON.stringify({ ...(valid(endpoint).body as object), [field]: '@@' });
        expectRefused(await call(endpoint, { rawBody: body.replace('"@@"', () => json) }), field);
      },
    );
  });

  it('of a bulk call are rejected by themselves', async () => {
    const items = NASTY.map(([, json]) => `{"itemId":"x","type":"course","title":"t","attributes":${json}}`);
    const catalogue = await call(byName('putCatalogItems'), { rawBody: `{"items":[${items.join(',')}]}` });
    expect(catalogue.body).toMatchObject({ accepted: 0 });
    expect(catalogue.body.rejected).toHaveLength(NASTY.length);
    const interactions = NASTY.map(([, json]) => `{"type":"view","context":${json}}`);
    const rawBody = `{"interactions":[${interactions.join(',')}]}`;
    const tracked = await call(byName('trackInteractions'), { rawBody });
    expect(tracked.body).toMatchObject({ accepted: 0 });
    expect(tracked.body.rejected).toHaveLength(NASTY.length);
  });
});

describe('texts', () => {
  const HALF = '\ud800';
  const cases = [
    ['trackInteraction', { type: HALF }],
    ['trackInteraction', { type: 'view', feedback: `nice ${HALF}` }],
    ['trackInteraction', { type: 'view', feedback: 'not a character: \uffff' }],
    ['trackInteraction', { type: '   ' }],
    ['recordFeedback', { target: { kind: 'course', id: 'course-101' }, text: HALF }],
    ['recordFeatureUsage', { feature: HALF }],
    ['recordFeatureUsage', { feature: '' }],
    ['putMarketFocus', { focus: [HALF] }],
    ['putGoals', { shortTerm: [HALF] }],
    ['putGoals', { shortTerm: ['  '] }],
    ['putGoals', { shortTerm: [{ title: 'x', target: 1e-200 }] }],
    ['upsertProfile', { questionnaireData: { logline: HALF } }],
    ['upsertProfile', { questionnaireData: { budget: { min: 1e300 } } }],
    ['upsertProfile', { questionnaireData: { budget: 1e-200 } }],
    ['upsertProfile', { email: 'no address' }],
    ['upsertProfile', { timezone: 'Europe/Atlantis' }],
    ['upsertProfile', { timezone: '' }],
    ['upsertProfile', { preferences: { learned: { visualStyles: [['x', 1]] } } }],
    ['updateProfile', { timezone: 'Nowhere' }],
    ['putCatalogItem', { type: 'course', title: HALF }],
    ['putCatalogItem', { type: 'course', title: 'x', budget: { min: 1e-200 } }],
    ['putCatalogItem', { type: 'course', title: 'x', budget: { min: 3, max: 2 } }],
    ['putCatalogItem', { type: 'course', title: 'x', itemId: 'another' }],
    [
      'putCatalogItem',
      { type: 'course', title: 'x', publishedAt: '2026-02-01T00:00:00Z', expiresAt: '2026-01-01T00:00:00Z' },
    ],
    [
      'recordSession',
      { sessionId: 's', startedAt: '2026-11-21T11:00:00Z', endedAt: '2026-11-21T10:00:00Z', device: 'm' },
    ],
    ['recordSession', { sessionId: 's', startedAt: '2026-11-22T11:00:00Z', device: 'mobile' }],
    ['recordSession', { sessionId: 's', startedAt: '1999-11-22T11:00:00Z', device: 'mobile' }],
    [
      'recordSession',
      { sessionId: 's', startedAt: '2026-11-21T11:00:00Z', device: 'm', pages: [{ surprise: 1 }] },
    ],
    ['trackInteraction', { type: 'view', occurredAt: '2026-11-21T12:10:00Z' }],
    ['trackInteraction', { type: 'view', occurredAt: '1999-11-21T12:10:00Z' }],
    ['trackInteraction', {}],
    ['recordFeedback', { target: { kind: 'course', id: 'course-101' } }],
    ['recordFeedback', { target: { kind: 'course', id: 'course-101', extra: 1 }, rating: 3 }],
    ['rankContent', { contentIds: ['has space'] }],
    ['rankContent', { contentIds: [] }],
    ['requestRecommendations', { options: { filter: { attributes: { a: { b: 1 } } } } }],
    ['requestRecommendations', { options: { filter: { surprise: 1 } } }],
  ] as const;
  it('and values that only a closer look refuses', async () => {
    await all(
      cases.map(([operationId, body]) => ({
        name: `${operationId} ${JSON.stringify(body)}`,
        operationId,
        body,
      })),
      async ({ operationId, body }) => expectRefused(await call(byName(operationId), { body })),
    );
  });
});

describe('paths and queries', () => {
  const BAD_IDS = ['has space', 'a/b', 'ü', 'i'.repeat(129), '%00', '..%2f', 'a#b', '{}', '<b>'];
  const withParams = endpoints.filter(({ example }) => example.params);
  it.each(table(withParams))('an id that is none: %s', async (_, endpoint) => {
    const [name = ''] = Object.keys(endpoint.example.params ?? {});
    const cases = BAD_IDS.map((value) => ({ name: value, value }));
    await all(cases, async ({ value }) =>
      expectRefused(await call(endpoint, { params: { [name]: value } }), name),
    );
  });

  const limited = endpoints.filter(({ request }) => request.query && 'limit' in request.query.shape);
  it.each(table(limited))('a limit out of range: %s', async (_, endpoint) => {
    const cases = ['0', '101', 'abc', '', '-1', '1.5', '1e9', 'NaN', '10,10'].map((limit) => ({
      name: limit,
      limit,
    }));
    await all(cases, async ({ limit }) => expectRefused(await call(endpoint, { query: { limit } }), 'limit'));
  });

  const QUERIES = [
    [
      'listInteractions',
      'from',
      ['2026-02-30T00:00:00Z', 'yesterday', '2026-13-01T00:00:00Z', '2026-11-20T24:30:00Z', ''],
    ],
    ['listInteractions', 'to', ['2026-04-31T00:00:00Z', '0']],
    ['listInteractions', 'type', ['', ' ', 'x'.repeat(101), '\ud800']],
    ['getRecommendations', 'type', ['magic', '', 'HYBRID']],
    ['getRecommendations', 'context', ['', 'x'.repeat(101)]],
    ['getContentRecommendations', 'type', ['x'.repeat(501)]],
    ['listCatalogItems', 'type', ['', 'x'.repeat(101)]],
  ] as const;
  it.each(QUERIES)('%s with a bad %s', async (operationId, name, values) => {
    const cases = values.map((value) => ({ name: value, value }));
    await all(cases, async ({ value }) =>
      expectRefused(await call(byName(operationId), { query: { [name]: value } }), name),
    );
  });
});

describe('cursors', () => {
  const page = async (operationId: string, query: Record<string, string>) =>
    (await call(byName(operationId), { query })).body.nextCursor as string;

  it.each(['listInteractions', 'listCatalogItems'])(
    'that were changed, cut or made for another list: %s',
    async (operationId) => {
      const other = operationId === 'listInteractions' ? 'listCatalogItems' : 'listInteractions';
      const mine = await page(operationId, { limit: '1' });
      const foreign = await page(other, { limit: '1' });
      const [payload = '', signature = ''] = mine.split('.');
      const forged = Buffer.from('{"type":"secret","after":null}').toString('base64url');
      const lastBit = signature.slice(0, -1) + (signature.endsWith('A') ? 'B' : 'A');
      const changed = [
        foreign,
        `${forged}.${signature}`,
        payload,
        `${payload}.`,
        `.${signature}`,
        mine.slice(1),
        `${mine}=`,
      ];
      const cases = [
        ...changed,
        `${mine}.x`,
        `${payload}.${lastBit}`,
        'null',
        '{}',
        '...',
        'x'.repeat(2_001),
      ];
      await all(
        cases.map((cursor) => ({ name: cursor.slice(0, 80), cursor })),
        async ({ cursor }) =>
          expectRefused(await call(byName(operationId), { query: { limit: '1', cursor } }), 'cursor'),
      );
    },
  );

  it('of one user do not fit another, nor a catalogue list of another type', async () => {
    const cursor = await page('listInteractions', { limit: '1' });
    const request = { params: { userId: 'bob' }, query: { cursor }, claims: asUser('bob') };
    expectRefused(await engine.call('listInteractions', request), 'cursor');
    const ofCourses = await page('listCatalogItems', { limit: '1', type: 'course' });
    expectRefused(
      await call(byName('listCatalogItems'), { query: { type: 'project', cursor: ofCourses } }),
      'cursor',
    );
    const options = { cursor };
    expectRefused(await call(byName('requestRecommendations'), { body: { options } }), 'cursor');
  });
});

describe('too many at once', () => {
  it('5,001 interactions, 1,001 items, 501 ids to rank', async () => {
    const interactions = Array(5_001).fill({ type: 'view' });
    expectRefused(await call(byName('trackInteractions'), { body: { interactions } }), 'interactions');
    const items = Array.from({ length: 1_001 }, (_, at) => ({ itemId: `i-${at}`, type: 't', title: 't' }));
    expectRefused(await call(byName('putCatalogItems'), { body: { items } }), 'items');
    const contentIds = items.map(({ itemId }) => itemId);
    expectRefused(
      await call(byName('rankContent'), { body: { contentIds: contentIds.slice(0, 501) } }),
      'contentIds',
    );
    expectRefused(await call(byName('trackInteractions'), { body: { interactions: [] } }), 'interactions');
    expectRefused(await call(byName('putCatalogItems'), { body: { items: [] } }), 'items');
  });

  it('keeps the answer to 5,000 bad interactions below what a Lambda may answer', async () => {
    const bad = Object.fromEntries(
      'rating value position durationMs clicksCount scrollDepth contentId contentType feature device context sessionId'
        .split(' ')
        .map((name) => [name, name === 'rating' ? 9 : -1]),
    );
    const answer = await call(byName('trackInteractions'), {
      body: { interactions: Array(5_000).fill(bad) },
    });
    expect(answer.body).toMatchObject({ accepted: 0 });
    expect(answer.body.rejected).toHaveLength(5_000);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(6_000_000);
  });
});

describe('unknown things', () => {
  const nobody = { params: { userId: 'nobody' }, claims: asService() };
  const CASES = [
    ['getProfile', nobody],
    ['recomputeProfile', nobody],
    ['resetProfile', nobody],
    ['getGoals', nobody],
    ['getCatalogItem', { params: { itemId: 'nothing' } }],
    ['deleteCatalogItem', { params: { itemId: 'nothing' } }],
    ['listSimilar', { params: { contentId: 'nothing' } }],
    [
      'recordRecommendationFeedback',
      { body: { recommendationId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0', feedback: 'clicked' } },
    ],
    ['recordRecommendationFeedback', { body: { recommendationId: 'made-up', feedback: 'clicked' } }],
  ] as const;
  it.each(CASES)('%s is answered 404', async (operationId, change) => {
    expectProblem(await call(byName(operationId), change as Partial<TestRequest>), 'not-found');
  });
});

describe('stale versions', () => {
  it.each([0, 1, 7])('%d is answered 409', async (version) => {
    for (const route of [0, 1]) {
      const body = { attributes: { plan: 'pro' }, version };
      expectProblem(await call(byName('updateProfile'), { body, route }), 'conflict');
    }
  });
});

describe('callers', () => {
  it.each(table(withToken))('without a token get 401: %s', async (_, endpoint) => {
    expectProblem(await call(endpoint, { claims: undefined }), 'unauthorized');
    expectProblem(await call(endpoint, { claims: { scope: 'personalization/admin' } }), 'unauthorized');
    expectProblem(await call(endpoint, { claims: undefined, rawBody: '{' }), 'unauthorized');
  });

  it.each(table(ofAdmins))('below admin get 403: %s', async (_, endpoint) => {
    for (const claims of [
      asUser('ada'),
      asService(),
      { sub: 'x', scope: 'admin', 'cognito:groups': '[constructor]' },
    ])
      expectProblem(await call(endpoint, { claims }), 'forbidden');
  });

  it.each(table(ofUsers))('that name another user get 403, known or not: %s', async (_, endpoint) => {
    const { body, params, query } = valid(endpoint);
    for (const [sub, userId] of [
      ['bob', 'ada'],
      ['ada', 'nobody'],
      ['nobody', 'somebody'],
    ] as const) {
      const request = { ...valid(endpoint), claims: asUser(sub), headers: { 'x-user-id': userId } };
      if (params && 'userId' in params) request.params = { userId };
      if (query && 'userId' in query) request.query = { ...query, userId };
      if (body && 'userId' in (body as object)) request.body = { ...(body as object), userId };
      expectProblem(await engine.call(endpoint.operationId, request), 'forbidden');
      if (!namesUser(request)) continue;
      expectProblem(await engine.call(endpoint.operationId, { ...request, headers: {} }), 'forbidden');
    }
  });

  it.each(table(ofUsers))('that name two different users get 400: %s', async (_, endpoint) => {
    const body = endpoint.request.body ? { ...(valid(endpoint).body as object), userId: 'ada' } : undefined;
    const claims = asService();
    if (!body && !endpoint.example.params?.userId) return;
    expectRefused(await call(endpoint, { body, claims, headers: { 'x-user-id': 'bob' } }), 'userId');
    if (!body || !endpoint.example.params?.userId) return;
    expectRefused(await call(endpoint, { body: { ...body, userId: 'bob' }, claims }), 'userId');
  });

  it.each(table(ofUsers))('whose X-User-ID or subject is no id get 400: %s', async (_, endpoint) => {
    for (const userId of ['has space', '', 'a,b', 'x'.repeat(129)])
      expectRefused(
        await call(endpoint, { headers: { 'x-user-id': userId }, claims: asService() }),
        'X-User-ID',
      );
    const { userId: _named, ...body } = (valid(endpoint).body ?? {}) as { userId?: string };
    const unnamed = { body: endpoint.request.body ? body : undefined, claims: asUser('provider|user#1') };
    if (!endpoint.example.params?.userId) expectRefused(await call(endpoint, unnamed), 'sub');
  });

  it.each(table(withBody.filter(({ routes }) => routes[0].method === 'POST')))(
    'with an Idempotency-Key that is none get 400: %s',
    async (_, endpoint) => {
      for (const key of ['', 'has space', 'x'.repeat(201), 'ü']) {
        expectRefused(await call(endpoint, { headers: { 'idempotency-key': key } }), 'Idempotency-Key');
      }
    },
  );
});

/** True where the request itself names a user, apart from the header. */
const namesUser = ({ params, query, body }: TestRequest): boolean =>
  [params, query, body].some((part) => part && 'userId' in (part as object));
