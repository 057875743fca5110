import { describe, expect, it } from '@jest/globals';
import { distributions } from '../../../../adapters/numbers/distributions.ts';
import { Unavailable } from '../../../../core/errors.ts';
import type { ExperimentEvent } from '../../../../core/events/ports.ts';
import {
  createExperiment,
  deleteExperiment,
  replaceExperiment,
} from '../../../../core/experiments/definition/manage-experiments.ts';
import { countOutcomes } from '../../../../core/experiments/evaluation/count-outcomes.ts';
import { decideChange } from '../../../../core/experiments/evaluation/decide-change.ts';
import {
  type EvaluationPorts,
  evaluateExperiments,
} from '../../../../core/experiments/evaluation/evaluate-experiments.ts';
import { getResults } from '../../../../core/experiments/evaluation/get-results.ts';
import { isDue } from '../../../../core/experiments/evaluation/is-due.ts';
import type { OutcomeRow } from '../../../../core/experiments/outcomes/types.ts';
import type { Verdict } from '../../../../core/experiments/results/types.ts';
import { lineOf } from '../../../../core/experiments/rounds.ts';
import type { ExperimentBody } from '../../../../core/experiments/types.ts';
import { memoryAnnouncements, memoryResults } from '../../../support/announcements.ts';
import { memoryDefinitions } from '../../../support/definitions.ts';
import { experimentBody } from '../../../support/experiments.ts';
import { outcomeRow } from '../../../support/outcomes.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BY = { sub: 'root', now: NOW };

const rowOf = (n: number, given: Partial<OutcomeRow> = {}): OutcomeRow =>
  outcomeRow({ userId: `user-${n}`, variant: n % 2 === 0 ? 'control' : 'quiet', ...given });

const spread = (rows: readonly OutcomeRow[]) => ({
  rowsOf: async function* (_line: string, shard: number) {
    yield* rows.filter((_, n) => n % 16 === shard);
  },
});

const users = (count: number, given: (n: number) => Partial<OutcomeRow> = () => ({})) =>
  Array.from({ length: count }, (_, n) => rowOf(n, given(n)));

const world = (rows: () => readonly OutcomeRow[] = () => []) => {
  const told: ExperimentEvent[] = [];
  let reads = 0;
  const ports: EvaluationPorts = {
    experiments: memoryDefinitions<ExperimentBody>(),
    outcomes: {
      rowsOf: (line, shard) => {
        reads += 1;
        return spread(rows()).rowsOf(line, shard);
      },
    },
    results: memoryResults(),
    announcements: memoryAnnouncements(),
    events: {
      publish: async (events) => {
        told.push(...events);
      },
    },
    distributions,
    progress: () => undefined,
  };
  const create = (id: string, given: Partial<ExperimentBody> = {}) =>
    createExperiment(ports, { id, body: experimentBody({ key: `key-of-${id}`, ...given }) }, BY);
  return { ports, told, create, reads: () => reads };
};

describe('counting outcomes', () => {
  const body = experimentBody({
    metrics: [
      { name: 'signup', type: 'binomial', goal: 'increase' },
      { name: 'order', type: 'revenue', goal: 'increase' },
    ],
  });

  it('adds up all shards by arm, and counts users of several arms apart', async () => {
    const rows = users(
      100,
      (n): Partial<OutcomeRow> => ({
        metrics: n % 5 === 0 ? { signup: [1, 1], order: [2, n] } : {},
        otherArms: n % 10 === 3 ? ['quiet'] : [],
      }),
    );
    const counts = await countOutcomes(spread(rows), 'line', body);
    const kept = rows.filter(({ otherArms }) => otherArms.length === 0);
    for (const { variant, users: counted, metrics } of counts?.arms ?? []) {
      const mine = kept.filter((row) => row.variant === variant);
      const orders = mine.map((row) => row.metrics.order?.[1] ?? 0);
      expect(counted).toBe(mine.length);
      expect(metrics.signup?.sum).toBe(mine.filter((row) => row.metrics.signup).length);
      expect(metrics.order?.sum).toBe(orders.reduce((a, b) => a + b, 0));
      expect(metrics.order?.sumSquares).toBe(orders.reduce((a, b) => a + b * b, 0));
    }
    expect(counts?.multipleExposures).toBe(10);
  });

  it('leaves out testers, also those who were drawn before they became one', async () => {
    const forced = { 'user-0': 'quiet', 'user-3': 'quiet' };
    const counts = await countOutcomes(spread(users(20)), 'line', { ...body, forced });
    expect(counts?.arms.map((arm) => arm.users)).toEqual([9, 9]);
  });

  it('gives up above the most users that it may count', async () => {
    expect(await countOutcomes(spread(users(50)), 'line', body, 49)).toBeUndefined();
    const { arms = [] } = (await countOutcomes(spread(users(50)), 'line', body, 50)) ?? {};
    expect(arms.map((arm) => arm.users)).toEqual([25, 25]);
  });
});

describe('what follows from an evaluation', () => {
  const counts = { arms: [], multipleExposures: 0, caps: {} };
  const of = (body: Partial<ExperimentBody>, verdict: Verdict = 'keep running') =>
    decideChange(experimentBody(body), { counts, results: { verdict, recommendation: 'Why' }, now: NOW });

  it('is the end where its date has come, and only of what runs', () => {
    const endDate = new Date(NOW).toISOString();
    expect(of({ endDate })).toMatchObject({
      body: { status: 'completed' },
      reason: expect.stringMatching(/end date/),
    });
    expect(of({ endDate: new Date(NOW + 1).toISOString() })).toBeUndefined();
    for (const status of ['draft', 'paused', 'completed'] as const)
      expect(of({ endDate, status })).toBeUndefined();
  });

  it('is a pause where a guardrail is harmed and the experiment says so', () => {
    expect(of({ autoStop: true }, 'stop: guardrail')).toMatchObject({
      body: { status: 'paused' },
      reason: 'Why',
    });
    expect(of({ autoStop: true }, 'winner')).toBeUndefined();
    expect(of({}, 'stop: guardrail')).toBeUndefined();
  });

  it('is nothing for the weights of a bandit whose users were not split as asked', () => {
    const arms = ['control', 'quiet'].map((variant, at) => ({
      variant,
      users: 500,
      metrics: { signup: { sum: 100 + 200 * at, sumSquares: 100 + 200 * at } },
    }));
    const bandit = experimentBody({ kind: 'bandit' });
    const decide = (verdict: Verdict) =>
      decideChange(bandit, {
        counts: { ...counts, arms },
        results: { verdict, recommendation: 'Why' },
        now: NOW,
      });
    expect(decide('invalid: sample ratio')).toBeUndefined();
    const moved = decide('winner');
    expect(moved?.body.variants[1]?.weight).toBeGreaterThan(0.9);
    expect(moved?.body.variants[1]?.payload).toEqual(bandit.variants[1]?.payload);
  });
});

describe('the hourly evaluation', () => {
  it('leaves out drafts, what has not begun and what is settled', async () => {
    const { ports, create } = world();
    const experiment = await create('a');
    const { id, body } = experiment;
    const with_ = (given: Partial<ExperimentBody>) => ({ ...experiment, body: { ...body, ...given } });
    const stored = {
      experimentId: id,
      version: 1,
      evaluatedAt: NOW,
      counts: { arms: [], multipleExposures: 0, caps: {} },
    };
    expect(isDue(experiment, undefined, NOW)).toBe(true);
    expect(isDue(with_({ status: 'draft' }), undefined, NOW)).toBe(false);
    expect(isDue(with_({ startDate: new Date(NOW + 1).toISOString() }), undefined, NOW)).toBe(false);
    expect(isDue(with_({ status: 'completed' }), { ...stored, isFinal: false }, NOW)).toBe(true);
    expect(isDue(with_({ status: 'completed' }), { ...stored, isFinal: true }, NOW)).toBe(false);
    await create('b', { status: 'draft' });
    expect(await evaluateExperiments(ports, { now: NOW })).toMatchObject({ experiments: 2, evaluated: 1 });
  });

  it('does not let one that fails keep the others from it, and names it', async () => {
    const { ports, create } = world(() => users(10));
    const broken = await create('broken');
    await create('sound');
    const line = lineOf('broken', broken.body.key);
    const outcomes = {
      rowsOf: (asked: string, shard: number) => {
        if (asked === line) throw new Error('The shard cannot be read');
        return ports.outcomes.rowsOf(asked, shard);
      },
    };
    await expect(evaluateExperiments({ ...ports, outcomes }, { now: NOW })).rejects.toThrow(
      'Experiments were not evaluated: key-of-broken: The shard cannot be read',
    );
    expect(await ports.results.get(lineOf('sound', 'key-of-sound'))).toMatchObject({ evaluatedAt: NOW });
  });

  it('gives way to an administrator who changes the experiment meanwhile', async () => {
    const endDate = new Date(NOW - 1).toISOString();
    const { ports, create } = world();
    await create('a', { endDate });
    const later = new Date(NOW + HOUR).toISOString();
    const outcomes = {
      rowsOf: async function* (_: string, shard: number) {
        const body = experimentBody({ key: 'key-of-a', endDate: later });
        if (shard === 0) await replaceExperiment(ports, 'a', body, BY);
        yield* [];
      },
    };
    const report = await evaluateExperiments({ ...ports, outcomes }, { now: NOW });
    expect(report.statusChanges).toBe(0);
    expect(await ports.experiments.get('a')).toMatchObject({
      version: 2,
      body: { status: 'running', endDate: later },
    });
  });

  it('tells what a process that ended could not: of changes, and of deletions', async () => {
    const { ports, create, told } = world();
    await create('a', { status: 'draft' });
    await evaluateExperiments(ports, { now: NOW });
    await deleteExperiment(ports, { idOrKey: 'a' }, BY);
    await create('b');
    await evaluateExperiments(ports, { now: NOW });
    await evaluateExperiments(ports, { now: NOW });
    expect(told.map(({ experimentId, to }) => [experimentId, to])).toEqual([
      ['a', 'draft'],
      ['b', 'running'],
      ['a', 'deleted'],
    ]);
  });

  it('counts what is completed until nothing can change it, then never again', async () => {
    let arrived = 3;
    const { ports, create, reads } = world(() => users(arrived));
    const { body } = await create('a');
    await replaceExperiment(ports, 'a', { ...body, status: 'completed' }, BY);
    await evaluateExperiments(ports, { now: NOW + MINUTE });
    // It waited in the queue.
    arrived = 4;
    await evaluateExperiments(ports, { now: NOW + HOUR });
    const before = reads();
    await evaluateExperiments(ports, { now: NOW + 2 * HOUR });
    expect(await getResults(ports, { experiment: 'a', now: NOW + 400 * 24 * HOUR })).toMatchObject({
      source: 'stored',
      results: { users: 4 },
    });
    expect(reads()).toBe(before);
  });
});

describe('the results', () => {
  it('of very many users are those of the last hour, and unavailable before the first', async () => {
    const { ports, create, reads } = world(() => users(20_001));
    await create('a');
    await expect(getResults(ports, { experiment: 'a', now: NOW })).rejects.toThrow(Unavailable);
    await evaluateExperiments(ports, { now: NOW });
    const before = reads();
    expect(await getResults(ports, { experiment: 'a', now: NOW + 50 * MINUTE })).toMatchObject({
      source: 'stored',
      evaluatedAt: NOW,
      results: { users: 20_001 },
    });
    expect(reads()).toBe(before);
  });

  it('are counted again where the experiment has changed since', async () => {
    const { ports, create } = world(() => users(6));
    const { body } = await create('a');
    await getResults(ports, { experiment: 'a', now: NOW });
    const metrics = [...body.metrics, { name: 'order', type: 'revenue', goal: 'increase' } as const];
    await replaceExperiment(ports, 'a', { ...body, metrics }, BY);
    const { source, results } = await getResults(ports, { experiment: 'a', now: NOW + 1 });
    expect([source, results.metrics.map(({ name }) => name)]).toEqual(['recounted', ['signup', 'order']]);
  });
});
