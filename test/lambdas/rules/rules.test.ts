import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definitionStore } from '../../../adapters/dynamodb/stores/definition-store.ts';
import type { ExperimentBody } from '../../../core/experiments/types.ts';
import { defined } from '../../support/definitions.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  const experiment: ExperimentBody = {
    key: 'layout.test',
    name: 'Layout',
    kind: 'ab',
    variants: [
      { key: 'control', weight: 0.5 },
      { key: 'dense', weight: 0.5 },
    ],
    coverage: 1,
    metrics: [],
    status: 'running',
  };
  await definitionStore<ExperimentBody>(engine.database, 'EXPERIMENTS').append(defined('e-1', experiment));
});
afterAll(() => engine.close());

const claims = asAdmin();
const SMALL = { name: 'Dark', condition: true, actions: { theme: 'dark' } };
const create = (change: object = {}) => engine.good('createRule', { body: { ...SMALL, ...change }, claims });
const tryCreate = (change: object) => engine.call('createRule', { body: { ...SMALL, ...change }, claims });
const put = (ruleId: string, body: object, as = claims) =>
  engine.call('replaceRule', { params: { ruleId }, body: { ...SMALL, ...body }, claims: as });
const get = (ruleId: string) => engine.call('getRule', { params: { ruleId }, claims });
const remove = (ruleId: string, query = {}) =>
  engine.call('deleteRule', { params: { ruleId }, query, claims });
const rollback = (ruleId: string, version: number) =>
  engine.call('rollbackRule', { params: { ruleId }, body: { version }, claims });
const list = (query: Record<string, string>) => engine.good('listRules', { query, claims });
const namesOf = async (query: Record<string, string>) =>
  (await list(query)).items.map(({ name }: { name: string }) => name);

const FULL = {
  name: 'Quiet dashboard',
  description: 'For those who are new',
  enabled: false,
  priority: -3,
  contexts: ['dashboard', 'settings'],
  condition: { and: [{ in: ['new_user', { var: 'segments' }] }, { '<': [{ var: 'session.count' }, 5] }] },
  actions: {
    theme: 'simplified',
    layout: 'spacious',
    features: { visible: ['a'], hidden: ['b'], highlighted: [] },
    navigation: ['home', 'search'],
    shortcuts: ['search'],
    content: { difficulty: 'beginner', filters: { topic: null, level: { most: 3 } } },
    settings: { banner: { text: 'Hi', old: null } },
  },
  schedule: { from: '2026-11-01T00:00:00', to: '2027-01-31T23:59:59+01:00' },
  experimentKey: 'layout.test',
  holdout: 0.25,
};

describe('a rule', () => {
  it('is created, read back whole, replaced whole, deleted, and rolled back', async () => {
    const answer = await engine.call('createRule', { body: FULL, claims });
    expect(answer.status).toBe(201);
    const { ruleId, version, createdAt, updatedAt, changedBy, ...body } = answer.body;
    expect(body).toEqual(FULL);
    expect({ version, changedBy, same: createdAt === updatedAt }).toEqual({
      version: 1,
      changedBy: 'root',
      same: true,
    });
    expect((await get(ruleId)).body).toEqual(answer.body);

    engine.clock.advance(1_000);
    const replaced = (await put(ruleId, {}, asAdmin('grace'))).body;
    expect(replaced).toEqual({
      ...SMALL,
      ...{ ruleId, version: 2, enabled: true, priority: 0, contexts: [], changedBy: 'grace', createdAt },
      updatedAt: expect.any(String),
    });

    expect(Date.parse(replaced.updatedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt) + 1_000);

    expect((await remove(ruleId)).body).toEqual({ success: true, ruleId, version: 3 });
    expectProblem(await get(ruleId), 'not-found');
    expectProblem(await remove(ruleId), 'not-found');
    expectProblem(await put(ruleId, {}), 'not-found');

    const back = await rollback(ruleId, 1);
    expect(back.body).toMatchObject({ ...FULL, ruleId, version: 4, createdAt });
    expect((await get(ruleId)).body).toEqual(back.body);
    await remove(ruleId);
  });

  it('keeps every version, with who made it', async () => {
    const { ruleId } = await create();
    for (const priority of [1, 2, 3]) await put(ruleId, { priority }, asAdmin(`admin-${priority}`));
    await rollback(ruleId, 2);
    await remove(ruleId);
    const page = (cursor?: string) =>
      engine.good('listRuleVersions', {
        params: { ruleId },
        query: { limit: '4', ...(cursor ? { cursor } : {}) },
        claims,
      });
    const newest = await page();
    const oldest = await page(newest.nextCursor);
    expect(oldest.nextCursor).toBeNull();
    expect(
      [...newest.items, ...oldest.items].map((one) => [
        one.version,
        one.action,
        one.changedBy,
        one.rule?.priority,
      ]),
    ).toEqual([
      [6, 'deleted', 'root', undefined],
      [5, 'restored', 'root', 1],
      [4, 'updated', 'admin-3', 3],
      [3, 'updated', 'admin-2', 2],
      [2, 'updated', 'admin-1', 1],
      [1, 'created', 'root', 0],
    ]);
    expectProblem(await rollback(ruleId, 7), 'not-found');
    expectRefused(await rollback(ruleId, 6), 'version');
    const other = { params: { ruleId: 'other' }, query: { cursor: newest.nextCursor }, claims };
    expectRefused(await engine.call('listRuleVersions', other), 'cursor');
    expectProblem(
      await engine.call('listRuleVersions', { params: { ruleId: 'other' }, claims }),
      'not-found',
    );
    expectProblem(await rollback('other', 1), 'not-found');
  });

  it('may be scheduled by days', async () => {
    const { ruleId, schedule } = await create({ schedule: { from: '2026-12-01', to: '2027-01-01' } });
    expect(schedule).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    await remove(ruleId);
  });

  it('may be put back as it was read, with what was edited in it', async () => {
    const { body: read } = await engine.call('createRule', { body: FULL, claims });
    const putRead = (change: object) =>
      engine.call('replaceRule', {
        params: { ruleId: read.ruleId },
        body: { ...read, ...change },
        claims,
      });
    const edited = await putRead({ priority: 4 });
    expect(edited.body).toEqual({ ...read, priority: 4, version: 2, updatedAt: expect.any(String) });
    expectProblem(await putRead({ priority: 5 }), 'conflict');
    expectRefused(await putRead({ version: 2, ruleId: 'another' }), 'ruleId');
    await remove(read.ruleId);
  });

  it('is made once by a repeated POST with a key', async () => {
    const request = { body: SMALL, claims, headers: { 'idempotency-key': 'once' } };
    const [first, second] = [
      await engine.call('createRule', request),
      await engine.call('createRule', request),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    await remove(first.body.ruleId);
  });
});

describe('rules in force', () => {
  it('are compiled once, and a change is in force within five seconds', async () => {
    const { ruleSet } = await import('../../../lambdas/runtime/kept/definitions.ts');
    const { ruleId } = await create({ contexts: ['login'] });
    engine.clock.advance(5_001);
    const before = await ruleSet();
    expect(before.byContext.get('login')?.map(({ rule }) => rule.id)).toEqual([ruleId]);
    await put(ruleId, { contexts: ['settings'], condition: { var: 'session.count' } });
    engine.clock.advance(5_001);
    const after = await ruleSet();
    expect(after).toMatchObject({ version: before.version + 1, reads: ['session.count'] });
    expect([...after.byContext.keys()]).toEqual(['settings']);
    await remove(ruleId);
  });
});

describe('two administrators at once', () => {
  it('one of two with the same version is answered 409', async () => {
    const { ruleId } = await create();
    const answers = await Promise.all(
      ['ada', 'bob'].map((sub) => put(ruleId, { name: `of ${sub}`, version: 1 }, asAdmin(sub))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200);
    expectProblem(answers.find(({ status }) => status === 409)!, 'conflict');
    expect((await get(ruleId)).body).toEqual(won?.body);
    expectProblem(await put(ruleId, { version: 1 }), 'conflict');
    expectProblem(await remove(ruleId, { version: '1' }), 'conflict');
    expect((await remove(ruleId, { version: '2' })).status).toBe(200);
  });

  it('without a version the last one counts, and both are kept', async () => {
    const { ruleId } = await create();
    const answers = await Promise.all(['ada', 'bob'].map((sub) => put(ruleId, { name: sub })));
    expect(answers.map(({ status, body }) => [status, body.version]).sort()).toEqual([
      [200, 2],
      [200, 3],
    ]);
    await remove(ruleId);
  });
});

describe('the list', () => {
  it('is in the order in which rules win, filtered by all that is asked, page by page', async () => {
    const segment = (name: string) => ({ in: [name, { var: 'segments' }] });
    const bodies = [
      { name: 'old', priority: 1 },
      { name: 'young', priority: 1 },
      { name: 'high', priority: 9, contexts: ['login'], condition: segment('power_user') },
      { name: 'off', enabled: false, contexts: ['dashboard'], condition: { '!': [segment('power_user')] } },
      { name: 'sure', priority: -1, condition: { '>': [{ var: 'confidence.power_user' }, 0.5] } },
      { name: 'other', priority: -2, condition: segment('new_user') },
    ];
    const made: string[] = [];
    for (const body of bodies) {
      engine.clock.advance(10);
      made.push((await create(body)).ruleId);
    }
    expect(await namesOf({})).toEqual(['high', 'old', 'young', 'off', 'sure', 'other']);
    expect(await namesOf({ enabled: 'false' })).toEqual(['off']);
    expect(await namesOf({ context: 'login' })).toEqual(['high', 'old', 'young', 'sure', 'other']);
    expect(await namesOf({ segment: 'power_user' })).toEqual(['high', 'off', 'sure']);
    expect(await namesOf({ segment: 'power_user', context: 'nowhere', enabled: 'true' })).toEqual(['sure']);
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ limit: '4', ...(cursor ? { cursor } : {}) });
      pages.push(page.items.map(({ name }: { name: string }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(pages).toEqual([
      ['high', 'old', 'young', 'off'],
      ['sure', 'other'],
    ]);
    const { nextCursor } = await list({ limit: '1' });
    const moved = { query: { cursor: nextCursor, enabled: 'true' }, claims };
    expectRefused(await engine.call('listRules', moved), 'cursor');
    for (const ruleId of made) await remove(ruleId);
    expect(await list({})).toEqual({ items: [], nextCursor: null, reason: expect.any(String) });
  });
});

describe('callers below admin', () => {
  it.each([['user', asUser('ada')] as const, ['service', asService()] as const])('%s: 403', async (_, as) => {
    const params = { ruleId: 'x' };
    for (const [operation, request] of [
      ['createRule', { body: SMALL }],
      ['listRules', {}],
      ['getRule', { params }],
      ['replaceRule', { params, body: SMALL }],
      ['deleteRule', { params }],
      ['listRuleVersions', { params }],
      ['rollbackRule', { params, body: { version: 1 } }],
    ] as const)
      expectProblem(await engine.call(operation, { ...request, claims: as }), 'forbidden');
  });
});

describe('a rule that cannot be', () => {
  const deep = (levels: number) => `${'{"!":'.repeat(levels)}true${'}'.repeat(levels)}`;
  const list100 = Array.from({ length: 101 }, (_, at) => `f${at}`);
  const REFUSED: readonly (readonly [what: string, change: object, path: string])[] = [
    ['an unknown slot', { actions: { colour: 'red' } }, 'actions.colour'],
    ['an unknown slot below', { actions: { features: { shown: [] } } }, 'actions.features.shown'],
    ['a theme that is none', { actions: { theme: 'pink' } }, 'actions.theme'],
    ['null for a fixed slot', { actions: { theme: null } }, 'actions.theme'],
    ['null for a list', { actions: { features: { hidden: null } } }, 'actions.features.hidden'],
    ['null for settings', { actions: { settings: null } }, 'actions.settings'],
    ['a list in place of the features', { actions: { features: ['a'] } }, 'actions.features'],
    ['a feature twice', { actions: { features: { hidden: ['a', ' a'] } } }, 'actions.features.hidden'],
    ['101 features', { actions: { navigation: list100 } }, 'actions.navigation'],
    ['no actions', { actions: {} }, 'actions'],
    ['actions that set nothing', { actions: { features: {}, settings: {} } }, 'actions'],
    ['settings of 5 KB', { actions: { settings: { a: 'x'.repeat(5_000) } } }, 'actions.settings'],
    [
      'an end before the beginning',
      { schedule: { from: '2026-12-01T00:00:00Z', to: '2026-11-01T00:00:00Z' } },
      'schedule.to',
    ],
    [
      'an end at the beginning',
      { schedule: { from: '2026-12-01T10:00', to: '2026-12-01T10:00' } },
      'schedule.to',
    ],
    [
      'an end before it, mixed',
      { schedule: { from: '2026-12-01T10:00', to: '2026-11-30T10:00:00Z' } },
      'schedule.to',
    ],
    ['a day without a time that is none', { schedule: { to: '2026-13-01' } }, 'schedule.to'],
    ['a day that is none', { schedule: { from: '2026-02-30T00:00' } }, 'schedule.from'],
    ['an unknown operator', { condition: { eval: ['1'] } }, 'condition.eval'],
    ['an unknown variable', { condition: { '!': [{ var: 'user.pasword' }] } }, 'condition.!.0.var'],
    ['a prototype as a variable', { condition: { var: '__proto__.polluted' } }, 'condition.var'],
    ['an experiment that is none', { experimentKey: 'nothing' }, 'experimentKey'],
    [
      'a condition about its own experiment',
      {
        experimentKey: 'layout.test',
        condition: { '==': [{ var: 'experiments.layout\\.test' }, 'dense'] },
      },
      'experimentKey',
    ],
    ['a holdout of most', { holdout: 0.6 }, 'holdout'],
    ['a priority of 1,001', { priority: 1_001 }, 'priority'],
    ['21 contexts', { contexts: list100.slice(0, 21) }, 'contexts'],
    ['more than 16 KB', bigRule(), 'rule'],
    ['an unknown field', { conditions: true }, 'conditions'],
  ];
  it.each(REFUSED)('%s', async (_, change, path) => {
    const answer = await tryCreate(change);
    expectRefused(answer);
    expect(answer.body.errors.map((row: { path: string }) => row.path)).toEqual([path]);
  });

  it('learns which slots there are, and where its own values belong', async () => {
    const { errors } = (await tryCreate({ actions: { colour: 'red' } })).body;
    expect(errors[0].message).toMatch(/theme, layout, .*settings.*belong under settings/);
  });

  const PROTO = '{"__proto__":{"polluted":true}}';
  const RAW: readonly (readonly [what: string, field: string, json: string, path: string])[] = [
    ['a prototype as the patch', 'actions', PROTO, 'actions'],
    ['a prototype in the features', 'actions', `{"features":${PROTO}}`, 'actions.features'],
    ['a prototype in the settings', 'actions', `{"settings":${PROTO}}`, 'actions.settings'],
    [
      'a prototype in the filters',
      'actions',
      `{"content":{"filters":{"a":${PROTO}}}}`,
      'actions.content.filters',
    ],
    ['a prototype as an operator', 'condition', PROTO, 'condition'],
    ['a prototype in an operand', 'condition', `{"==":[${PROTO},1]}`, 'condition'],
    ['a prototype as the schedule', 'schedule', PROTO, 'schedule'],
    ['1,000 levels', 'condition', deep(1_000), 'condition'],
    ['20,000 levels', 'condition', deep(20_000), 'condition'],
    [
      '1,000 levels of lists',
      'condition',
      `{"in":[1,${'['.repeat(1_000)}${']'.repeat(1_000)}]}`,
      'condition',
    ],
    ['1,000 levels of settings', 'actions', `{"settings":${deep(1_000)}}`, 'actions.settings'],
    ['20,000 levels of actions', 'actions', `{"features":${deep(20_000)}}`, 'actions.features'],
  ];
  it.each(RAW)('%s', async (_, field, json, path) => {
    const rawBody = JSON.stringify({ ...SMALL, [field]: '@@' }).replace('"@@"', () => json);
    expectRefused(await engine.call('createRule', { rawBody, claims }), path);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is answered 413 where its actions have 1 MB', async () => {
    const actions = { settings: { text: 'x'.repeat(1_000_000) } };
    expectProblem(await tryCreate({ actions }), 'payload-too-large');
  });

  it('leaves nothing behind', async () => {
    expect((await list({})).items).toEqual([]);
  });

  it('does not come back by a rollback either, when its experiment is gone', async () => {
    const { ruleId } = await create({ experimentKey: 'layout.test' });
    await put(ruleId, {});
    const store = definitionStore<ExperimentBody>(engine.database, 'EXPERIMENTS');
    const [experiment] = (await store.load()).defined;
    await store.append({ ...experiment!, version: 2, setVersion: 2, action: 'deleted', body: null });
    expectRefused(await rollback(ruleId, 1), 'experimentKey');
    await remove(ruleId);
  });
});

function bigRule() {
  const words = (prefix: string) =>
    Array.from({ length: 100 }, (_, at) => `${prefix}-${at}-${'x'.repeat(80)}`);
  return { actions: { navigation: words('n'), shortcuts: words('s') } };
}
