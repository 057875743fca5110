import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { factHash } from '../../../../core/insights/facts/fact-hash.ts';
import { factSheet } from '../../../../core/insights/facts/fact-sheet.ts';
import type { KnownToFacts } from '../../../../core/insights/facts/known.ts';
import { marketView } from '../../../../core/insights/facts/market-view.ts';
import {
  catalogItem,
  DAY,
  domain,
  fold,
  HOUR,
  known,
  NOW,
  profileOf,
  series,
  sharedOf,
} from './facts-world.ts';

const hashOf = (parts: Partial<KnownToFacts>): string => factSheet(known(parts), domain).hash;

const goals = (due: string, target = 50) => [
  {
    title: 'Publish',
    term: 'short' as const,
    metric: 'publish',
    target,
    due,
    setAt: NOW - 10 * DAY,
    baseline: 0,
  },
];

const publishing = (count: number) => fold(...series(count, { type: 'publish', every: HOUR }));

describe('the hash of a sheet', () => {
  it('rarely changes with one more click of a feature that is used often', () => {
    let changed = 0;
    const clicks = series(241, { type: 'feature_use', feature: 'map', every: 6 * HOUR }).reverse();
    for (let count = 200; count < 240; count += 1) {
      const now = clicks[count]?.occurredAt ?? NOW;
      const [before, after] = [count, count + 1].map((some) =>
        hashOf({ behaviour: fold(...clicks.slice(0, some)), now }),
      );
      if (before !== after) changed += 1;
    }
    expect(changed).toBeLessThanOrEqual(4);
  });

  it('changes when a goal falls behind, is done, or is another', () => {
    const behaviour = publishing(24);
    const hashes = [
      hashOf({ profile: profileOf({ goals: goals('2026-12-02') }), behaviour }),
      hashOf({ profile: profileOf({ goals: goals('2026-11-23') }), behaviour }),
      hashOf({ profile: profileOf({ goals: goals('2026-12-02', 24) }), behaviour }),
      hashOf({ profile: profileOf({ goals: goals('2026-12-02', 51) }), behaviour }),
      hashOf({ profile: profileOf({ goals: [] }), behaviour }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('changes with the pace alone, as time goes by', () => {
    const profile = profileOf({ goals: goals('2026-11-30') });
    const at = (now: number) => factSheet(known({ profile, behaviour: publishing(24), now }), domain);
    const [early, late] = [at(NOW), at(NOW + 2 * DAY)];
    expect([early, late].map(({ facts }) => facts[0]?.words.pace)).toEqual(['on track', 'behind']);
    expect(early.hash).not.toBe(late.hash);
  });

  it('changes with a trend about the focus, and not with what rises elsewhere', () => {
    const items = [catalogItem('n', { title: 'Noord' }), catalogItem('a'), catalogItem('b')];
    const profile = profileOf({ marketFocus: ['Noord'] });
    const rising = (...ids: string[]) =>
      hashOf({ profile, market: marketView(sharedOf(items, ids), { focus: ['Noord'], interests: [] }, NOW) });
    expect(rising('a')).toBe(rising('b', 'a'));
    expect(rising('a')).not.toBe(rising('a', 'n'));
  });

  it('is that of the facts, whatever their order and their ids', () => {
    const { facts } = factSheet(
      known({ profile: profileOf({ goals: goals('2026-12-02') }), behaviour: publishing(24) }),
      domain,
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts], { minLength: facts.length }), (order) => {
        expect(factHash(order)).toBe(factHash(facts));
      }),
      { seed: 5, numRuns: 20 },
    );
  });

  it('tells a thousand focuses apart', () => {
    const view = (focus: string) => ({
      focuses: [{ focus, items: 1, fresh: 0 }],
      trends: [],
      items: new Map(),
    });
    const hashes = Array.from({ length: 1000 }, (_, n) => hashOf({ market: view(`focus ${n}`) }));
    expect(new Set(hashes).size).toBe(1000);
  });
});
