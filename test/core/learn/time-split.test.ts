import { describe, expect, it } from '@jest/globals';
import { datasetOfColumns } from '../../../core/learn/data/dataset.ts';
import { addRow, makeInteractionLog } from '../../../core/learn/data/interaction-log.ts';
import { splitByTime, timeQuantile, usersAcross } from '../../../core/learn/data/time-split.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';

type Row = [user: string, item: string, at: number];

const logOf = (rows: readonly Row[]) => {
  const log = makeInteractionLog();
  for (const [user, item, at] of rows) addRow(log, { user, item, weight: 1, at });
  return log;
};

const world: Row[] = [
  ['a', 'x', 1],
  ['a', 'y', 2],
  ['a', 'z', 10],
  ['a', 'x', 11],
  ['a', 'w', 12],
  ['b', 'x', 3],
  ['b', 'x', 13],
  ['c', 'z', 14],
  ['d', 'y', 4],
];

describe('a split by time', () => {
  const log = logOf(world);
  const split = splitByTime(log, 10, 100);
  const named = (items: Int32Array) => [...items].map((item) => split.train.items[item]);

  it('asks those who did something before, for what they chose newly from then on, first one first', () => {
    expect([...split.users].map((user) => split.train.users[user])).toEqual(['a']);
    expect(named(split.heldBack)).toEqual(['z']);
    expect(split.targets.map(named)).toEqual([['z', 'w']]);
    expect([...split.firstAt]).toEqual([10]);
  });

  it('trains on what was before only, under the numbers of all', () => {
    expect(split.train.size).toBe(4);
    expect(split.train.users).toEqual(datasetOfColumns(log).users);
    expect(split.train.items).toEqual(['x', 'y', 'z', 'w']);
    expect(split.train.itemStart.length).toBe(5);
  });

  it('counts users with rows on both sides', () => {
    expect(usersAcross(log, 10)).toBe(2);
    expect(usersAcross(log, 0)).toBe(0);
  });

  it('finds nobody where all happened at once, before or after', () => {
    expect(splitByTime(log, 0, 10).users.length).toBe(0);
    expect(splitByTime(log, 100, 10).users.length).toBe(0);
    const once = logOf(world.map(([user, item]) => [user, item, 5]));
    expect(splitByTime(once, timeQuantile(once, 0.9), 10).users.length).toBe(0);
    expect(timeQuantile(makeInteractionLog(), 0.9)).toBe(Number.POSITIVE_INFINITY);
  });

  it('takes no more users than asked for, the same ones each time', () => {
    const random = seededRandom(3);
    const rows = Array.from({ length: 4_000 }, (): Row => {
      const [user, item] = [Math.floor(random() * 300), Math.floor(random() * 50)];
      return [`u${user}`, `i${item}`, Math.floor(random() * 1_000)];
    });
    const many = logOf(rows);
    const cut = splitByTime(many, 800, 40);
    expect(cut.users.length).toBe(40);
    expect(splitByTime(many, 800, 40).users).toEqual(cut.users);
    cut.targets.forEach((targets, at) => {
      const user = cut.users[at]!;
      const own = cut.train.userItem.subarray(cut.train.userStart[user]!, cut.train.userStart[user + 1]!);
      expect([...targets].filter((item) => own.includes(item))).toEqual([]);
      expect(targets[0]).toBe(cut.heldBack[at]);
    });
    expect(cut.train.userTime.every((at) => at < 800)).toBe(true);
  });
});

describe('the log', () => {
  it('refuses what is no row', () => {
    const log = makeInteractionLog();
    const row = { user: 'u', item: 'i', weight: 1, at: 1 };
    for (const wrong of [
      { weight: 0 },
      { weight: -1 },
      { weight: Number.NaN },
      { weight: Infinity },
      { at: Number.NaN },
    ])
      expect(addRow(log, { ...row, ...wrong })).toBe(false);
    expect(addRow(log, row)).toBe(true);
    expect([log.columns.size, log.users.names, log.items.names]).toEqual([1, ['u'], ['i']]);
  });
});
