import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sumTrees } from '../../../../core/analytics/number-tree.ts';
import { condensedCounts } from '../../../../core/rules/performance/condensed-counts.ts';
import { countRules } from '../../../../core/rules/performance/count-rules.ts';
import { ARMS, type RulesCounts } from '../../../../core/rules/performance/types.ts';
import { conversion, DAY, decision, NOW, outcome, WINDOW } from './support.ts';

type User = Parameters<typeof countRules>[0];

const armsOf = (counts: RulesCounts) => counts.r?.[1]?.arms;
const count = (user: Partial<User>) => countRules({ decisions: [], conversions: [], ...user }, WINDOW);

const ONE = { users: 1, converted: 0, conversions: 0, value: 0, pending: 0 };

describe('a user of a rule', () => {
  it('is exposed once, by the first decision, and converts by what follows within seven days', () => {
    const counts = count({
      decisions: [decision(20, [outcome('applied')]), decision(10, [outcome('applied')])],
      conversions: [conversion(21), conversion(19, 12.5), conversion(13, 0.001), conversion(12.9, 7)],
    });
    expect(armsOf(counts)).toEqual({
      applied: { users: 1, converted: 1, conversions: 2, value: 12_501, pending: 0 },
    });
  });

  it('does not convert by what was before, or at the same moment', () => {
    const before = count({
      decisions: [decision(20, [outcome('applied')])],
      conversions: [conversion(20), conversion(20.5)],
    });
    expect(armsOf(before)).toEqual({ applied: ONE });
  });

  it('counts as applied from the moment that the rule acted, whatever was before', () => {
    const counts = count({
      decisions: [decision(20, [outcome('not matched')]), decision(10, [outcome('applied')])],
      conversions: [conversion(19), conversion(9)],
    });
    expect(armsOf(counts)).toEqual({ applied: { ...ONE, converted: 1, conversions: 1 } });
  });

  it('stays applied when the condition does not hold any more', () => {
    const counts = count({
      decisions: [decision(20, [outcome('applied')]), decision(18, [outcome('not matched')])],
      conversions: [conversion(17)],
    });
    expect(armsOf(counts)).toEqual({ applied: { ...ONE, converted: 1, conversions: 1 } });
  });

  it('who was held out is never one of those who did not match', () => {
    const counts = count({
      decisions: [decision(20, [outcome('not matched')]), decision(10, [outcome('held out')])],
      conversions: [conversion(19)],
    });
    expect(armsOf(counts)).toEqual({ 'held out': ONE });
  });

  it('counts for each version and rule by itself', () => {
    const counts = count({
      decisions: [
        decision(20, [outcome('applied'), outcome('not matched', { ruleId: 'other' })]),
        decision(10, [outcome('not matched', { version: 2 })]),
      ],
    });
    expect(counts).toMatchObject({
      r: { 1: { arms: { applied: ONE } }, 2: { arms: { 'not matched': ONE } } },
      other: { 1: { arms: { 'not matched': ONE } } },
    });
  });

  it('counts in the segments of the first exposure', () => {
    const counts = count({
      decisions: [
        decision(20, [outcome('applied')], ['new_user', 'mobile_first']),
        decision(10, [outcome('applied')], ['power_user']),
      ],
      conversions: [conversion(15, 3)],
    });
    const arms = { applied: { users: 1, converted: 1 } };
    expect(counts.r?.[1]?.segments).toEqual({ new_user: arms, mobile_first: arms });
  });

  it('is pending while the seven days run', () => {
    expect(armsOf(count({ decisions: [decision(6.9, [outcome('applied')])] }))?.applied?.pending).toBe(1);
    expect(armsOf(count({ decisions: [decision(7.1, [outcome('applied')])] }))?.applied?.pending).toBe(0);
  });

  it('is not counted for decisions and conversions outside of the window', () => {
    expect(
      count({ decisions: [decision(31, [outcome('applied')]), decision(0, [outcome('applied')])] }),
    ).toEqual({});
    const late = count({ decisions: [decision(1, [outcome('applied')])], conversions: [conversion(-0.5)] });
    expect(armsOf(late)?.applied).toMatchObject({ converted: 0, pending: 1 });
  });

  it('is silenced only where the rule never changed anything, and lost or won where it ever did', () => {
    const lost = outcome('applied', { lostTo: ['a', 'b'], silenced: true });
    const won = outcome('applied', { wonOver: ['c'] });
    const conflicts = (...outcomes: (typeof lost)[]) =>
      count({ decisions: outcomes.map((one, at) => decision(20 - at, [one])) }).r?.[1];
    expect(conflicts(lost, lost)).toMatchObject({ lost: 1, lostTo: { a: 1, b: 1 }, won: 0, silenced: 1 });
    expect(conflicts(lost, won)).toMatchObject({ lost: 1, won: 1, wonOver: { c: 1 }, silenced: 0 });
    expect(conflicts(outcome('held out', { lostTo: ['a'] }))).not.toHaveProperty('lost');
  });
});

const users = (): fc.Arbitrary<User[]> => {
  const decisions = fc.array(
    fc.tuple(fc.integer({ min: -2, max: 35 }), fc.constantFrom(...ARMS), fc.integer({ min: 1, max: 2 })),
    { maxLength: 6 },
  );
  const conversions = fc.array(fc.tuple(fc.integer({ min: -2, max: 35 }), fc.integer({ min: 0, max: 9 })), {
    maxLength: 5,
  });
  return fc.array(
    fc.record({ decisions, conversions }).map((user) => ({
      decisions: user.decisions.map(([ago, arm, version]) =>
        decision(ago, [outcome(arm, { version })], ['s']),
      ),
      conversions: user.conversions.map(([ago, value]) => conversion(ago + 0.5, value / 10)),
    })),
    { maxLength: 12 },
  );
};

describe('what is stored of the counts', () => {
  it('is the last five versions, segments of the newest, and the rules that are most in the way', () => {
    const rivals = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`rival-${n}`, n]));
    const version = { arms: { applied: ONE }, segments: { s: {} }, lostTo: rivals };
    const versions = Object.fromEntries([1, 2, 9, 10, 11, 12, 13].map((number) => [number, version]));
    const kept = condensedCounts({ r: versions }).r!;
    expect(Object.keys(kept).map(Number)).toEqual([9, 10, 11, 12, 13]);
    expect(kept[13]).toMatchObject({ arms: { applied: ONE }, segments: { s: {} } });
    expect(kept[12]).not.toHaveProperty('segments');
    expect(Object.keys(kept[12]!.lostTo!)).toHaveLength(10);
    expect(kept[12]!.lostTo).toMatchObject({ 'rival-29': 29, 'rival-20': 20 });
  });
});

describe('the counts of any users', () => {
  it('add up to the same, however they are cut into shards and ordered', () => {
    fc.assert(
      fc.property(users(), fc.integer({ min: 1, max: 5 }), (all, shards) => {
        const whole = sumTrees(all.map((user) => countRules(user, WINDOW)));
        const parts = Array.from({ length: shards }, (_, shard) =>
          sumTrees(all.filter((_user, at) => at % shards === shard).map((user) => countRules(user, WINDOW))),
        );
        expect(JSON.parse(JSON.stringify(sumTrees(parts)))).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
      { seed: 5 },
    );
  });

  it('hold each user once per version, with at most one converted', () => {
    fc.assert(
      fc.property(users(), (all) => {
        for (const user of all) {
          const shuffled = { ...user, decisions: [...user.decisions].reverse() };
          expect(countRules(shuffled, WINDOW)).toEqual(countRules(user, WINDOW));
          for (const counts of Object.values(countRules(user, WINDOW).r ?? {})) {
            const arms = Object.values(counts.arms ?? {});
            expect(arms.map(({ users: n }) => n)).toEqual([1]);
            expect(arms[0]!.converted).toBe(arms[0]!.conversions! > 0 ? 1 : 0);
          }
        }
      }),
      { seed: 5 },
    );
  });

  it('credit no arm with what a user did before it: conversions that come first change nothing', () => {
    fc.assert(
      fc.property(users(), (all) => {
        for (const user of all) {
          const first = Math.min(...user.decisions.map(({ decidedAt }) => decidedAt), NOW);
          const early = { occurredAt: first - DAY / 2, value: 1000 };
          const more = { ...user, conversions: [early, ...user.conversions] };
          expect(countRules(more, WINDOW)).toEqual(countRules(user, WINDOW));
        }
      }),
      { seed: 5 },
    );
  });
});
