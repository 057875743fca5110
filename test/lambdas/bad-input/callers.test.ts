import { describe, it } from '@jest/globals';
import { endpoints } from '../../../contracts/registry.ts';
import { createRule } from '../../../contracts/rules/endpoints.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asService, asUser, type TestRequest } from '../../support/http-event.ts';
import { byName, refusingEngine, table, valid, withBody } from '../../support/refusing-engine.ts';

const { call, send } = refusingEngine();

const withToken = endpoints.filter(({ caller }) => caller !== 'nobody');
const ofAdmins = endpoints.filter(({ caller }) => caller === 'admin');
const ofUsers = endpoints.filter(({ actsOnUser }) => actsOnUser);

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
    ['getRule', { params: { ruleId: 'nothing' } }],
    ['replaceRule', { params: { ruleId: 'nothing' }, body: createRule.example.body }],
    ['deleteRule', { params: { ruleId: 'nothing' } }],
    ['listRuleVersions', { params: { ruleId: 'nothing' } }],
    ['rollbackRule', { params: { ruleId: 'nothing' } }],
    ['rollbackRule', { body: { version: 9 } }],
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

describe('stale versions of a rule', () => {
  it.each([2, 7])('%d is answered 409', async (version) => {
    const body = { ...createRule.example.body, version };
    expectProblem(await call(byName('replaceRule'), { body }), 'conflict');
    expectProblem(await call(byName('deleteRule'), { query: { version: `${version}` } }), 'conflict');
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
      if (params && 'userId' in params) request.params = { ...params, userId };
      if (query && 'userId' in query) request.query = { ...query, userId };
      request.body = naming(body, userId);
      expectProblem(await send(endpoint.operationId, request), 'forbidden');
      if (!namesUser(request)) continue;
      expectProblem(await send(endpoint.operationId, { ...request, headers: {} }), 'forbidden');
    }
  });

  it.each(table(ofUsers))('that name two different users get 400: %s', async (_, endpoint) => {
    const body = endpoint.request.body ? namingSomehow(valid(endpoint).body, 'ada') : undefined;
    const claims = asService();
    if (!body && !endpoint.example.params?.userId) return;
    expectRefused(await call(endpoint, { body, claims, headers: { 'x-user-id': 'bob' } }), 'userId');
    if (!body || !endpoint.example.params?.userId) return;
    expectRefused(await call(endpoint, { body: namingSomehow(body, 'bob'), claims }), 'userId');
  });

  it.each(table(ofUsers))('whose X-User-ID or subject is no id get 400: %s', async (_, endpoint) => {
    for (const userId of ['has space', '', 'a,b', 'x'.repeat(129)])
      expectRefused(
        await call(endpoint, { headers: { 'x-user-id': userId }, claims: asService() }),
        'X-User-ID',
      );
    const { userId: _named, ...body } = (valid(endpoint).body ?? {}) as { userId?: string };
    const { userId: _asked, ...query } = valid(endpoint).query ?? {};
    if (endpoint.example.params?.userId || targetOf(body) !== undefined) return;
    const unnamed = {
      body: endpoint.request.body ? body : undefined,
      query,
      claims: endpoint.caller === 'service' ? asService('provider|user#1') : asUser('provider|user#1'),
    };
    expectRefused(await call(endpoint, unnamed), 'sub');
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

type NamingBody = { userId?: string; context?: { targetingKey?: string } };

/** The user that a body names by OpenFeature's targeting key, which cannot be left out. */
const targetOf = (body: unknown): string | undefined =>
  (body as NamingBody | undefined)?.context?.targetingKey;

/** The body with this user where it names one. */
const naming = (body: unknown, userId: string): unknown => {
  const given = body as NamingBody | undefined;
  if (targetOf(body)) return { ...given, context: { ...given?.context, targetingKey: userId } };
  return given && 'userId' in given ? { ...given, userId } : body;
};

/** The body with this user, also where it named none. */
const namingSomehow = (body: unknown, userId: string): unknown =>
  targetOf(body) ? naming(body, userId) : { ...(body as object), userId };

/** True where the request itself names a user, apart from the header. */
const namesUser = ({ params, query, body }: TestRequest): boolean =>
  targetOf(body) !== undefined || [params, query, body].some((part) => part && 'userId' in (part as object));
