import { describe, expect, it } from '@jest/globals';
import type { Update } from '../../../core/updates/ports.ts';
import { readUpdates, updatesContent } from '../../../core/updates/read-updates.ts';
import { NOON } from '../../support/interactions.ts';

const update = (at: number, given: Partial<Update> = {}): Update => ({
  id: `id-${at}`,
  kind: 'insights',
  at,
  about: 'saas',
  title: 'New insights were written',
  ...given,
});
const asked: number[] = [];
const read = (found: Update[], since?: number) => {
  const since_ = async (_user: string, from: number) => {
    asked.push(from);
    return found;
  };
  return readUpdates({ since: since_ }, { userId: 'ada', since, now: NOON });
};

describe('what is new', () => {
  it('is told by kind, with the moment to ask from the next time', async () => {
    const found = [
      update(NOON - 3),
      update(NOON - 2, { kind: 'achievement', about: 'first-steps' }),
      update(NOON - 1, { kind: 'recommendations', about: '7' }),
    ];
    expect(await read(found, NOON - 10)).toMatchObject({
      insights: true,
      recommendations: true,
      achievements: ['first-steps'],
      since: new Date(NOON - 10).toISOString(),
      until: new Date(NOON - 1).toISOString(),
    });
  });

  it('is nothing since a day ago where no moment is named, with the reason', async () => {
    const answer = await read([]);
    expect(asked.at(-1)).toBe(NOON - 86_400_000);
    expect([answer.until, answer.reason]).toEqual([answer.since, 'Nothing is new since then']);
  });

  it('is the same content whenever it is asked for', async () => {
    const found = [update(NOON - 1)];
    expect(updatesContent(await read(found, NOON - 5))).toEqual(updatesContent(await read(found)));
  });
});
