import { describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../contracts/registry.ts';
import { expectRefused } from '../../support/expect-problem.ts';
import { asUser } from '../../support/http-event.ts';
import { all, byName, refusingEngine, table } from '../../support/refusing-engine.ts';

const { call, send } = refusingEngine();

describe('paths and queries', () => {
  const BAD_IDS = ['has space', 'a/b', 'ü', 'i'.repeat(129), '%00', '..%2f', 'a#b', '{}', '<b>'];
  // A flag's key may be any text: one that no flag bears is not found.
  const withParams = endpoints.filter(({ example }) => example.params && !('key' in example.params));
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
    ['listRules', 'enabled', ['', 'yes', 'TRUE', '1']],
    ['listRules', 'context', ['', ' ', 'x'.repeat(101), '\ud800']],
    ['listRules', 'segment', ['', 'x'.repeat(101)]],
    ['deleteRule', 'version', ['0', '-1', '1.5', 'x', '']],
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
    expectRefused(await send('listInteractions', request), 'cursor');
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
