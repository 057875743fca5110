import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outcomeStore } from '../../../adapters/dynamodb/stores/outcome-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { OUTCOME_SHARDS } from '../../../core/experiments/outcomes/ports.ts';
import type { OutcomeRow } from '../../../core/experiments/outcomes/types.ts';
import { lineOf } from '../../../core/experiments/rounds.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import { DAY, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

/** Longer than a set of experiments stays unquestioned in a process. */
const REVALIDATED = 11 * SECOND;

const claims = asAdmin();
let made = 0;

const METRICS = [
  { name: 'signup', type: 'binomial', goal: 'increase' },
  { name: 'sales', type: 'revenue', goal: 'increase', event: 'purchase', windowDays: 7 },
  { name: 'visits', type: 'count', goal: 'increase', event: 'visit' },
  { name: 'reading', type: 'duration', goal: 'increase', event: 'read' },
];

const create = async (given: object = {}) => {
  made += 1;
  const body = {
    key: `experiment-${made}`,
    name: 'Counted',
    variants: [
      { key: 'control', weight: 0.5 },
      { key: 'quiet', weight: 0.5 },
    ],
    metrics: METRICS,
    status: 'running',
    ...given,
  };
  const experiment = await engine.good('createExperiment', { body, claims });
  engine.clock.advance(REVALIDATED);
  return { ...experiment, body, line: lineOf(experiment.experimentId, experiment.seed ?? experiment.key) };
};

const show = (experimentId: string, userId: string, query: object = {}, as = asUser(userId)) =>
  engine.call('getAssignment', { params: { experimentId }, query: { userId, ...query }, claims: as });

const armOf = async (experimentId: string, userId: string): Promise<string> =>
  (await show(experimentId, userId)).body.variant;

const convert = (experimentId: string, userId: string, body: object, headers = {}) =>
  engine.call('recordConversion', { params: { experimentId }, body, claims: asUser(userId), headers });

const outcomes = () => outcomeStore(engine.database);
const rowOf = async (line: string, userId: string) => outcomes().get(line, userId);
const metricsOf = async (line: string, userId: string) => (await rowOf(line, userId))?.metrics;

const rowsOf = async (line: string): Promise<OutcomeRow[]> => {
  const rows: OutcomeRow[] = [];
  for (let shard = 0; shard < OUTCOME_SHARDS; shard += 1)
    for await (const row of outcomes().rowsOf(line, shard)) rows.push(row);
  return rows;
};

const withPrivacy = async (userId: string, given: Partial<StoredProfile['privacy']>) => {
  const profile = newProfile(userId, 0);
  const privacy = { ...profile.privacy, ...given };
  await profileStore(engine.database).put({ ...profile, privacy, version: 1 }, 0);
};

const optOut = (userId: string) => withPrivacy(userId, { optOut: true });

describe('an exposure', () => {
  it('is counted once for each user, with what the user did before, by assignment and config alike', async () => {
    const { experimentId, line, key } = await create();
    const before = { type: 'purchase', value: 12.5 };
    for (const _ of [1, 2]) await engine.good('trackInteraction', { body: before, claims: asUser('ada') });
    engine.clock.advance(SECOND);
    const arm = await armOf(experimentId, 'ada');
    engine.clock.advance(DAY);
    await armOf(experimentId, 'ada');
    await engine.good('decideConfig', { body: { context: 'home' }, claims: asUser('ada') });
    expect(await rowsOf(line)).toMatchObject([
      { userId: 'ada', variant: arm, propensity: 0.5, covariates: { sales: 25 }, metrics: {}, rev: 1 },
    ]);
    const { experiments } = await engine.good('decideConfig', {
      body: { context: 'home' },
      claims: asUser('bob'),
    });
    const shown = experiments.find((one: { key: string }) => one.key === key);
    expect((await rowOf(line, 'bob'))?.variant).toBe(shown.variant);
  });

  it('is not counted for testers, nor for users who are not in the experiment', async () => {
    const { experimentId, line } = await create({ coverage: 0.5, forced: { tester: 'quiet' } });
    await show(experimentId, 'tester');
    const users = Array.from({ length: 30 }, (_, n) => `covered-${n}`);
    const inside: string[] = [];
    for (const userId of users) {
      if ((await show(experimentId, userId)).body.inExperiment) inside.push(userId);
    }
    expect(inside.length).toBeLessThan(30);
    expect((await rowsOf(line)).map(({ userId }) => userId).sort()).toEqual(inside.sort());
  });
});

describe('an arm of somebody who lets nothing be stored', () => {
  it('is the same every time, and is neither stored nor counted', async () => {
    const { experimentId, line, key } = await create();
    const { consents } = newProfile('uma', 0).privacy;
    await withPrivacy('uma', { consents: { ...consents, analytics: false } });
    const arms = [await armOf(experimentId, 'uma'), await armOf(experimentId, 'uma')];
    const config = await engine.good('decideConfig', { body: { context: 'home' }, claims: asUser('uma') });
    arms.push(config.experiments.find((one: { key: string }) => one.key === key).variant);
    expect(new Set(arms).size).toBe(1);
    expect(await rowsOf(line)).toEqual([]);
    expect([...(await engine.scan()).keys()]).not.toContain('USER#uma PERSONALIZATION#ASSIGNMENTS');
    expect((await convert(experimentId, 'uma', { metric: 'signup' })).body).toMatchObject({
      counted: false,
      variant: null,
    });
  });
});

describe('POST /personalization/experiments/{experimentId}/conversions', () => {
  it('counts for the arm that the user saw, once by its id, with values by the type of the metric', async () => {
    const { experimentId, key, line } = await create();
    const variant = await armOf(experimentId, 'cleo');
    const about = { experimentId, key, userId: 'cleo', variant };
    expect((await convert(key, 'cleo', { metric: 'signup' })).body).toEqual({
      ...about,
      metric: 'signup',
      counted: true,
      reason: `Counted for the arm "${variant}"`,
    });
    const again = await convert(key, 'cleo', { metric: 'signup', conversionId: 'other', variant });
    expect([again.status, again.body.counted, again.body.reason]).toEqual([
      200,
      false,
      expect.stringMatching(/once/),
    ]);
    const order = { metric: 'sales', value: 19.99, conversionId: 'order-1' };
    for (const counted of [true, false]) {
      expect((await convert(key, 'cleo', order)).body).toMatchObject({ ...about, counted });
    }
    for (const body of [
      { metric: 'sales', value: 0 },
      { metric: 'visits' },
      { metric: 'visits', value: 3 },
      { metric: 'reading', value: 61_000, conversionId: 'order-1' },
    ]) {
      expect((await convert(key, 'cleo', body)).body.counted).toBe(true);
    }
    expect(await metricsOf(line, 'cleo')).toEqual({
      signup: [1, 1],
      sales: [2, 19.99],
      visits: [2, 4],
      reading: [1, 61_000],
    });
  });

  it('counts once by the Idempotency-Key, also after a crash between counting and answering', async () => {
    const { experimentId, line } = await create();
    await armOf(experimentId, 'dora');
    const headers = { 'idempotency-key': 'k-1' };
    const body = { metric: 'visits' };
    const first = await convert(experimentId, 'dora', body, headers);
    expect((await convert(experimentId, 'dora', body, headers)).body).toEqual(first.body);
    const Key = { PK: { S: 'IDEMPOTENCY#user:dora#recordConversion:k-1' }, SK: { S: 'IDEMPOTENCY' } };
    const { client, tableName } = engine.database;
    await client.send(new DeleteItemCommand({ TableName: tableName, Key }));
    const repeated = await convert(experimentId, 'dora', body, headers);
    expect(repeated.body).toMatchObject({ counted: false, reason: expect.stringMatching(/counted before/) });
    expect(await metricsOf(line, 'dora')).toEqual({ visits: [1, 1] });
  });

  it('tells why it does not count, and counts nothing', async () => {
    const experiment = await create({ forced: { tester: 'quiet' } });
    const { experimentId, line } = experiment;
    const reasonOf = async (userId: string, body: object) => {
      const { status, body: answer } = await convert(experimentId, userId, body);
      expect([status, answer.counted]).toEqual([200, false]);
      return [answer.variant, answer.reason];
    };
    const unseen = [null, expect.stringMatching(/has not seen/)];
    expect(await reasonOf('emil', { metric: 'signup' })).toEqual(unseen);
    expect(await reasonOf('tester', { metric: 'signup' })).toEqual([null, expect.stringMatching(/tester/)]);
    const variant = await armOf(experimentId, 'emil');
    const other = variant === 'quiet' ? 'control' : 'quiet';
    expect(await reasonOf('emil', { metric: 'signup', variant: other })).toEqual([
      variant,
      expect.stringMatching(`saw the arm "${variant}"`),
    ]);
    const before = engine.clock.iso(-SECOND);
    expect(await reasonOf('emil', { metric: 'signup', occurredAt: before })).toEqual([
      variant,
      expect.stringMatching(/before the user saw/),
    ]);
    engine.clock.advance(7 * DAY + SECOND);
    expect(await reasonOf('emil', { metric: 'sales', value: 1 })).toEqual([
      variant,
      expect.stringMatching(/more than 7 days/),
    ]);
    expect((await convert(experimentId, 'emil', { metric: 'visits' })).body.counted).toBe(true);
    await armOf(experimentId, 'gone');
    await optOut('gone');
    expect(await reasonOf('gone', { metric: 'signup' })).toEqual([null, expect.stringMatching(/opted out/)]);
    const paused = { ...experiment.body, status: 'paused' };
    await engine.good('replaceExperiment', { params: { experimentId }, body: paused, claims });
    expect(await reasonOf('emil', { metric: 'signup' })).toEqual([null, expect.stringMatching(/paused/)]);
    expect(await metricsOf(line, 'emil')).toEqual({ visits: [1, 1] });
    expect(await metricsOf(line, 'gone')).toEqual({});
  });

  it('refuses what does not fit the experiment, by field', async () => {
    const { experimentId } = await create();
    await armOf(experimentId, 'fred');
    const refused = async (body: object, ...paths: string[]) =>
      expectRefused(await convert(experimentId, 'fred', body), ...(paths as [string]));
    await refused({ metric: 'revenue' }, 'metric');
    await refused({ metric: 'Signup' }, 'metric');
    await refused({}, 'metric');
    await refused({ metric: 'sales' }, 'value');
    await refused({ metric: 'reading' }, 'value');
    await refused({ metric: 'sales', value: -1 }, 'value');
    await refused({ metric: 'sales', value: '1' }, 'value');
    await refused({ metric: 'sales', value: 1e13 }, 'value');
    await refused({ metric: 'signup', value: 2 }, 'value');
    await refused({ metric: 'visits', value: 1.5 }, 'value');
    await refused({ metric: 'signup', variant: 'loud' }, 'variant');
    await refused({ metric: 'signup', occurredAt: 'yesterday' }, 'occurredAt');
    await refused({ metric: 'signup', occurredAt: engine.clock.iso(DAY) }, 'occurredAt');
    await refused({ metric: 'signup', conversionId: 'a b' }, 'conversionId');
    await refused({ metric: 'signup', arm: 'quiet' }, 'arm');
    for (const rawBody of ['{"metric":"sales","value":NaN}', '{"metric":"sales","value":1e999}']) {
      const params = { experimentId };
      const answer = await engine.call('recordConversion', { params, rawBody, claims: asUser('fred') });
      expect(answer.status).toBe(400);
    }
    expectProblem(await convert('none', 'fred', { metric: 'signup' }), 'not-found');
    expectProblem(await convert(experimentId, 'fred', { metric: 'signup', userId: 'ada' }), 'forbidden');
  });

  it('counts all of a hundred that come at once', async () => {
    const { experimentId, line } = await create();
    await armOf(experimentId, 'busy');
    const send = (n: number) =>
      engine.call('recordConversion', {
        params: { experimentId },
        body: { metric: 'sales', value: 1, conversionId: `order-${n % 25}` },
        claims: asUser('busy'),
      });
    const statuses: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => send(round * 10 + n)));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await metricsOf(line, 'busy')).toEqual({ sales: [25, 25] });
  });
});

describe('tracked interactions', () => {
  it('count as conversions where their type is the event of a metric, single and in bulk, once', async () => {
    const { experimentId, line } = await create();
    await Promise.all(['gil', 'hal'].map((userId) => armOf(experimentId, userId)));
    const single = { interactionId: 'p-1', type: 'Purchase', value: 10 };
    for (const _ of [1, 2]) await engine.good('trackInteraction', { body: single, claims: asUser('gil') });
    const interactions = ['gil', 'hal', 'ivy'].flatMap((userId) => [
      { userId, interactionId: 'p-1', type: 'purchase', value: 10 },
      { userId, interactionId: `p-2-${userId}`, type: 'purchase', value: 2.5 },
      { userId, interactionId: `s-${userId}`, type: 'signup' },
      { userId, interactionId: `r-${userId}`, type: 'read', timeSpent: 3 },
      { userId, interactionId: `v-${userId}`, type: 'view' },
    ]);
    for (const _ of [1, 2]) {
      await engine.good('trackInteractions', { body: { interactions }, claims: asService() });
      expect(await engine.drainQueue()).toBe(0);
    }
    const counted = { sales: [2, 12.5], signup: [1, 1], reading: [1, 3_000] };
    expect(await metricsOf(line, 'gil')).toEqual(counted);
    expect(await metricsOf(line, 'hal')).toEqual(counted);
    expect(await rowOf(line, 'ivy')).toBeUndefined();
    const reported = { metric: 'sales', value: 10, conversionId: 'p-1' };
    expect((await convert(experimentId, 'gil', reported)).body.counted).toBe(false);
  });

  it('count once, many of one user in one message and delivered again', async () => {
    const { experimentId, line } = await create();
    await armOf(experimentId, 'jo');
    const interactions = Array.from({ length: 150 }, (_, n) => ({
      userId: 'jo',
      interactionId: `many-${n}`,
      type: 'visit',
    }));
    for (const _ of [1, 2, 3]) {
      await engine.good('trackInteractions', { body: { interactions }, claims: asService() });
      await engine.drainQueue();
    }
    expect(await metricsOf(line, 'jo')).toEqual({ visits: [150, 150] });
  });

  it('write nothing more of a user without arms than before', async () => {
    await create();
    const before = await engine.scan();
    await engine.good('trackInteraction', { body: { type: 'signup' }, claims: asUser('kim') });
    const added = [...(await engine.scan()).keys()].filter((key) => !before.has(key));
    expect(added.filter((key) => !/^(USER#kim|ACTIVITY#)/.test(key))).toEqual([]);
  });
});

describe('a new round', () => {
  it('begins from zero; the rows of the earlier one stay under its line', async () => {
    const { experimentId, body, line } = await create();
    const replace = (given: object) =>
      engine.call('replaceExperiment', {
        params: { experimentId },
        body: { ...body, ...given },
        claims,
      });
    await armOf(experimentId, 'lea');
    await convert(experimentId, 'lea', { metric: 'signup' });
    await replace({ status: 'paused' });
    expect((await replace({ seed: 'second' })).status).toBe(200);
    const second = lineOf(experimentId, 'second');
    expect(await rowsOf(second)).toEqual([]);
    expect((await convert(experimentId, 'lea', { metric: 'signup' })).body.counted).toBe(false);
    engine.clock.advance(SECOND);
    await armOf(experimentId, 'lea');
    expect((await convert(experimentId, 'lea', { metric: 'signup' })).body.counted).toBe(true);
    for (const round of [line, second]) {
      expect(await rowsOf(round)).toMatchObject([{ userId: 'lea', metrics: { signup: [1, 1] } }]);
    }
    await replace({ seed: 'second', status: 'paused' });
    const back = expectProblem(await replace({ status: 'paused' }), 'conflict');
    expect(back.errors).toMatchObject([{ path: 'seed' }]);
  });

  it('is needed to change what a metric counts', async () => {
    const { experimentId, body } = await create();
    const [signup, ...others] = METRICS;
    const replace = (metrics: object[]) =>
      engine.call('replaceExperiment', { params: { experimentId }, body: { ...body, metrics }, claims });
    for (const change of [{ event: 'join' }, { windowDays: 3 }]) {
      const { errors } = expectProblem(await replace([{ ...signup, ...change }, ...others]), 'conflict');
      expect(errors).toMatchObject([{ path: 'metrics.0' }]);
    }
    const said = { event: 'Signup', windowDays: 14, attribution: 'user' };
    expect((await replace([{ ...signup, ...said }, ...others])).status).toBe(200);
  });
});

describe('an anonymous id that becomes a user', () => {
  const anonymous = (n: number) => `anon:01JD3Q0Z7K8V5W2X9Y4A6B1C${String(n).padStart(2, '0')}`;

  /** An anonymous id whose own arm is another one than the user would draw. */
  const differing = async (experimentId: string, userId: string) => {
    const drawn = await armOf(experimentId, `${userId}-twin`);
    for (let n = 0; ; n += 1) {
      const { variant } = (await show(experimentId, anonymous(n), {}, asService())).body;
      if (variant !== drawn) return { id: anonymous(n), variant };
    }
  };

  it('keeps its arm and what it did, and the person counts once', async () => {
    const { experimentId, line } = await create();
    const other = await create();
    const anonymousId = anonymous(1);
    const arms = await Promise.all(
      [experimentId, other.experimentId].map(async (one) => {
        return (await show(one, anonymousId, {}, asService())).body.variant;
      }),
    );
    const body = { userId: anonymousId, metric: 'sales', value: 5 };
    await engine.good('recordConversion', { params: { experimentId }, body, claims: asService() });
    engine.clock.advance(DAY);
    for (const _ of [1, 2]) {
      expect((await show(experimentId, 'mia', { anonymousId })).body).toMatchObject({
        variant: arms[0],
        inExperiment: true,
      });
    }
    expect(await armOf(other.experimentId, 'mia')).toBe(arms[1]);
    await convert(experimentId, 'mia', { metric: 'sales', value: 7 });
    expect(await rowsOf(line)).toMatchObject([
      {
        userId: 'mia',
        variant: arms[0],
        metrics: { sales: [2, 12] },
        otherArms: [],
        mergedFrom: [anonymousId],
      },
    ]);
    expect((await rowsOf(other.line)).map(({ userId }) => userId)).toEqual(['mia']);
    const late = { params: { experimentId }, body, claims: asService() };
    expect(await engine.good('recordConversion', late)).toMatchObject({ counted: false });
  });

  it('gives way to the arm of the user, who counts as having seen both', async () => {
    const { experimentId, line } = await create();
    for (let n = 10; ; n += 1) {
      const [anonymousId, userId] = [anonymous(n), `nils-${n}`];
      const seen = (await show(experimentId, anonymousId, {}, asService())).body.variant;
      const own = await armOf(experimentId, userId);
      expect((await show(experimentId, userId, { anonymousId })).body.variant).toBe(own);
      expect(await rowOf(line, userId)).toMatchObject({
        variant: own,
        otherArms: own === seen ? [] : [seen],
      });
      expect((await rowsOf(line)).filter(({ userId: one }) => one === anonymousId)).toEqual([]);
      if (own !== seen) break;
    }
  });

  it('is claimed once: who comes later keeps the arm, not what was done', async () => {
    const { experimentId, line } = await create();
    const anonymousId = anonymous(50);
    const { variant } = (await show(experimentId, anonymousId, {}, asService())).body;
    const body = { userId: anonymousId, metric: 'visits' };
    await engine.good('recordConversion', { params: { experimentId }, body, claims: asService() });
    await show(experimentId, 'olga', { anonymousId });
    expect((await show(experimentId, anonymousId, {}, asService())).body.variant).toBe(variant);
    expect((await show(experimentId, 'paul', { anonymousId })).body.variant).toBe(variant);
    expect(await metricsOf(line, 'olga')).toEqual({ visits: [1, 1] });
    expect(await metricsOf(line, 'paul')).toEqual({});
    expect((await rowsOf(line)).map(({ userId }) => userId).sort()).toEqual(['olga', 'paul']);
  });

  it('may be claimed by a user only where nobody signs in under it or guesses it', async () => {
    const { experimentId, line } = await create();
    const arm = await armOf(experimentId, 'quin');
    for (const anonymousId of ['quin', 'anon:1', 'anon:', 'user:anon:0123456789abcdef']) {
      expectProblem(await show(experimentId, 'rosa', { anonymousId }), 'forbidden');
    }
    expect(await rowOf(line, 'quin')).toMatchObject({ variant: arm, rev: 1 });
    expectRefused(await show(experimentId, 'rosa', { anonymousId: 'a b' }), 'anonymousId');
    const asked = await show(experimentId, 'rosa', { anonymousId: 'quin' }, asService());
    expect(asked.body.variant).toBe(arm);
  });

  it('is not asked where its consent or that of the user is missing', async () => {
    const { experimentId, line } = await create();
    const { id: anonymousId } = await differing(experimentId, 'sue');
    await optOut(anonymousId);
    await show(experimentId, 'sue', { anonymousId });
    await optOut('tim');
    expect((await show(experimentId, 'tim', { anonymousId })).body.inExperiment).toBe(false);
    expect((await rowOf(line, anonymousId))?.movedTo).toBeUndefined();
  });
});
