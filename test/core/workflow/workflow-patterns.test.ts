import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { actionLog, visitsOf } from '../../../core/workflow/action-log.ts';
import { frequentSequences } from '../../../core/workflow/frequent-sequences.ts';
import { workflowPatterns } from '../../../core/workflow/workflow-patterns.ts';
import { DAY, HOUR, logOf, MINUTE, MORNING, steps } from './steps.ts';

const patterns = (...visits: string[]) => workflowPatterns(logOf(...visits), { timezone: 'UTC', count: 10 });
const named = (...visits: string[]) =>
  patterns(...visits).map(({ sequence, support }) => [sequence.join(' '), support]);

describe('workflow patterns', () => {
  it('are the repeated sequences, with what follows, how often, and when', () => {
    const found = patterns(
      'search view export share',
      'search view export print',
      'login search view export share',
    );
    expect(found[0]).toEqual({
      sequence: ['search', 'view', 'export'],
      support: 3,
      visits: 3,
      confidence: 1,
      next: 'share',
      nextProbability: 0.6667,
      usualHour: 9,
    });
    expect(found[1]).toMatchObject({
      sequence: ['search', 'view', 'export', 'share'],
      confidence: 0.6667,
      next: null,
    });
    expect(found).toHaveLength(2);
  });

  it('leave out what a longer one says as often, and keep what comes up more often alone', () => {
    expect(named('a b c', 'a b c', 'a b d', 'x a b')).toEqual([
      ['a b', 4],
      ['a b c', 2],
    ]);
  });

  it('are neither one action repeated nor what came up once', () => {
    expect(named('a a a a a', 'b c d')).toEqual([]);
    expect(named()).toEqual([]);
    expect(named('a')).toEqual([]);
  });

  it('do not reach over a pause of half an hour or into another session', () => {
    const at = (name: string, minutes: number, session = '') => ({
      name,
      at: MORNING + minutes * MINUTE,
      session,
    });
    const paused = [at('a', 0), at('b', 31), at('a', 70), at('b', 101)];
    expect(visitsOf(paused)).toHaveLength(4);
    expect(
      visitsOf([at('a', 0, 's'), at('b', 1, 't'), at('c', 2), at('d', 3, 't')]).map(({ length }) => length),
    ).toEqual([1, 3]);
  });

  it('tell the hour in the zone of the user, also around midnight, and none for all hours', () => {
    const at = (hours: readonly number[]) =>
      actionLog(
        visitsOf(
          hours.flatMap((hour, day) =>
            steps('a b').map((step) => ({ ...step, at: step.at - 9 * HOUR + day * DAY + hour * HOUR })),
          ),
        ),
      );
    const hourOf = (hours: readonly number[], timezone: string) =>
      workflowPatterns(at(hours), { timezone, count: 1 })[0]?.usualHour;
    expect(hourOf([23, 0, 1, 0], 'UTC')).toBe(0);
    expect(hourOf([23, 0, 1, 0], 'Asia/Tokyo')).toBe(9);
    expect(hourOf([23, 0, 1, 0], 'America/New_York')).toBe(19);
    expect(hourOf([0, 6, 12, 18], 'UTC')).toBeNull();
  });

  it('keep a cycle in one piece, not once for each way to enter it', () => {
    const found = named('a b c a b c a b c a b c a b c');
    expect(found).toHaveLength(1);
  });

  it('ask for more than two occurrences in a long log', () => {
    const noise = Array.from({ length: 100 }, (_, i) => `n${i} m${i} o${i}`);
    expect(named(...noise, 'a b', 'a b')).toEqual([]);
    expect(named(...noise, 'a b', 'a b', 'a b', 'a b')).toEqual([['a b', 4]]);
  });

  it('count as a plain search does, and hold no part of another that came up as often', () => {
    const visit = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 6 }), (visits) => {
        const log = logOf(...visits.map((one) => one.join(' ')));
        const text = ` ${visits.map((one) => one.join(' ')).join(' | ')} `;
        const found = frequentSequences(log).map(({ codes, starts }) => ({
          names: codes.map((code) => log.names[code]).join(' '),
          support: starts.length,
        }));
        for (const { names, support } of found) {
          const places = [...text.matchAll(new RegExp(`(?= ${names} )`, 'g'))];
          expect([names, support]).toEqual([names, places.length]);
          expect(
            found.some(
              (one) =>
                one.names !== names && ` ${one.names} `.includes(` ${names} `) && one.support === support,
            ),
          ).toBe(false);
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
