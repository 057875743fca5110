import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysIn, KEPT_DAYS, withDays } from '../../../core/achievements/active-days.ts';
import { streakOf } from '../../../core/achievements/streak.ts';
import { noDays, type Streak } from '../../../core/achievements/types.ts';
import { localDayIn } from '../../../core/time/local-day.ts';

const SEED = 20_261_121;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const TODAY = NOW / DAY - 0.5;

type Vector = {
  readonly name: string;
  readonly days?: readonly string[];
  readonly from?: string;
  readonly count?: number;
  readonly now: string;
  readonly timezone: string;
  readonly streak: Omit<Streak, 'expiresAt'> & { readonly expiresAt: string | null };
};

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/streaks.json', import.meta.url), 'utf8'),
) as Vector[];

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

const daysOf = ({ days, from = '', count = 0 }: Vector): number[] =>
  days ? days.map(dayOf) : Array.from({ length: count }, (_, n) => dayOf(from) + n);

describe('a streak', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const { expiresAt, ...rest } = streakOf(daysOf(vector), Date.parse(vector.now), vector.timezone);
    const shown = { ...rest, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() };
    expect(shown).toEqual(vector.streak);
  });

  /** Day by day from the first to today, as one would keep it on paper. */
  const onPaper = (days: ReadonlySet<number>, today: number) => {
    let [length, freezes, frozen, longest, pending] = [0, 0, 0, 0, false];
    for (let day = Math.min(...days, today); day <= today; day += 1) {
      if (days.has(day)) {
        length += 1;
        pending = false;
        if (length % 7 === 0) freezes = Math.min(2, freezes + 1);
      } else if (day < today) {
        const isSaved = length > 0 && freezes > 0 && !pending;
        if (isSaved) [freezes, frozen, pending] = [freezes - 1, frozen + 1, true];
        else [length, freezes, frozen, pending] = [0, 0, 0, false];
      }
      if (length === 0) [freezes, frozen] = [0, 0];
      longest = Math.max(longest, length);
    }
    return { length, longest, freezes, frozen, today: days.has(today) };
  };

  const someDays = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 4 })), { maxLength: 12 })
    .map((runs) => {
      const days: number[] = [];
      let day = TODAY + 2;
      for (const [length, gap] of runs) {
        for (let left = length; left > 0; left -= 1) days.push(day--);
        day -= gap;
      }
      return days.toReversed();
    });

  it('is what one keeps on paper, day by day', () => {
    const property = fc.property(someDays, (days) => {
      const { expiresAt, ...streak } = streakOf(days, NOW, 'UTC');
      expect(streak).toEqual(onPaper(new Set(days.filter((day) => day <= TODAY)), TODAY));
      expect(expiresAt === null).toBe(streak.length === 0);
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });

  it('lives until the moment that it names, and is over from then on, in every zone', () => {
    const zones = [
      'UTC',
      'Asia/Kathmandu',
      'Africa/Cairo',
      'America/Havana',
      'Pacific/Chatham',
      'America/Santiago',
    ];
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    const lengths = fc.integer({ min: 1, max: 16 });
    const property = fc.property(fc.constantFrom(...zones), moments, lengths, (zone, at, length) => {
      const today = localDayIn(zone)(at);
      const days = Array.from({ length }, (_, n) => today - length + 1 + n);
      const { expiresAt } = streakOf(days, at, zone);
      if (expiresAt === null) throw new Error('a streak of today has an end');
      expect(streakOf(days, expiresAt - 1, zone)).toMatchObject({ length, expiresAt });
      expect(streakOf(days, expiresAt, zone)).toMatchObject({ length: 0, longest: length, expiresAt: null });
    });
    fc.assert(property, { seed: SEED, numRuns: 300 });
  });

  it('never grows shorter by a day more', () => {
    const property = fc.property(someDays, fc.integer({ min: TODAY - 40, max: TODAY }), (days, more) => {
      const all = [...new Set([...days, more])].sort((a, b) => a - b);
      const [before, after] = [streakOf(days, NOW, 'UTC'), streakOf(all, NOW, 'UTC')];
      expect(after.longest).toBeGreaterThanOrEqual(before.longest);
      expect(after.length).toBeGreaterThanOrEqual(before.length);
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});

describe('days with something done', () => {
  const days = fc.array(fc.integer({ min: 20_000, max: 21_000 }), { maxLength: 60 });
  const newest400 = (all: readonly number[]): number[] => {
    const newest = Math.max(...all);
    return [...new Set(all)].filter((day) => day > newest - KEPT_DAYS).sort((a, b) => a - b);
  };

  it('are a union, in any order and however often, of the newest 400 days of the calendar', () => {
    const property = fc.property(fc.array(days, { maxLength: 6 }), (batches) => {
      const add = (order: readonly number[][]) => order.reduce(withDays, noDays);
      const there = add(batches);
      expect(daysIn(there)).toEqual(newest400(batches.flat()));
      expect(add([...batches.toReversed(), ...batches])).toEqual(there);
      expect(there.mask.length).toBeLessThanOrEqual(50);
    });
    fc.assert(property, { seed: SEED, numRuns: 300 });
  });

  it('are the same object where nothing is new', () => {
    const known = withDays(noDays, [20_500, 20_000, 20_101]);
    expect(daysIn(known)).toEqual([20_101, 20_500]);
    for (const old of [[], [20_500], [20_101, 20_500], [20_100], [0]])
      expect(withDays(known, old)).toBe(known);
  });
});
