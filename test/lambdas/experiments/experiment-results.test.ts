import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lineOf } from '../../../core/experiments/rounds.ts';
import { inParallel } from '../../../core/nights/in-parallel.ts';
import { DAY, HOUR, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const claims = asAdmin();
let made = 0;
let runs = 0;

const create = (given: object = {}) => {
  made += 1;
  const body = {
    key: `measured-${made}`,
    name: 'A quieter dashboard',
    variants: [
      { key: 'control', weight: 0.5 },
      { key: 'quiet', weight: 0.5 },
    ],
    metrics: [
      { name: 'signup', type: 'binomial', goal: 'increase' },
      { name: 'order', type: 'revenue', goal: 'increase' },
    ],
    status: 'running',
    ...given,
  };
  return engine.good('createExperiment', { body, claims });
};

const resultsOf = (experimentId: string, query: Record<string, string> = {}) =>
  engine.good('getExperimentResults', { params: { experimentId }, query, claims });
const evaluate = () => {
  runs += 1;
  return engine.runJob('evaluate-experiments', `evaluate-${runs}`);
};
const see = async (experimentId: string, userId: string): Promise<string> =>
  (
    await engine.good('getAssignment', {
      params: { experimentId },
      query: { userId },
      claims: asUser(userId),
    })
  ).variant;
const convert = (experimentId: string, userId: string, body: object) =>
  engine.good('recordConversion', { params: { experimentId }, body, claims: asUser(userId) });

/** Events about one experiment, in their order, as `[type, from, to]`. */
const told = (experimentId: string) =>
  engine
    .events()
    .map((event) => [event['detail-type'], event.detail as Record<string, unknown>] as const)
    .filter(([, detail]) => detail.experimentId === experimentId)
    .map(([type, { from, to }]) => [type, from, to]);

const STATUS = 'ExperimentStatusChanged';
const VERDICT = 'ExperimentVerdict';

const ofEach = (users: number, work: (n: number) => Promise<void>) =>
  inParallel(
    Array.from({ length: users }, (_, n) => n),
    8,
    work,
  );

/** Lets users see their arms; those whom `converts` names sign up, and pay what it says. */
const play = async (
  experimentId: string,
  users: number,
  converts: (arm: string, n: number) => number | undefined,
) => {
  const plain = new Map<string, number[]>();
  await ofEach(users, async (n) => {
    const userId = `${experimentId}-${n}`;
    const arm = await see(experimentId, userId);
    const paid = converts(arm, n);
    plain.set(arm, [...(plain.get(arm) ?? []), paid ?? Number.NaN]);
    if (paid === undefined) return;
    await convert(experimentId, userId, { metric: 'signup' });
    await convert(experimentId, userId, { metric: 'order', value: paid, conversionId: `o-${n}` });
    // Told twice, it counts once.
    await convert(experimentId, userId, { metric: 'order', value: paid, conversionId: `o-${n}` });
  });
  return plain;
};

describe('the results of an experiment', () => {
  it('are zeros with a reason before anybody has seen an arm, also of a draft', async () => {
    for (const status of ['draft', 'running']) {
      const { experimentId } = await create({ status });
      const results = await resultsOf(experimentId);
      expect(results).toMatchObject({
        experimentId,
        status,
        verdict: 'keep running',
        winner: null,
        users: 0,
        source: 'recounted',
        srm: { ok: true },
        history: [],
      });
      expect(results.recommendation).toMatch(status === 'draft' ? /not begun/ : /100 users are needed/);
      expect(results.metrics.map(({ arms }: { arms: { users: number }[] }) => arms)).toMatchObject([
        [{ users: 0 }, { users: 0, comparison: { pValue: 1 } }],
        [{ users: 0 }, { users: 0 }],
      ]);
    }
  });

  it('belong to administrators, and are not found without an experiment', async () => {
    const { experimentId } = await create();
    for (const as of [asUser('ada'), asService()]) {
      const params = { experimentId };
      expectProblem(await engine.call('getExperimentResults', { params, claims: as }), 'forbidden');
    }
    const of = (experimentId: string, query: Record<string, string> = {}) =>
      engine.call('getExperimentResults', { params: { experimentId }, query, claims });
    expectProblem(await of('none'), 'not-found');
    expectProblem(await of(experimentId, { seed: 'never' }), 'not-found');
  });

  it('of 400 users equal a plain recount; a strong effect wins, and that is told once', async () => {
    const { experimentId, key } = await create();
    const plain = await play(experimentId, 400, (arm, n) =>
      n % 10 < (arm === 'quiet' ? 6 : 1) ? 10 + (n % 7) : undefined,
    );
    const results = await resultsOf(key);
    for (const [index, variant] of ['control', 'quiet'].entries()) {
      const values = plain.get(variant) ?? [];
      const paid = values.filter((value) => !Number.isNaN(value));
      const total = paid.reduce((sum, value) => sum + value, 0);
      expect(results.metrics[0].arms[index]).toMatchObject({
        variant,
        users: values.length,
        total: paid.length,
        mean: paid.length / values.length,
      });
      expect(results.metrics[1].arms[index]).toMatchObject({ users: values.length, total });
    }
    expect(results).toMatchObject({ users: 400, verdict: 'winner', winner: 'quiet', source: 'recounted' });
    expect(results.recommendation).toMatch(/^Ship quiet: "signup" of quiet is/);

    const { 'evaluate-experiments': report } = await evaluate();
    expect(report).toEqual([expect.objectContaining({ statusChanges: 0, reweighted: 0 })]);
    await evaluate();
    expect(told(experimentId)).toEqual([
      [STATUS, null, 'running'],
      [VERDICT, 'keep running', 'winner'],
    ]);
    const { detail } = engine.events().at(-1) ?? {};
    expect(detail).toMatchObject({ key, by: 'job:evaluate-experiments', reason: results.recommendation });
  }, 60_000);

  it('are counted again after a minute, and kept', async () => {
    const { experimentId } = await create();
    await see(experimentId, 'first');
    expect(await resultsOf(experimentId)).toMatchObject({ users: 1, source: 'recounted' });
    await see(experimentId, 'second');
    expect(await resultsOf(experimentId)).toMatchObject({ users: 1, source: 'stored' });
    engine.clock.advance(61 * SECOND);
    expect(await resultsOf(experimentId)).toMatchObject({ users: 2, source: 'recounted' });
    expect(await resultsOf(experimentId)).toMatchObject({ users: 2, source: 'stored' });
  });

  it('remember how the verdict came about, one line for each hour', async () => {
    const { experimentId } = await create();
    for (const userId of ['a', 'b', 'c']) {
      await see(experimentId, userId);
      await evaluate();
      await evaluate();
      engine.clock.advance(HOUR);
    }
    const { history } = await resultsOf(experimentId);
    const users = history.map(({ arms }: { arms: { users: number }[] }) =>
      arms.reduce((sum, arm) => sum + arm.users, 0),
    );
    expect(users).toEqual([3, 2, 1]);
    expect(history[0]).toMatchObject({ verdict: 'keep running', arms: [{ weight: 0.5 }, { weight: 0.5 }] });
  });

  it('are invalid where users are not split as asked', async () => {
    const { experimentId, key } = await create();
    // Somebody loses the users of one arm, as a broken redirect does; the twin of the same seed draws them alike.
    const twin = await create({ seed: key });
    await ofEach(300, async (n) => {
      const userId = `${experimentId}-${n}`;
      if (n % 3 === 0 || (await see(twin.experimentId, userId)) === 'control')
        await see(experimentId, userId);
    });
    const results = await resultsOf(experimentId);
    expect(results).toMatchObject({ verdict: 'invalid: sample ratio', srm: { ok: false } });
    expect(results.recommendation).toMatch(/not split as asked/);
  }, 60_000);

  it('of an earlier round stay, and the new round begins with nobody', async () => {
    const experiment = await create({ status: 'paused' });
    const { experimentId, key } = experiment;
    const put = (given: object) =>
      engine.good('replaceExperiment', {
        params: { experimentId },
        body: { ...written(experiment), ...given },
        claims,
      });
    await put({ status: 'running' });
    for (const userId of ['a', 'b', 'c']) await see(experimentId, userId);
    await put({ status: 'paused' });
    await put({ status: 'running', seed: 'round-2' });
    await see(experimentId, 'a');
    engine.clock.advance(HOUR);
    expect(await resultsOf(experimentId)).toMatchObject({ users: 1, seed: 'round-2', status: 'running' });
    expect(await resultsOf(experimentId, { seed: key })).toMatchObject({ users: 3, seed: key });
    expect(lineOf(experimentId, 'round-2')).not.toBe(lineOf(experimentId, key));
  });
});

const written = ({
  experimentId: _,
  version,
  createdAt,
  updatedAt,
  changedBy,
  changes,
  ...body
}: Record<string, unknown>) => body;

describe('the hourly evaluation', () => {
  const get = (experimentId: string) => engine.good('getExperiment', { params: { experimentId }, claims });

  it('completes an experiment whose end has come, once, and says so', async () => {
    const { experimentId, key } = await create({ endDate: engine.clock.iso(DAY) });
    await see(experimentId, 'ada');
    await evaluate();
    expect((await get(experimentId)).status).toBe('running');
    engine.clock.advance(DAY + HOUR);
    await evaluate();
    await evaluate();
    const ended = await get(experimentId);
    expect(ended).toMatchObject({ status: 'completed', version: 2, changedBy: 'job:evaluate-experiments' });
    expect(ended.changes).toMatchObject([
      {
        version: 2,
        action: 'updated',
        status: 'completed',
        changed: ['status'],
        by: 'job:evaluate-experiments',
      },
      { version: 1, action: 'created', status: 'running', by: 'root' },
    ]);
    expect(ended.changes[0].reason).toMatch(/^The end date .* has passed$/);
    expect(told(experimentId)).toEqual([
      [STATUS, null, 'running'],
      [STATUS, 'running', 'completed'],
      [VERDICT, 'keep running', 'no difference'],
    ]);
    engine.clock.advance(2 * HOUR);
    await evaluate();
    const final = await resultsOf(key);
    engine.clock.advance(DAY);
    expect(await resultsOf(key)).toEqual({ ...final, source: 'stored' });
    expect(final).toMatchObject({ status: 'completed', users: 1 });
  });

  it('moves the weights of a bandit towards the better arm, and what users saw stays', async () => {
    const { experimentId } = await create({
      kind: 'bandit',
      bandit: { burnIn: 20, floor: 0.1 },
      metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
    });
    const before = new Map<string, string>();
    await ofEach(100, async (n) => {
      const userId = `bandit-${n}`;
      const arm = await see(experimentId, userId);
      before.set(userId, arm);
      if (n % 10 < (arm === 'quiet' ? 5 : 1)) await convert(experimentId, userId, { metric: 'signup' });
    });
    await evaluate();
    await evaluate();
    const moved = await get(experimentId);
    expect(moved).toMatchObject({ version: 2, changedBy: 'job:evaluate-experiments' });
    const [control, quiet] = moved.variants.map(({ weight }: { weight: number }) => weight);
    expect(quiet).toBeGreaterThan(0.8);
    expect(control).toBeGreaterThanOrEqual(0.1);
    expect(control + quiet).toBeCloseTo(1, 9);
    expect(moved.changes[0]).toMatchObject({ changed: ['variants'] });
    expect(moved.changes[0].reason).toMatch(/Probability of being best by signup after 100 users/);
    for (const [userId, arm] of before) expect(await see(experimentId, userId)).toBe(arm);
    expect(told(experimentId).map(([type]) => type)).not.toContain('weights');
    expect((await resultsOf(experimentId)).srm.ok).toBe(true);
  }, 60_000);

  it('pauses an experiment that harms a guardrail where that says so, and only tells where not', async () => {
    const metrics = [
      { name: 'signup', type: 'binomial', goal: 'increase' },
      { name: 'crash', type: 'binomial', goal: 'decrease', guardrail: true },
    ];
    const stops = await create({ metrics, autoStop: true });
    const goesOn = await create({ metrics });
    for (const { experimentId } of [stops, goesOn]) {
      await ofEach(320, async (n) => {
        const userId = `${experimentId}-${n}`;
        const arm = await see(experimentId, userId);
        if (arm === 'quiet' && n % 10 < 7) await convert(experimentId, userId, { metric: 'crash' });
      });
    }
    await evaluate();
    const paused = await get(stops.experimentId);
    expect(paused).toMatchObject({ status: 'paused', changedBy: 'job:evaluate-experiments' });
    expect(paused.changes[0].reason).toMatch(/^Stop quiet: the guardrail/);
    expect((await get(goesOn.experimentId)).status).toBe('running');
    expect(told(stops.experimentId)).toEqual([
      [STATUS, null, 'running'],
      [STATUS, 'running', 'paused'],
      [VERDICT, 'keep running', 'stop: guardrail'],
    ]);
    expect(told(goesOn.experimentId)).toEqual([
      [STATUS, null, 'running'],
      [VERDICT, 'keep running', 'stop: guardrail'],
    ]);
  }, 60_000);

  it('tells every change of a status once, in its order, deletions among them', async () => {
    const experiment = await create({ status: 'draft' });
    const { experimentId } = experiment;
    const put = (given: object) =>
      engine.good('replaceExperiment', {
        params: { experimentId },
        body: { ...written(experiment), ...given },
        claims,
      });
    await put({ status: 'running' });
    await put({ status: 'running', coverage: 0.5 });
    await put({ status: 'completed' });
    await engine.good('deleteExperiment', { params: { experimentId }, claims });
    await evaluate();
    expect(told(experimentId)).toEqual([
      [STATUS, null, 'draft'],
      [STATUS, 'draft', 'running'],
      [STATUS, 'running', 'completed'],
      [STATUS, 'completed', 'deleted'],
    ]);
    const ids = engine.events().map(({ detail }) => (detail as { id: string }).id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
