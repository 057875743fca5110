import type { Cases } from '../../core/learn/evaluate/cases.ts';

/** Thirds of the cases by length of history: equal lengths are in the same group, so that the thirds are about equal. */
export function activityGroups({ histories }: Cases): (caseNumber: number) => string {
  const lengths = Int32Array.from(histories, ({ items }) => items.length).sort();
  const light = lengths[Math.floor(lengths.length / 3)] ?? 0;
  const medium = lengths[Math.floor((2 * lengths.length) / 3)] ?? 0;
  return (caseNumber) => {
    const { length } = histories[caseNumber]!.items;
    if (length <= light) return 'light';
    return length <= medium ? 'medium' : 'heavy';
  };
}
