import { describe, expect, it } from '@jest/globals';
import { datasetOfColumns, type NumberedRows } from '../../../../core/learn/data/dataset.ts';
import { makeRoom, makeRowColumns } from '../../../../core/learn/data/row-columns.ts';
import { keepSequences, sequencesOfColumns } from '../../../../core/learn/data/sequences.ts';
import { latestSessions, sessionCases } from '../../../../core/learn/evaluate/session-cases.ts';
import { splitSessions } from '../../../../core/learn/evaluate/validation.ts';
import { makeStringTable, numberOf } from '../../../../core/numbers/string-table.ts';

function numbered(...lines: string[]): NumberedRows {
  const [columns, users, items] = [makeRowColumns(), makeStringTable(), makeStringTable()];
  for (const line of lines) {
    const [session = '', item = '', at = '0'] = line.split(' ');
    makeRoom(columns);
    const row = columns.size++;
    columns.user[row] = numberOf(users, session);
    columns.item[row] = numberOf(items, item);
    columns.weight[row] = 1;
    columns.at[row] = Number(at);
  }
  return { columns, users, items };
}

describe('sequences', () => {
  it('keep repeats, in order of time, rows of one time in their order', () => {
    const sequences = sequencesOfColumns(numbered('s b 3', 's a 1', 't a 2', 's a 3', 's a 2'));
    expect([...sequences.item].map((item) => sequences.items[item])).toEqual(['a', 'a', 'b', 'a', 'a']);
    expect([...sequences.start]).toEqual([0, 4, 5]);
    const kept = keepSequences(sequences, (session) => session === 1);
    expect([[...kept.start], [...kept.time]]).toEqual([[0, 0, 1], [2]]);
  });
});

describe('cases of sessions', () => {
  it('predict every next known item from those before it', () => {
    const sequences = sequencesOfColumns(numbered('s a 1', 's new 2', 's b 3', 's b 4', 't c 5', 't new 6'));
    const numbers = Int32Array.from(sequences.items, (name) => 'abc'.indexOf(name));
    const { histories, targets, excluded } = sessionCases(sequences, numbers);
    expect(histories.map(({ items, times }) => [[...items], [...times]])).toEqual([
      [[0], [1]],
      [
        [0, 1],
        [1, 3],
      ],
    ]);
    expect(targets.map((items) => [...items])).toEqual([[1], [1]]);
    expect(excluded).toBeUndefined();
  });

  it('hold back the latest sessions and forget items that only these have', () => {
    const rows = numbered('s a 1', 's b 2', 't a 1', 't b 9', 't c 10', 'u b 3', 'u a 4');
    const sequences = sequencesOfColumns(rows);
    expect(latestSessions(sequences, 0.4, 10)).toEqual([1]);
    expect(latestSessions(sequences, 1, 2)).toEqual([2, 1]);
    const split = splitSessions(datasetOfColumns(rows), sequences, { share: 0.4, most: 10 });
    expect(split.train.size).toBe(4);
    expect(split.sequences!.size).toBe(4);
    expect(split.cases.targets.map((items) => [...items])).toEqual([[1]]);
  });
});
