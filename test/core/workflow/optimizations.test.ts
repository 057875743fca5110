import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Interaction } from '../../../core/profile/types.ts';
import { actionsOf } from '../../../core/workflow/actions.ts';
import { bestHours } from '../../../core/workflow/best-hours.ts';
import { optimizationsOf } from '../../../core/workflow/optimizations.ts';
import { shortcuts } from '../../../core/workflow/shortcuts.ts';
import { interaction } from '../../support/interactions.ts';
import { DAY, HOUR, logOf, MINUTE, MORNING } from './steps.ts';

const nothing = () => false;
const outcome = (hour: number, engagement: number, completed = false) => ({
  at: MORNING - 9 * HOUR + hour * HOUR,
  engagement,
  completed,
});
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('shortcuts', () => {
  const way = 'search filter sort export';

  it('name what is skipped, what it saves, and say so in words', () => {
    expect(shortcuts(logOf(way, way, way, way), nothing)).toEqual([
      {
        from: 'search',
        to: 'export',
        skips: ['filter', 'sort'],
        support: 4,
        share: 1,
        stepsSaved: 2,
        secondsSaved: 120,
        reason:
          'From search to export you went through filter, sort every time (4 times): a direct way saves 2 steps and about 2 minutes',
      },
    ]);
  });

  it('are none where the user goes several ways, or twice only', () => {
    const several = [
      way,
      way,
      way,
      'search map zoom export',
      'search sort filter export',
      'search map sort export',
    ];
    const whole = shortcuts(logOf(...several), nothing).filter(
      ({ from, to }) => from === 'search' && to === 'export',
    );
    expect(whole).toEqual([]);
    expect(shortcuts(logOf(way, way), nothing)).toEqual([]);
  });

  it('never skip a step that reaches something, nor lead from an action to itself', () => {
    const visits = times(4, 'search buy export');
    expect(shortcuts(logOf(...visits), (name) => name === 'buy')).toEqual([]);
    expect(shortcuts(logOf(...times(4, 'a b a')), nothing)).toEqual([]);
  });
});

describe('best hours', () => {
  it('are those in which things go well, not those with most actions', () => {
    const outcomes = [
      ...times(40, outcome(14, 0.2)),
      ...times(8, outcome(9, 0.3, true)),
      ...times(8, outcome(20, 0.6)),
    ];
    const found = bestHours(outcomes, 'UTC');
    expect(found.map(({ hour }) => hour)).toEqual([9, 20]);
    expect(found[0]).toMatchObject({ actions: 8, completed: 8, engagement: 0.3 });
    expect(found[0]?.reason).toMatch(/From 09:00 to 10:00, 8 of 8 actions finished something, 100 % engaged/);
  });

  it('are told by how engaged only where that is five points above the usual, else by what was done', () => {
    const told = (...outcomes: Parameters<typeof bestHours>[0]) => bestHours(outcomes, 'UTC')[0]?.reason;
    const near = [...times(10, outcome(9, 0.52)), ...times(10, outcome(14, 0.5))];
    expect(told(...near)).toBe('From 09:00 to 10:00, 10 of 20 actions');
    const clear = [...times(10, outcome(9, 0.6)), ...times(10, outcome(14, 0.5))];
    expect(told(...clear)).toBe('From 09:00 to 10:00, 60 % engaged against 55 % at all hours');
    const finished = [
      ...times(2, outcome(9, 0.1, true)),
      ...times(18, outcome(9, 0.1)),
      ...times(20, outcome(14, 0.18)),
    ];
    expect(told(...finished)).toBe('From 09:00 to 10:00, 2 of 20 actions finished something');
  });

  it('do not trust a few lucky actions, and need three', () => {
    const outcomes = [
      ...times(30, outcome(9, 0.7)),
      ...times(30, outcome(14, 0.1)),
      ...times(3, outcome(3, 0.75)),
      ...times(2, outcome(4, 1)),
    ];
    expect(bestHours(outcomes, 'UTC').map(({ hour }) => hour)).toEqual([9, 3]);
  });

  it('are told in the time zone, and none for a user of one hour', () => {
    const outcomes = [...times(5, outcome(9, 0.9)), ...times(5, outcome(14, 0.1))];
    expect(bestHours(outcomes, 'Asia/Kolkata').map(({ hour }) => hour)).toEqual([14]);
    expect(bestHours(times(9, outcome(9, 0.5)), 'UTC')).toEqual([]);
    expect(bestHours([], 'UTC')).toEqual([]);
  });
});

describe('optimizations', () => {
  const visit = (day: number): Interaction[] =>
    ['search', 'view', 'export'].map((type, i) =>
      interaction({ interactionId: `${day}-${type}`, type, occurredAt: MORNING - day * DAY + i * MINUTE }),
    );
  const history = [1, 2, 3, 4].flatMap(visit);

  it('take each interaction once and in its own order, without what only happened to the user', () => {
    const shown = interaction({ interactionId: 'x', type: 'impression', occurredAt: MORNING });
    const actions = actionsOf([...history, shown, ...history.slice(0, 5)].reverse());
    expect(actions.map(({ name }) => name).join(' ')).toBe(times(4, 'search view export').join(' '));
    expect(actions).toEqual([...actions].sort((a, b) => a.at - b.at));
  });

  it('give each element a reason, and each empty list', () => {
    const found = optimizationsOf(actionsOf(history), 'UTC');
    expect(found.sequences[0]).toMatchObject({ sequence: ['search', 'view', 'export'], support: 4 });
    expect(found.sequences[0]?.reason).toBe('Came up 4 times in 4 visits, usually around 09:00');
    expect(found.nextSteps[0]?.reason).toMatch(/^Expected in \d+ % of the cases after export$/);
    expect(found.shortcuts[0]).toMatchObject({ from: 'search', to: 'export', skips: ['view'] });
    expect(found.bestHours).toEqual([]);
    expect(found.reason).toBe('No hour of the day stands out');
    const single = optimizationsOf(actionsOf(history.slice(0, 1)), 'UTC');
    expect(single).toMatchObject({
      sequences: [],
      shortcuts: [],
      reason: expect.stringMatching(/^No sequence .*; no repeated way/),
    });
  });

  it('stand any history', () => {
    const any = fc.record({
      interactionId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      type: fc.constantFrom('view', '__proto__', 'constructor', 'complete', 'impression'),
      occurredAt: fc.integer({ min: 0, max: 5 }).map((n) => MORNING + n * 10 * MINUTE),
      sessionId: fc.constantFrom('s', 't'),
      durationMs: fc.constantFrom(0, Number.MAX_VALUE),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (parts) => {
        const actions = actionsOf(parts.map((one) => interaction(one)));
        const {
          sequences,
          nextSteps,
          bestHours: hours,
          shortcuts: ways,
          reason,
        } = optimizationsOf(actions, 'Europe/Berlin');
        const lists = [sequences, nextSteps, hours, ways];
        expect(lists.some((list) => list.length === 0)).toBe(reason !== undefined);
        for (const { probability } of nextSteps) expect(probability).toBeLessThanOrEqual(1);
        for (const { score } of hours) expect(score).toBeLessThanOrEqual(1);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
