import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { DAY, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const claims = asAdmin();
let made = 0;

const bodyOf = (given: object = {}) => {
  made += 1;
  return {
    key: `experiment-${made}`,
    name: 'A quieter dashboard',
    kind: 'ab',
    variants: [
      { key: 'control', weight: 0.5 },
      { key: 'quiet', weight: 0.5, payload: { config: { layout: 'spacious' }, value: 7 } },
    ],
    coverage: 1,
    metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
    status: 'running',
    ...given,
  };
};

const create = (given: object = {}) => engine.good('createExperiment', { body: bodyOf(given), claims });
const replace = (experimentId: string, body: object) =>
  engine.call('replaceExperiment', { params: { experimentId }, body, claims });
const assignment = (experimentId: string, userId: string, query: object = {}, as = asUser(userId)) =>
  engine.call('getAssignment', { params: { experimentId }, query: { userId, ...query }, claims: as });
const armOf = async (experimentId: string, userId: string): Promise<string> =>
  (await assignment(experimentId, userId)).body.variant;

/** The same, as it is written: without what the engine adds. */
const written = ({
  experimentId: _,
  version,
  createdAt,
  updatedAt,
  changedBy,
  ...body
}: Record<string, unknown>) => body;

const USERS = Array.from({ length: 40 }, (_, n) => `user-${n}`);

describe('experiments', () => {
  it('take a part of a namespace in two spellings', async () => {
    const written = [{ id: 'home', start: 0, end: 0.5 }, ['home', 0.5, 1]];
    const parts = await Promise.all(
      written.map(async (namespace) => (await create({ namespace })).namespace),
    );
    expect(parts).toEqual([
      { id: 'home', start: 0, end: 0.5 },
      { id: 'home', start: 0.5, end: 1 },
    ]);
    const short = await engine.call('createExperiment', { body: bodyOf({ namespace: ['home', 0] }), claims });
    expect([short.status, short.body.errors[0].path]).toEqual([400, expect.stringMatching(/^namespace/)]);
  });

  it("take back what was read, edited; another experiment's id is refused", async () => {
    const { experimentId } = await create();
    const read = await engine.good('getExperiment', { params: { experimentId }, claims });
    const edited = await replace(experimentId, { ...read, coverage: 0.5 });
    expect([edited.status, edited.body.coverage, edited.body.version]).toEqual([200, 0.5, 2]);
    expect((await replace(experimentId, { ...read, coverage: 0.4 })).status).toBe(409);
    const foreign = await replace(experimentId, { ...bodyOf({ key: read.key }), experimentId: 'other' });
    expect([foreign.status, foreign.body.errors[0].path]).toEqual([400, 'experimentId']);
  });

  it('are made with what is left out filled in, read, listed, changed and deleted', async () => {
    const minimal = {
      key: 'minimal',
      name: 'Minimal',
      variants: [
        { key: 'a', weight: 0.5 },
        { key: 'b', weight: 0.5 },
      ],
    };
    const { status, body } = await engine.call('createExperiment', { body: minimal, claims });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...minimal,
      kind: 'ab',
      coverage: 1,
      metrics: [],
      status: 'draft',
      version: 1,
      changedBy: 'root',
    });
    const params = { experimentId: body.experimentId };
    const changes = [expect.objectContaining({ version: 1, action: 'created', by: 'root', status: 'draft' })];
    for (const experimentId of [body.experimentId, 'minimal']) {
      const found = await engine.good('getExperiment', { params: { experimentId }, claims });
      expect(found).toEqual({ ...body, changes });
    }
    const drafts = await engine.good('listExperiments', { query: { status: 'draft' }, claims });
    expect(drafts).toEqual({ items: [body], nextCursor: null });
    expect((await engine.good('listExperiments', { query: { status: 'paused' }, claims })).reason).toMatch(
      /no such/,
    );
    const changed = await replace('minimal', { ...minimal, coverage: 0.5, version: 1 });
    expect(changed.body).toMatchObject({ experimentId: body.experimentId, coverage: 0.5, version: 2 });
    expectProblem(await replace('minimal', { ...minimal, version: 1 }), 'conflict');
    const gone = await engine.good('deleteExperiment', { params, query: { version: '2' }, claims });
    expect(gone).toEqual({ success: true, experimentId: body.experimentId, version: 3 });
    expectProblem(await engine.call('getExperiment', { params, claims }), 'not-found');
  });

  it('are listed newest first, page by page', async () => {
    for (let i = 0; i < 3; i += 1) {
      engine.clock.advance(SECOND);
      await create({ name: `Page ${i}`, status: 'paused' });
    }
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await engine.good('listExperiments', {
        query: { status: 'paused', limit: '1', ...(cursor ? { cursor } : {}) },
        claims,
      });
      names.push(...page.items.map(({ name }: { name: string }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toEqual(['Page 2', 'Page 1', 'Page 0']);
  });

  it('belong to administrators, assignments to users themselves and services', async () => {
    const { experimentId } = await create();
    for (const as of [asUser('ada'), asService()]) {
      expectProblem(await engine.call('createExperiment', { body: bodyOf(), claims: as }), 'forbidden');
      expectProblem(await engine.call('listExperiments', { claims: as }), 'forbidden');
      expectProblem(
        await engine.call('getExperiment', { params: { experimentId }, claims: as }),
        'forbidden',
      );
      expectProblem(
        await engine.call('deleteExperiment', { params: { experimentId }, claims: as }),
        'forbidden',
      );
    }
    expectProblem(await assignment(experimentId, 'ada', {}, asUser('bob')), 'forbidden');
    expect((await assignment(experimentId, 'ada', {}, asService())).status).toBe(200);
    expectProblem(await assignment('none', 'ada'), 'not-found');
  });

  it('are made once for one idempotency key', async () => {
    const request = { body: bodyOf(), claims, headers: { 'idempotency-key': 'make-it' } };
    const first = await engine.good('createExperiment', request);
    expect(await engine.good('createExperiment', request)).toEqual(first);
  });

  it.each<[what: string, given: object, path: string]>([
    [
      'weights of .9',
      {
        variants: [
          { key: 'a', weight: 0.4 },
          { key: 'b', weight: 0.5 },
        ],
      },
      'variants',
    ],
    [
      'a negative weight',
      {
        variants: [
          { key: 'a', weight: -0.5 },
          { key: 'b', weight: 1.5 },
        ],
      },
      'variants.0.weight',
    ],
    ['no weight', { variants: [{ key: 'a' }, { key: 'b', weight: 1 }] }, 'variants.0.weight'],
    ['one arm', { variants: [{ key: 'a', weight: 1 }] }, 'variants'],
    ['no arms', { variants: undefined }, 'variants'],
    [
      'an arm twice',
      {
        variants: [
          { key: 'a', weight: 0.5 },
          { key: 'a', weight: 0.5 },
        ],
      },
      'variants.1.key',
    ],
    ['a coverage of 1.1', { coverage: 1.1 }, 'coverage'],
    [
      'an end before the start',
      { startDate: '2026-12-01T00:00:00Z', endDate: '2026-11-01T00:00:00Z' },
      'endDate',
    ],
    ['a start that is no time', { startDate: 'soon' }, 'startDate'],
    [
      'an unknown metric type',
      { metrics: [{ name: 'm', type: 'ratio', goal: 'increase' }] },
      'metrics.0.type',
    ],
    ['a condition on arms', { condition: { '==': [{ var: 'experiments.x' }, 'b'] } }, 'condition'],
    ['a condition through prototypes', { condition: { var: '__proto__.x' } }, 'condition'],
    ['an unknown operator', { condition: { exec: ['ls'] } }, 'condition'],
    ['an unknown status', { status: 'archived' }, 'status'],
    ['a key like a prototype', { key: '__proto__' }, 'key'],
    ['an unknown field', { winner: 'a' }, 'winner'],
    ['a tester of no arm', { forced: { ada: 'none' } }, 'forced.ada'],
    [
      'a payload that breaks the config',
      {
        variants: [
          { key: 'a', weight: 0.5 },
          { key: 'b', weight: 0.5, payload: { config: { theme: 'pink' } } },
        ],
      },
      'variants.1.payload.config.theme',
    ],
    [
      'a payload with a slot that does not exist',
      {
        variants: [
          { key: 'a', weight: 0.5 },
          { key: 'b', weight: 0.5, payload: { config: { colour: 'red' } } },
        ],
      },
      'variants.1.payload.config',
    ],
  ])('are refused with %s', async (_, given, path) => {
    const before = await engine.scan();
    expectRefused(await engine.call('createExperiment', { body: bodyOf(given), claims }), path);
    expect(await engine.scan()).toEqual(before);
  });

  it('are refused with a condition 20,000 levels deep, and with a key that is taken', async () => {
    const levels = 20_000;
    const condition = `${'{"!":['.repeat(levels)}true${']}'.repeat(levels)}`;
    const rawBody = JSON.stringify(bodyOf({ condition: 'here' })).replace('"here"', condition);
    const answer = await engine.call('createExperiment', { rawBody, claims });
    expectRefused(answer, 'condition');
    const { key } = await create();
    expectProblem(await engine.call('createExperiment', { body: bodyOf({ key }), claims }), 'conflict');
  });

  it('that run refuse edits that would invalidate them, by field, and to be deleted', async () => {
    const experiment = await create();
    const body = written(experiment);
    const refused = await replace(experiment.experimentId, {
      ...body,
      variants: [
        { key: 'control', weight: 1 },
        { key: 'loud', weight: 0 },
      ],
      metrics: [{ name: 'another', type: 'count' }],
      kind: 'bandit',
    });
    const { errors, detail } = expectProblem(refused, 'conflict');
    expect(errors?.map(({ path }) => path).sort()).toEqual(['kind', 'metrics', 'variants']);
    expect(detail).toMatch(/invalidate/);
    const params = { experimentId: experiment.experimentId };
    expectProblem(await engine.call('deleteExperiment', { params, claims }), 'conflict');
    expect((await replace(experiment.experimentId, { ...body, status: 'completed' })).status).toBe(200);
    expect((await engine.call('deleteExperiment', { params, claims })).status).toBe(200);
  });
});

describe('GET /personalization/experiments/{experimentId}/assignment', () => {
  it('gives users arms at once, the same ones again, with payload, reason and provenance', async () => {
    const { experimentId, key } = await create();
    const arms = new Set<string>();
    for (const userId of USERS) {
      const { status, body } = await assignment(experimentId, userId);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        experimentId,
        key,
        userId,
        inExperiment: true,
        propensity: 0.5,
        reason: expect.stringMatching(/^Drawn: bucket/),
        payload: body.variant === 'quiet' ? { config: { layout: 'spacious' }, value: 7 } : null,
        source: 'computed',
      });
      arms.add(body.variant);
      const { generatedAt: _, ...again } = (await assignment(key, userId)).body;
      expect(body).toMatchObject(again);
    }
    expect([...arms].sort()).toEqual(['control', 'quiet']);
  });

  it('writes the exposure, the arm and the trace once', async () => {
    const { experimentId } = await create();
    const before = await engine.scan();
    const { body } = await assignment(experimentId, 'writes-once');
    const after = await engine.scan();
    const added = [...after.keys()].filter((item) => !before.has(item));
    expect(added.sort()).toEqual([
      expect.stringMatching(/^EXPERIMENT#[0-9a-z]+#\d+ USER#writes-once$/),
      expect.stringMatching(/^USER#writes-once DECISION#[0-9a-f]{6}\./),
      'USER#writes-once PERSONALIZATION#ASSIGNMENTS',
    ]);
    expect(body.decisionId).toMatch(/^[0-9a-f]{6}\.[0-9A-Z]{26}(\.|$)/);
    engine.clock.advance(DAY);
    expect((await assignment(experimentId, 'writes-once')).body.decisionId).toBe(body.decisionId);
    expect(await engine.scan()).toEqual(after);
  });

  it('moves nobody who saw an arm when weights and coverage change', async () => {
    const experiment = await create();
    const before = new Map<string, string>();
    for (const userId of USERS) before.set(userId, await armOf(experiment.experimentId, userId));
    const variants = [
      { key: 'control', weight: 0 },
      { ...experiment.variants[1], weight: 1 },
    ];
    const changed = await replace(experiment.experimentId, {
      ...written(experiment),
      variants,
      coverage: 0.1,
    });
    expect(changed.status).toBe(200);
    for (const userId of USERS) expect(await armOf(experiment.experimentId, userId)).toBe(before.get(userId));
    const fresh = Array.from({ length: 60 }, (_, n) => assignment(experiment.experimentId, `fresh-${n}`));
    const inside = (await Promise.all(fresh)).filter(({ body }) => body.inExperiment);
    expect(inside.length).toBeLessThan(20);
    expect(new Set(inside.map(({ body }) => body.variant))).toEqual(new Set(['quiet']));
  });

  it('draws everybody anew with a new seed, on request', async () => {
    const experiment = await create({ status: 'paused' });
    const run = (seed?: string) =>
      replace(experiment.experimentId, { ...written(experiment), status: 'running', seed });
    const pause = (seed?: string) => replace(experiment.experimentId, { ...written(experiment), seed });
    const armsNow = () => Promise.all(USERS.map((userId) => armOf(experiment.experimentId, userId)));
    await run();
    const first = await armsNow();
    expectProblem(await run('round-2'), 'conflict');
    await pause();
    expect((await run('round-2')).status).toBe(200);
    const second = await armsNow();
    const moved = first.filter((arm, at) => arm !== second[at]).length;
    expect(moved).toBeGreaterThan(8);
    expect(moved).toBeLessThan(32);
    expect(await armsNow()).toEqual(second);
  });

  it('agrees with the config on the arm, whichever asks first', async () => {
    const { experimentId, key } = await create();
    engine.clock.advance(10 * SECOND);
    for (const userId of USERS.slice(0, 10)) {
      const config = () =>
        engine.good('decideConfig', { body: { context: 'dashboard' }, claims: asUser(userId) });
      const ofConfig = async () =>
        (await config()).experiments.find((one: { key: string }) => one.key === key)?.variant;
      const [a, b] =
        userId < 'user-5'
          ? [await ofConfig(), await armOf(experimentId, userId)]
          : [await armOf(experimentId, userId), await ofConfig()];
      expect(a).toBe(b);
    }
  });

  it('tells why there is no arm, and stores none', async () => {
    const draft = await create({ status: 'draft' });
    const started = await create({ startDate: engine.clock.iso(DAY) });
    const conditional = await create({ condition: { '==': [{ var: 'device' }, 'mobile'] } });
    const reasonOf = async (id: string, query = {}) => {
      const { body } = await assignment(id, 'reasons', query);
      return [body.inExperiment, body.variant, body.reason];
    };
    expect(await reasonOf(draft.experimentId)).toEqual([false, 'control', expect.stringMatching(/draft/)]);
    expect(await reasonOf(started.experimentId)).toEqual([
      false,
      'control',
      expect.stringMatching(/starts at/),
    ]);
    expect(await reasonOf(conditional.experimentId)).toEqual([
      false,
      'control',
      expect.stringMatching(/condition/),
    ]);
    const items = [...(await engine.scan()).keys()];
    expect(items).not.toContain('USER#reasons PERSONALIZATION#ASSIGNMENTS');
    const [inside] = await reasonOf(conditional.experimentId, { device: 'Mobile' });
    expect(inside).toBe(true);
  });

  it('can be asked why, also after the experiment is over', async () => {
    const experiment = await create();
    const { body } = await assignment(experiment.experimentId, 'curious');
    await replace(experiment.experimentId, { ...written(experiment), status: 'completed', coverage: 0 });
    const params = { decisionId: body.decisionId };
    const { key, variant, reason } = body;
    expect(await engine.good('getDecision', { params, claims: asUser('curious') })).toMatchObject({
      kind: 'assignment',
      experiments: [{ key, variant, inExperiment: true, reason }],
      reproduced: true,
    });
    expectProblem(await engine.call('getDecision', { params, claims: asUser('other') }), 'forbidden');
    const feedback = { recommendationId: `${body.decisionId}.0`, feedback: 'clicked' };
    const none = await engine.call('recordRecommendationFeedback', {
      params: { userId: 'curious' },
      body: feedback,
      claims: asUser('curious'),
    });
    expectProblem(none, 'not-found');
  });

  it('reads and writes nothing of a user who opted out', async () => {
    const { experimentId } = await create({ forced: { out: 'quiet' } });
    const profile = newProfile('out', 0);
    const privacy = { ...profile.privacy, optOut: true };
    await profileStore(engine.database).put({ ...profile, privacy, version: 1 }, 0);
    const before = await engine.scan();
    const { body } = await assignment(experimentId, 'out');
    expect(body).toMatchObject({
      inExperiment: false,
      variant: 'control',
      source: 'fallback',
      payload: null,
    });
    expect(body.reason).toMatch(/opted out/);
    expect(await engine.scan()).toEqual(before);
  });

  it('gives one arm to a user who asks many times at once', async () => {
    const { experimentId } = await create();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => assignment(experimentId, 'impatient')),
    );
    expect(new Set(answers.map(({ body }) => body.variant)).size).toBe(1);
  });
});
