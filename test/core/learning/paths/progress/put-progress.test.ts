import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../../../adapters/dynamodb/database.ts';
import { decisionStore } from '../../../../../adapters/dynamodb/stores/decision-store.ts';
import { journalStore } from '../../../../../adapters/dynamodb/stores/journal-store.ts';
import { learningPathStore } from '../../../../../adapters/dynamodb/stores/learning-path-store.ts';
import { profileStore } from '../../../../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../../../../adapters/dynamodb/stores/users-store.ts';
import { userSeal } from '../../../../../adapters/user-seal.ts';
import { emptyCatalogue } from '../../../../../core/catalog/catalogue.ts';
import { resetBehaviour } from '../../../../../core/journal/reset-behaviour.ts';
import { createPath } from '../../../../../core/learning/paths/create-path.ts';
import type { ProgressPorts } from '../../../../../core/learning/paths/ports.ts';
import { putProgress } from '../../../../../core/learning/paths/progress/put-progress.ts';
import type { Step } from '../../../../../core/learning/paths/progress/step.ts';
import { readPath } from '../../../../../core/learning/paths/read-paths.ts';
import { newProfile } from '../../../../../core/profile/stored-profile.ts';
import { type CutOff, cutOffClient, WorkerDied } from '../../../../support/cut-off-client.ts';
import type { TestTable } from '../../../../support/dynalite.ts';
import { inProcessTable } from '../../../../support/dynalite-in-process.ts';
import { NOON } from '../../../../support/interactions.ts';

const DAY = 86_400_000;

let table: TestTable;
beforeAll(async () => {
  table = await inProcessTable();
});
afterAll(() => table.close());

const seal = userSeal(new Uint8Array(32).fill(7));

const portsOf = (client?: Database['client']): ProgressPorts => {
  const database: Database = { ...table, ...(client && { client }), clock: () => NOON };
  const users = usersStore(database);
  return {
    users,
    paths: learningPathStore(database),
    decisions: decisionStore(database),
    userSeal: async () => seal,
    traceLost: () => {},
    shared: async () => ({ catalogue: emptyCatalogue(), model: undefined, rankings: new Map() }),
    tracking: { users, journal: journalStore(database), pause: async () => {} },
  };
};

let made = 0;
const newId = () => {
  made += 1;
  return `ID${made}`;
};

const moment = (userId: string) => ({
  userId,
  caller: { sub: userId, kind: 'user' as const },
  now: NOON,
  begunAt: NOON,
  newId,
  retentionMs: 400 * DAY,
});

const newPath = (userId: string) =>
  createPath(
    portsOf(),
    {
      title: 'Two steps',
      topic: 'typescript',
      level: 'beginner',
      modules: [
        { id: 'a', title: 'A', type: 'video', duration: 600, prerequisites: [] },
        { id: 'b', title: 'B', type: 'quiz', duration: 300, prerequisites: ['a'] },
      ],
    },
    moment(userId),
  );

const tell = (ports: ProgressPorts, userId: string, pathId: string, step: Step) =>
  putProgress(ports, { ...moment(userId), pathId, step });

const NO_CONSENT = { analytics: false, personalization: false, ai: false };

const STEPS: readonly Step[] = [
  { moduleId: 'a', status: 'failed', score: 20, timeSpent: 900 },
  { moduleId: 'a', status: 'completed', score: 70, timeSpent: 600 },
  { moduleId: 'b', status: 'completed', score: 90, timeSpent: 200 },
];

const outcomeOf = async (userId: string, pathId: string) => {
  const path = await readPath(portsOf(), { ...moment(userId), pathId });
  const { behaviour, counted } = await portsOf().tracking.journal.load(userId);
  return {
    counted,
    skills: behaviour?.skills,
    types: behaviour?.types,
    version: path.version,
    status: path.status,
    modules: path.modules.map(({ id, status, score }) => [id, status, score]),
  };
};

/** A call that dies at one of its writes, and is repeated until it is answered. */
const toldUntilAnswered = async (userId: string, pathId: string, step: Step, cutOff?: CutOff) => {
  const { client } = cutOffClient(table.client, cutOff ? { cutOff } : {});
  const death = await tell(portsOf(client), userId, pathId, step).catch((error: unknown) => error);
  if (death instanceof WorkerDied) await tell(portsOf(), userId, pathId, step);
  else if (death instanceof Error) throw death;
};

describe('progress that is cut off after any write', () => {
  const cuts = [1, 2, 3, 4].flatMap((write) => [
    { write, when: 'before' as const },
    { write, when: 'after' as const },
  ]);

  it('comes to the same by its repeat: every step and every result once', async () => {
    const { pathId: whole } = await newPath('whole');
    for (const step of STEPS) await tell(portsOf(), 'whole', whole, step);
    const expected = await outcomeOf('whole', whole);
    expect(expected).toMatchObject({ version: 3, status: 'completed', counted: 7 });
    for (const cutOff of cuts) {
      const userId = `cut-${cutOff.write}-${cutOff.when}`;
      const { pathId } = await newPath(userId);
      for (const step of STEPS) await toldUntilAnswered(userId, pathId, step, cutOff);
      expect([userId, await outcomeOf(userId, pathId)]).toEqual([userId, expected]);
    }
  });
});

describe('a step that was stored and not tracked', () => {
  /** Dies with its first write behind it: the progress. */
  const storeOnly = async (userId: string, pathId: string, step: Step) => {
    const { client } = cutOffClient(table.client, { cutOff: { write: 1, when: 'after' } });
    await expect(tell(portsOf(client), userId, pathId, step)).rejects.toBeInstanceOf(WorkerDied);
  };
  const countedOf = async (userId: string) => (await portsOf().tracking.journal.load(userId)).counted;
  const expectedAfter = async (userId: string, steps: readonly Step[]) => {
    const { pathId } = await newPath(userId);
    for (const step of steps) await tell(portsOf(), userId, pathId, step);
    return outcomeOf(userId, pathId);
  };

  it('is tracked by the next look at the path, once, and shown with what follows from it', async () => {
    const { pathId } = await newPath('seen');
    await storeOnly('seen', pathId, STEPS[1]!);
    expect(await countedOf('seen')).toBe(0);
    const first = await readPath(portsOf(), { ...moment('seen'), pathId });
    expect(first.mastery.results).toBe(1);
    expect(await countedOf('seen')).toBe(3);
    const { client, writes } = cutOffClient(table.client, {});
    await readPath(portsOf(client), { ...moment('seen'), pathId });
    expect(writes()).toBe(0);
    expect(await outcomeOf('seen', pathId)).toEqual(await expectedAfter('seen-whole', [STEPS[1]!]));
  });

  it('is tracked with the next step, also where that is cut off too', async () => {
    const expected = await expectedAfter('thrice', STEPS);
    const { pathId } = await newPath('later');
    await storeOnly('later', pathId, STEPS[0]!);
    await storeOnly('later', pathId, STEPS[1]!);
    await tell(portsOf(), 'later', pathId, STEPS[2]!);
    expect(await outcomeOf('later', pathId)).toEqual(expected);
    const { pathId: never } = await newPath('never');
    for (const step of STEPS) await storeOnly('never', never, step);
    expect(await outcomeOf('never', never)).toEqual(expected);
  });

  it('is left alone where the user was reset since, or allows no tracking', async () => {
    const { pathId } = await newPath('reset');
    await storeOnly('reset', pathId, STEPS[1]!);
    await resetBehaviour(portsOf().tracking.journal, 'reset', NOON + 1);
    await readPath(portsOf(), { ...moment('reset'), pathId });
    expect(await countedOf('reset')).toBe(0);
    const { pathId: silent } = await newPath('silent');
    await storeOnly('silent', silent, STEPS[1]!);
    const privacy = { level: 'standard', consents: NO_CONSENT, optOut: true } as const;
    await profileStore({ ...table, clock: () => NOON }).put({ ...newProfile('silent', NOON), privacy }, 0);
    await tell(portsOf(), 'silent', silent, STEPS[2]!);
    await readPath(portsOf(), { ...moment('silent'), pathId: silent });
    expect(await countedOf('silent')).toBe(0);
  });
});

describe('two steps at once', () => {
  it('are both taken, whichever comes first', async () => {
    const { pathId } = await newPath('two');
    await tell(portsOf(), 'two', pathId, STEPS[1]!);
    const both: Step[] = [
      { moduleId: 'a', status: 'completed', score: 95 },
      { moduleId: 'b', status: 'started', timeSpent: 30 },
    ];
    const answers = await Promise.all(both.map((step) => tell(portsOf(), 'two', pathId, step)));
    expect(answers.map(({ version }) => version).sort()).toEqual([2, 3]);
    expect((await outcomeOf('two', pathId)).modules).toEqual([
      ['a', 'completed', 95],
      ['b', 'started', undefined],
    ]);
  });
});
