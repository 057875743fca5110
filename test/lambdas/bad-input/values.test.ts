import { describe, expect, it } from '@jest/globals';
import { expectRefused } from '../../support/expect-problem.ts';
import { all, byName, refusingEngine, valid } from '../../support/refusing-engine.ts';

const { call } = refusingEngine();

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
  ['decideConfig', 'attributes'],
  ['evaluateFlag', 'context'],
  ['evaluateFlags', 'context'],
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
