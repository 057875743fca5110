import { expect, test } from '@jest/globals';
import { decodeTime } from 'ulid';
import { newUlid } from '../../../lambdas/runtime/new-ulid.ts';

test('ids carry their time, differ, and use every digit in every place of chance', () => {
  const now = 1_795_262_400_123;
  const ids = Array.from({ length: 5_000 }, () => newUlid(now));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id) && decodeTime(id) === now)).toBe(true);
  for (let place = 10; place < 26; place += 1) {
    const seen = new Map<string, number>();
    for (const id of ids) seen.set(id[place]!, (seen.get(id[place]!) ?? 0) + 1);
    expect(seen.size).toBe(32);
    // 156 of each are expected; six standard deviations.
    expect(Math.max(...seen.values())).toBeLessThan(232);
    expect(Math.min(...seen.values())).toBeGreaterThan(80);
  }
});
