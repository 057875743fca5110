import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AssignAsk, assignAll } from '../../../../core/experiments/assignment/assign.ts';
import { exposuresOf } from '../../../../core/experiments/assignment/exposures.ts';
import { lineOf } from '../../../../core/experiments/rounds.ts';
import type { ExperimentBody, StickyAssignments } from '../../../../core/experiments/types.ts';
import { assignAsk, experimentBody, experimentsOf } from '../../../support/experiments.ts';

const USERS = Array.from({ length: 400 }, (_, n) => `user-${n}`);
const DAY = 86_400_000;

const assigned = (body: Partial<ExperimentBody>, userId: string, ask: Partial<AssignAsk> = {}) =>
  assignAll(experimentsOf(experimentBody(body)), assignAsk(userId, ask))[0]!;

/** Stored arms after everything that was shown was stored. */
const shown = (
  body: Partial<ExperimentBody>,
  userId: string,
  ask: Partial<AssignAsk> = {},
): StickyAssignments => {
  const set = experimentsOf(experimentBody(body));
  const whole = assignAsk(userId, ask);
  const showing = { userId, now: whole.now, sticky: whole.sticky, assignments: assignAll(set, whole) };
  return { ...whole.sticky, ...exposuresOf(set, showing)?.additions };
};

const weights = (a: number, b: number) => [
  { key: 'control', weight: a },
  { key: 'quiet', weight: b },
];

describe('an assignment', () => {
  it('is drawn by the bucket, with its probability and reason, and tells the control from the others', () => {
    const arms = USERS.map((userId) => assigned({ variants: weights(0.2, 0.8) }, userId));
    expect(arms.filter(({ variant }) => variant === 'quiet').length).toBeGreaterThan(280);
    for (const { variant, isControl, propensity, inExperiment, reason } of arms) {
      expect(inExperiment).toBe(true);
      expect(isControl).toBe(variant === 'control');
      expect(propensity).toBe(variant === 'control' ? 0.2 : 0.8);
      expect(reason).toMatch(/^Drawn: bucket 0(\.\d+)? /);
    }
  });

  it('is the control with a reason outside of the coverage', () => {
    const outside = USERS.map((userId) => assigned({ coverage: 0.1 }, userId)).filter(
      (one) => !one.inExperiment,
    );
    expect(outside.length).toBeGreaterThan(320);
    expect(outside[0]).toMatchObject({
      variant: 'control',
      isControl: true,
      propensity: 1,
      reason: 'The user is outside the 10 % that take part',
    });
  });

  it.each([
    ['draft', []],
    ['paused', []],
    ['completed', []],
  ] as const)('is not made while the experiment is %s', (status, expected) => {
    expect(assignAll(experimentsOf(experimentBody({ status })), assignAsk('ada'))).toEqual(expected);
  });

  it('waits for the start and stops at the end', () => {
    const times = { startDate: '2026-11-21T00:00:00+02:00', endDate: '2026-11-22T00:00:00Z' };
    const at = (iso: string) => assigned(times, 'ada', { now: Date.parse(iso) });
    expect(at('2026-11-20T21:59:59.999Z')).toMatchObject({
      inExperiment: false,
      reason: 'The experiment starts at 2026-11-20T22:00:00.000Z',
    });
    expect(at('2026-11-20T22:00:00Z').inExperiment).toBe(true);
    expect(at('2026-11-21T23:59:59.999Z').inExperiment).toBe(true);
    expect(at('2026-11-22T00:00:00Z')).toMatchObject({ inExperiment: false });
  });

  it('asks the condition, and takes what cannot be computed for no', () => {
    const condition = { '>=': [{ var: 'session.count' }, 3] };
    expect(assigned({ condition }, 'ada', { data: { session: { count: 3 } } }).inExperiment).toBe(true);
    expect(assigned({ condition }, 'ada', { data: { session: { count: 2 } } })).toMatchObject({
      inExperiment: false,
      reason: 'The condition of the experiment is not met',
    });
    expect(assigned({ condition }, 'ada', { data: {} }).inExperiment).toBe(false);
    expect(experimentsOf(experimentBody({ condition })).reads).toEqual(['session.count']);
    expect(experimentsOf(experimentBody({ condition, status: 'draft' })).reads).toEqual([]);
  });

  it('shares no user between disjoint parts of a namespace, and leaves none out', () => {
    const set = experimentsOf(
      experimentBody({ key: 'a', namespace: { id: 'page', start: 0, end: 0.3 } }),
      experimentBody({ key: 'b', namespace: { id: 'page', start: 0.3, end: 1 } }),
    );
    for (const userId of USERS) {
      const arms = assignAll(set, assignAsk(userId));
      expect(arms.filter(({ inExperiment }) => inExperiment)).toHaveLength(1);
    }
  });

  it('gives testers their arm, also before the start, and does not count them', () => {
    const forced = { ada: 'quiet', bob: 'gone' };
    const body = { forced, startDate: '2030-01-01T00:00:00Z', coverage: 0 };
    expect(assigned(body, 'ada')).toMatchObject({ variant: 'quiet', inExperiment: true, propensity: 1 });
    expect(assigned(body, 'bob').inExperiment).toBe(false);
    expect(shown(body, 'ada')).toEqual({});
  });

  it('is the control for everybody where experiments are switched off, whoever saw what', () => {
    const sticky = USERS.map((userId) => [userId, shown({}, userId)] as const);
    for (const [userId, arms] of sticky) {
      const off = assigned({ forced: { 'user-1': 'quiet' } }, userId, { sticky: arms, abTesting: false });
      expect(off).toMatchObject({
        inExperiment: false,
        isControl: true,
        reason: 'Experiments are switched off',
      });
    }
  });
});

describe('an arm that was seen', () => {
  it('stays whatever becomes of weights, coverage, condition and namespace, with the probability of its draw', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const stays = fc.property(
      fc.constantFrom(...USERS),
      share,
      share,
      share,
      (userId, before, after, coverage) => {
        const sticky = shown({ variants: weights(before, 1 - before) }, userId);
        const first = assigned({ variants: weights(before, 1 - before) }, userId);
        const later = assigned(
          {
            variants: weights(after, 1 - after),
            coverage,
            condition: false,
            namespace: { id: 'elsewhere', start: 0, end: 0 },
          },
          userId,
          { sticky },
        );
        expect(later).toMatchObject({ variant: first.variant, inExperiment: true });
        expect(later.propensity).toBe(first.propensity);
      },
    );
    fc.assert(stays, { seed: 5, numRuns: 1_000 });
  });

  it('says the same the second time, reason and all', () => {
    for (const userId of USERS.slice(0, 50)) {
      const before = assigned({}, userId);
      const sticky = shown({}, userId);
      expect(assigned({}, userId, { sticky })).toEqual(before);
      const other = assigned({ variants: weights(0.4, 0.6) }, userId, { sticky });
      expect(other).toMatchObject({ variant: before.variant, propensity: before.propensity });
      if (other.reason.startsWith('Drawn')) expect(other.reason).toBe(before.reason);
    }
  });

  it('counts no more after the end, and for no other seed', () => {
    const sticky = { [lineOf('experiment-1', 'quiet-dashboard')]: ['quiet', 0, 0.5] as const };
    expect(assigned({ coverage: 0 }, 'ada', { sticky })).toMatchObject({
      variant: 'quiet',
      reason: 'The user saw this arm before',
    });
    expect(assigned({ coverage: 0, seed: 'again' }, 'ada', { sticky }).inExperiment).toBe(false);
    expect(assigned({ endDate: '2026-01-01T00:00:00Z' }, 'ada', { sticky }).inExperiment).toBe(false);
  });

  it('is drawn anew where the arm is gone', () => {
    const sticky = { [lineOf('experiment-1', 'quiet-dashboard')]: ['gone', 0, 0.5] as const };
    expect(assigned({}, 'ada', { sticky })).toEqual(assigned({}, 'ada'));
  });
});

describe('exposures', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  const showingOf = (userId: string, sticky: StickyAssignments, set = experimentsOf(experimentBody())) => ({
    set,
    showing: { userId, now, sticky, assignments: assignAll(set, assignAsk(userId, { sticky })) },
  });

  it('are what was not stored yet, once', () => {
    const { set, showing } = showingOf('ada', {});
    const { additions } = exposuresOf(set, showing)!;
    expect(Object.values(additions)).toEqual([[showing.assignments[0]!.variant, now, 0.5]]);
    const again = showingOf('ada', additions);
    expect(exposuresOf(again.set, again.showing)).toBeUndefined();
  });

  it('are nobody outside of the experiment', () => {
    const { set, showing } = showingOf('ada', {}, experimentsOf(experimentBody({ coverage: 0 })));
    expect(exposuresOf(set, showing)).toBeUndefined();
  });

  it('take old lines along that no experiment has any more, but no young ones', () => {
    const sticky = { old: ['a', now - 2 * DAY, 1], young: ['a', now - 1_000, 1] } as const;
    const { set, showing } = showingOf('ada', sticky);
    expect(exposuresOf(set, showing)!.stale).toEqual(['old']);
  });

  it('are at most 50 at once', () => {
    const many = Array.from({ length: 70 }, (_, n) => experimentBody({ key: `e${n}` }));
    const { set, showing } = showingOf('ada', {}, experimentsOf(...many));
    expect(Object.keys(exposuresOf(set, showing)!.additions)).toHaveLength(50);
  });
});

describe('lines', () => {
  it('are short, and other ones for each experiment and seed', () => {
    const lines = new Set<string>();
    for (let i = 0; i < 20_000; i += 1) {
      const line = lineOf(`experiment-${i % 100}`, `seed-${Math.floor(i / 100)}`);
      expect(line).toMatch(/^[0-9a-z]{1,10}$/);
      lines.add(line);
    }
    expect(lines.size).toBe(20_000);
  });
});
