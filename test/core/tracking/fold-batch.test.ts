import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../adapters/dynamodb/database.ts';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { activityHour } from '../../../core/journal/activity-hour.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { type FoldPorts, foldBatch } from '../../../core/tracking/fold-batch.ts';
import { queueBatches } from '../../../core/tracking/queue-batches.ts';
import { type CutOff, cutOffClient } from '../../support/cut-off-client.ts';
import type { TestTable } from '../../support/dynalite.ts';
import { inProcessTable } from '../../support/dynalite-in-process.ts';
import { interaction, NOON } from '../../support/interactions.ts';

let table: TestTable;
beforeAll(async () => {
  table = await inProcessTable();
});
afterAll(() => table.close());

const clock = () => NOON;
const portsOf = (database: Database): FoldPorts => ({
  users: usersStore(database),
  journal: journalStore(database),
  activity: activityStore(database),
  sentimentOf: () => 0.5,
  pause: async () => {},
});
const ports = () => portsOf({ ...table, clock });

/** One message about users of its own: `<name>-a` with three interactions, `-b` with two, `-c` with one. */
const messageOf = (name: string) => {
  const all = ['a', 'a', 'a', 'b', 'b', 'c'].map((user, at) =>
    interaction({
      interactionId: `i${at}`,
      userId: `${name}-${user}`,
      contentId: `c${at}`,
      feedback: 'nice',
    }),
  );
  return queueBatches(all, name, NOON)[0]!;
};
const deliver = (name: string, to = ports()) =>
  foldBatch(to, { batch: messageOf(name), messageId: name, now: NOON, retentionMs: 1e12 });

const countsOf = async (name: string) => {
  const counts = ['a', 'b', 'c'].map(async (user) => {
    const { journal } = await ports().users.load(`${name}-${user}`, { parts: 'all', now: NOON });
    return journal.behaviour?.interactions ?? 0;
  });
  return Promise.all(counts);
};

const markedOf = async (name: string) => {
  const users: string[] = [];
  for await (const userId of ports().activity.usersActiveIn(activityHour(NOON))) users.push(userId);
  return users.filter((userId) => userId.startsWith(`${name}-`)).sort();
};

describe('a message of the queue', () => {
  it('counts every interaction, marks every user, and does nothing more in a second delivery', async () => {
    expect(await deliver('plain')).toEqual({ users: 3, counted: 6, duplicates: 0 });
    expect(await deliver('plain')).toEqual({ users: 3, counted: 0, duplicates: 6 });
    expect([await countsOf('plain'), await markedOf('plain')]).toEqual([
      [3, 2, 1],
      ['plain-a', 'plain-b', 'plain-c'],
    ]);
  });

  it.each(Array.from({ length: 8 }, (_, at) => at + 1))(
    'cut off at write %d ends as one clean fold once it is delivered again',
    async (write) => {
      for (const when of ['before', 'after'] as const) {
        const name = `cut-${write}-${when}`;
        const cutOff: CutOff = { write, when };
        const dying = { ...cutOffClient(table.client, { cutOff }), tableName: table.tableName, clock };
        await deliver(name, portsOf(dying)).catch(() => undefined);
        await deliver(name);
        expect([await countsOf(name), (await markedOf(name)).length]).toEqual([[3, 2, 1], 3]);
      }
    },
  );

  it('fails when one user fails, after the others were folded', async () => {
    const good = ports();
    const users: FoldPorts['users'] = {
      load: async (userId, options) => {
        if (userId.endsWith('-b')) throw new Error('this one cannot be read');
        return good.users.load(userId, options);
      },
    };
    await expect(deliver('partly', { ...good, users })).rejects.toThrow('this one cannot be read');
    expect(await countsOf('partly')).toEqual([3, 0, 1]);
    expect(await deliver('partly')).toEqual({ users: 3, counted: 2, duplicates: 4 });
  });

  it('writes nothing about a user who may not be tracked, and everything about the others', async () => {
    const left = newProfile('mixed-b', NOON);
    const profile = { ...left, privacy: { ...left.privacy, optOut: true }, version: 1 };
    await profileStore({ ...table, clock }).put(profile, 0);
    expect(await deliver('mixed')).toEqual({ users: 2, counted: 4, duplicates: 0 });
    expect([await countsOf('mixed'), await markedOf('mixed')]).toEqual([
      [3, 0, 1],
      ['mixed-a', 'mixed-c'],
    ]);
  });
});
