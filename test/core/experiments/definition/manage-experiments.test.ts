import { describe, expect, it } from '@jest/globals';
import { Conflict, DomainError, type FieldError, NotFound } from '../../../../core/errors.ts';
import { assertEditKeepsResults } from '../../../../core/experiments/definition/check-edit.ts';
import { experimentFaults } from '../../../../core/experiments/definition/check-experiment.ts';
import {
  createExperiment,
  deleteExperiment,
  getExperiment,
  listExperiments,
  replaceExperiment,
} from '../../../../core/experiments/definition/manage-experiments.ts';
import type { ExperimentBody } from '../../../../core/experiments/types.ts';
import { memoryDefinitions } from '../../../support/definitions.ts';
import { experimentBody } from '../../../support/experiments.ts';

const pathsOf = (faults: readonly FieldError[]): string[] => faults.map(({ path }) => path);
const variants = (...weights: readonly number[]) =>
  weights.map((weight, at) => ({ key: `arm-${at}`, weight }));

const deep = (levels: number): ExperimentBody['condition'] => {
  let condition: ExperimentBody['condition'] = true;
  for (let i = 0; i < levels; i += 1) condition = { '!': [condition] };
  return condition;
};

describe('faults of an experiment', () => {
  it.each<[what: string, given: Partial<ExperimentBody>, paths: string[]]>([
    ['none', {}, []],
    ['thirds', { variants: variants(1 / 3, 1 / 3, 1 / 3) }, []],
    ['weights of .9', { variants: variants(0.4, 0.5) }, ['variants']],
    ['weights a hair above 1', { variants: variants(0.5, 0.500_01) }, ['variants']],
    [
      'an arm twice',
      {
        variants: [
          { key: 'a', weight: 0.5 },
          { key: 'a', weight: 0.5 },
        ],
      },
      ['variants.1.key'],
    ],
    [
      'a metric twice',
      {
        metrics: [
          { name: 'm', type: 'binomial', goal: 'increase' },
          { name: 'm', type: 'count', goal: 'increase' },
        ],
      },
      ['metrics.1.name'],
    ],
    [
      'an end before the start',
      { startDate: '2026-11-22T00:00:00Z', endDate: '2026-11-21T00:00:00Z' },
      ['endDate'],
    ],
    [
      'an end at the start',
      { startDate: '2026-11-22T00:00:00Z', endDate: '2026-11-22T01:00:00+01:00' },
      ['endDate'],
    ],
    ['an empty part of a namespace', { namespace: { id: 'n', start: 0.5, end: 0.5 } }, ['namespace.end']],
    ['a bandit without a goal', { kind: 'bandit', metrics: [] }, ['metrics']],
    [
      'a bandit with guardrails only',
      { kind: 'bandit', metrics: [{ name: 'errors', type: 'count', goal: 'decrease', guardrail: true }] },
      ['metrics'],
    ],
    ['the draft of a bandit', { kind: 'bandit', metrics: [], status: 'draft' }, []],
    ['a tester of no arm', { forced: { ada: 'none' } }, ['forced.ada']],
    [
      'a condition that reads arms',
      { condition: { '==': [{ var: 'experiments.other' }, 'b'] } },
      ['condition.==.0.var'],
    ],
    ['an operator that does not exist', { condition: { log: [1] } }, ['condition.log']],
    ['a condition a thousand levels deep', { condition: deep(1_000) }, ['condition']],
    ['a condition 100,000 levels deep', { condition: deep(100_000) }, ['condition']],
    ['more than 32 KB', { name: 'n'.repeat(40_000) }, ['experiment']],
  ])('%s', (_, given, paths) => {
    const faults = pathsOf(experimentFaults(experimentBody(given)));
    expect(faults.map((path) => path.replace(/(condition\.==\.0).*/, '$1.var'))).toEqual(paths);
  });
});

describe('edits', () => {
  const control = { key: 'control', weight: 0.5 };
  const quiet = { key: 'quiet', weight: 0.5, payload: { config: { layout: 'spacious' }, value: 1 } };

  /** Paths of the refused fields; empty where the edit is allowed. */
  const refused = (before: Partial<ExperimentBody>, after: Partial<ExperimentBody>): string[] => {
    try {
      const present = experimentBody({ variants: [control, quiet], ...before });
      assertEditKeepsResults(present, { ...present, ...after });
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).kind).toBe('conflict');
      return pathsOf((error as DomainError).errors);
    }
  };

  const signup = { name: 'signup', type: 'binomial', goal: 'increase' } as const;
  const INVALIDATING: readonly [what: string, after: Partial<ExperimentBody>, paths: string[]][] = [
    ['an arm taken out', { variants: [{ ...control, weight: 1 }] }, ['variants']],
    ['an arm put in', { variants: [control, quiet, { key: 'loud', weight: 0 }] }, ['variants']],
    ['an arm renamed', { variants: [control, { ...quiet, key: 'calm' }] }, ['variants']],
    ['another control', { variants: [quiet, control] }, ['variants']],
    [
      'an arm that does something else',
      { variants: [control, { ...quiet, payload: {} }] },
      ['variants.1.payload'],
    ],
    ['a metric renamed', { metrics: [{ name: 'sign-up', type: 'binomial', goal: 'increase' }] }, ['metrics']],
    [
      'a metric of another type',
      { metrics: [{ name: 'signup', type: 'count', goal: 'increase' }] },
      ['metrics.0'],
    ],
    [
      'a metric the other way round',
      { metrics: [{ name: 'signup', type: 'binomial', goal: 'decrease' }] },
      ['metrics.0'],
    ],
    ['a goal made a guardrail', { metrics: [{ ...signup, guardrail: true }] }, ['metrics.0.guardrail']],
    ['a metric of another event', { metrics: [{ ...signup, event: 'join' }] }, ['metrics.0']],
    ['a metric in a shorter window', { metrics: [{ ...signup, windowDays: 7 }] }, ['metrics.0']],
    [
      'a metric by recommendations',
      { metrics: [{ ...signup, attribution: 'recommendation' }] },
      ['metrics.0'],
    ],
    ['another key', { key: 'other' }, ['key']],
    ['another kind', { kind: 'bandit' }, ['kind']],
    ['another namespace', { namespace: { id: 'n', start: 0, end: 0.5 } }, ['namespace']],
  ];

  it.each(INVALIDATING)('of one that runs, is paused or completed are refused: %s', (_, after, paths) => {
    for (const status of ['running', 'paused', 'completed'] as const) {
      expect([status, refused({ status }, after)]).toEqual([status, paths]);
    }
    expect(refused({ status: 'draft' }, after)).toEqual([]);
  });

  it.each(INVALIDATING.filter(([, after]) => after.key === undefined))(
    'begin a new round with a new seed, but not while it runs: %s',
    (_, after) => {
      const anew = { ...after, seed: 'round 2', status: 'draft' } as const;
      expect(refused({ status: 'paused' }, anew)).toEqual([]);
      expect(refused({ status: 'completed' }, anew)).toEqual([]);
      expect(refused({ status: 'running' }, anew)).toContain('seed');
    },
  );

  it.each<[what: string, after: Partial<ExperimentBody>]>([
    [
      'weights',
      {
        variants: [
          { ...control, weight: 0.1 },
          { ...quiet, weight: 0.9 },
        ],
      },
    ],
    ['coverage, up', { coverage: 1 }],
    ['coverage, down', { coverage: 0.1 }],
    ['condition', { condition: true }],
    ['dates', { startDate: '2026-11-01T00:00:00Z', endDate: '2027-01-01T00:00:00Z' }],
    ['testers', { forced: { ada: 'quiet' } }],
    ['name', { name: 'Another name' }],
    [
      'one more metric',
      {
        metrics: [
          { name: 'errors', type: 'count', goal: 'decrease', guardrail: true },
          { name: 'signup', type: 'binomial', goal: 'increase' },
        ],
      },
    ],
    [
      'what a metric counts by default, in words',
      { metrics: [{ ...signup, event: 'Signup', windowDays: 14, attribution: 'user' }] },
    ],
    ['the seed in words', { seed: 'quiet-dashboard' }],
    [
      'a payload with its fields in another order',
      { variants: [control, { ...quiet, payload: { value: 1, config: quiet.payload.config } }] },
    ],
  ])('of one that runs are free: %s', (_, after) => {
    expect(refused({ status: 'running', coverage: 0.5 }, after)).toEqual([]);
  });

  it('keep the order of the metrics: the first goal that tells arms apart decides', () => {
    const clicks = { name: 'clicks', type: 'count', goal: 'increase' } as const;
    expect(refused({ metrics: [signup, clicks] }, { metrics: [clicks, signup] })).toEqual(['metrics']);
    expect(refused({ metrics: [signup, clicks] }, { metrics: [clicks] })).toEqual(['metrics']);
  });

  it('let the status go forward only', () => {
    const moves = (from: ExperimentBody['status']) =>
      (['draft', 'running', 'paused', 'completed'] as const).filter(
        (to) => refused({ status: from }, { status: to }).length === 0,
      );
    expect(moves('draft')).toEqual(['draft', 'running', 'paused', 'completed']);
    expect(moves('running')).toEqual(['running', 'paused', 'completed']);
    expect(moves('paused')).toEqual(['running', 'paused', 'completed']);
    expect(moves('completed')).toEqual(['completed']);
  });
});

describe('managing experiments', () => {
  const by = (now: number) => ({ sub: 'root', now });
  const world = () => ({ experiments: memoryDefinitions<ExperimentBody>() });

  it('finds one by id and by key, and lists the newest first in pages', async () => {
    const ports = world();
    for (const n of [1, 2, 3]) {
      const body = experimentBody({ key: `key-${n}`, status: n === 2 ? 'draft' : 'running' });
      await createExperiment(ports, { id: `id-${n}`, body }, by(n));
    }
    expect((await getExperiment(ports, 'id-2')).body.key).toBe('key-2');
    expect((await getExperiment(ports, 'key-2')).id).toBe('id-2');
    await expect(getExperiment(ports, 'key-9')).rejects.toThrow(NotFound);
    const first = await listExperiments(ports, {}, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['id-3', 'id-2']);
    const second = await listExperiments(ports, {}, { limit: 2, after: first.next ?? undefined });
    expect([second.items.map(({ id }) => id), second.next]).toEqual([['id-1'], null]);
    const running = await listExperiments(ports, { status: 'running' }, { limit: 2 });
    expect([running.items.map(({ id }) => id), running.next]).toEqual([['id-3', 'id-1'], null]);
  });

  it('keeps keys apart, from ids too', async () => {
    const ports = world();
    await createExperiment(ports, { id: 'one', body: experimentBody({ key: 'a' }) }, by(1));
    const second = (key: string) =>
      createExperiment(ports, { id: 'two', body: experimentBody({ key, status: 'draft' }) }, by(2));
    await expect(second('a')).rejects.toThrow(Conflict);
    await expect(second('one')).rejects.toThrow(Conflict);
    await second('b');
    const renamed = experimentBody({ key: 'a', status: 'draft' });
    await expect(replaceExperiment(ports, 'b', renamed, by(3))).rejects.toThrow(Conflict);
    expect((await replaceExperiment(ports, 'b', { ...renamed, key: 'c' }, by(3))).version).toBe(2);
  });

  it('notes an end that is moved after the begin, until a new round', async () => {
    const ports = world();
    const body = (given: Partial<ExperimentBody>) =>
      experimentBody({ endDate: '2026-12-01T00:00:00Z', ...given });
    const replace = async (given: Partial<ExperimentBody>) =>
      (await replaceExperiment(ports, 'one', body(given), by(2))).body;
    await createExperiment(ports, { id: 'one', body: body({ status: 'draft' }) }, by(1));
    expect(await replace({ status: 'draft', endDate: '2026-12-02T00:00:00Z' })).not.toHaveProperty(
      'endMoved',
    );
    expect(await replace({ endDate: '2026-12-01T00:00:00Z' })).not.toHaveProperty('endMoved');
    expect(await replace({ endDate: '2026-12-01T01:00:00+01:00' })).not.toHaveProperty('endMoved');
    expect((await replace({ endDate: '2026-11-22T00:00:00Z' })).endMoved).toBe(true);
    expect((await replace({ endMoved: false })).endMoved).toBe(true);
    expect((await replace({ status: 'paused', endDate: undefined })).endMoved).toBe(true);
    expect(await replace({ status: 'paused', seed: 'round 2' })).not.toHaveProperty('endMoved');
  });

  it('refuses stale versions, edits that invalidate, and to delete what runs', async () => {
    const ports = world();
    await createExperiment(ports, { id: 'one', body: experimentBody() }, by(1));
    const wider = { ...experimentBody({ coverage: 0.5 }), version: 1 };
    expect((await replaceExperiment(ports, 'one', wider, by(2))).body.coverage).toBe(0.5);
    await expect(replaceExperiment(ports, 'one', wider, by(3))).rejects.toThrow(Conflict);
    await expect(replaceExperiment(ports, 'one', experimentBody({ kind: 'bandit' }), by(3))).rejects.toThrow(
      /invalidate/,
    );
    await expect(deleteExperiment(ports, { idOrKey: 'one' }, by(4))).rejects.toThrow(/running/);
    await replaceExperiment(ports, 'one', experimentBody({ status: 'completed' }), by(5));
    await deleteExperiment(ports, { idOrKey: 'quiet-dashboard' }, by(6));
    await expect(getExperiment(ports, 'one')).rejects.toThrow(NotFound);
  });
});
