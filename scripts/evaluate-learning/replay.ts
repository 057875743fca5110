import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, connect } from '../../bench/live/api.ts';
import {
  bytesBelow,
  endOfLog,
  failedDeliveries,
  type ServerProcess,
  startServerProcess,
} from '../../bench/live/server-process.ts';
import { shuffled } from '../../core/learn/users/folds.ts';
import { skillViews } from '../../core/learning/learner/skill-views.ts';
import { emptyBehaviour } from '../../core/profile/behaviour.ts';
import { DAY_MS } from '../../core/profile/fold/decay.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import type { Interaction } from '../../core/profile/types.ts';
import { rounded } from '../../core/profile/view/curves.ts';
import type { Progress } from '../evaluate/run.ts';
import type { Enrolment } from './enrolments.ts';
import { interactionsOf } from './interactions-of.ts';

/** Presentations last 234 to 269 days. */
const LONGEST = 270;
const BATCH = 5_000;
const CONNECTIONS = 2;
const POLL_MS = 500;

/** Mastery of the view is rounded to three digits; the clocks of server and script differ by moments. */
const TOLERANCE = 0.0011;

type Replayed = { readonly userId: string; readonly interactions: readonly Interaction[] };

/** All enrolments with submissions, as of a presentation that ended today. What came after its end comes on its last day. */
const replayedOf = (enrolments: readonly Enrolment[], now: number): Replayed[] => {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const startOf = (day: number): number => today - (LONGEST + 1 - Math.min(day, LONGEST)) * DAY_MS;
  return enrolments
    .filter(({ submissions }) => submissions.length > 0)
    .map((enrolment) => ({ userId: enrolment.userId, interactions: interactionsOf(enrolment, startOf) }));
};

const wireOf = ({ receivedAt: _, occurredAt, ...interaction }: Interaction) => ({
  ...interaction,
  occurredAt: new Date(occurredAt).toISOString(),
});

/** Users stay together: a batch ends before the first one that would make it too long. */
const batchesOf = (users: readonly Replayed[]): Interaction[][] => {
  const batches: Interaction[][] = [[]];
  for (const { interactions } of users) {
    if ((batches.at(-1)?.length ?? 0) + interactions.length > BATCH) batches.push([]);
    batches.at(-1)?.push(...interactions);
  }
  return batches;
};

type BulkAnswer = { readonly accepted: number; readonly rejected: readonly unknown[] };

const send = async (api: Api, users: readonly Replayed[], progress: Progress): Promise<BulkAnswer> => {
  const batches = batchesOf(users);
  const rejected: unknown[] = [];
  let accepted = 0;
  for (const [index, batch] of batches.entries()) {
    const { text } = await api.ask('POST', '/personalization/track-interactions', {
      interactions: batch.map(wireOf),
    });
    const answer = JSON.parse(text) as BulkAnswer;
    accepted += answer.accepted;
    rejected.push(...answer.rejected);
    progress('sending', index + 1, batches.length);
  }
  return { accepted, rejected };
};

type Depth = { readonly waiting: number; readonly inFlight: number; readonly deadLetters: number };

const drain = async (api: Api, progress: Progress): Promise<void> => {
  let most = 0;
  for (;;) {
    const depth = JSON.parse((await api.ask('GET', '/local/queue')).text) as Depth;
    if (depth.deadLetters > 0) throw new Error(`${depth.deadLetters} messages could not be folded`);
    const left = depth.waiting + depth.inFlight;
    if (left === 0) return;
    most = Math.max(most, left);
    progress('folding', most - left, most);
    await delay(POLL_MS);
  }
};

type SkillOfProfile = { readonly topic: string; readonly mastery: number; readonly results: number };

const skillsOver = async (api: Api, userId: string): Promise<readonly SkillOfProfile[]> => {
  const { text } = await api.ask('GET', `/personalization/profile/${userId}`);
  const { learner } = JSON.parse(text) as { learner?: { skills: readonly SkillOfProfile[] } };
  return learner?.skills ?? [];
};

const skillsOf = ({ interactions }: Replayed, now: number): readonly SkillOfProfile[] =>
  skillViews(
    foldInteractions(
      emptyBehaviour(),
      interactions.map((interaction) => ({ ...interaction, firstOfSession: false })),
    ),
    now,
  );

/** Largest difference of mastery; 1 where topics or numbers of results differ. */
const differenceOf = (a: readonly SkillOfProfile[], b: readonly SkillOfProfile[]): number =>
  a.length === b.length
    ? a.reduce((most, { topic, mastery, results }, at) => {
        const other = b[at];
        const same = other?.topic === topic && other.results === results;
        return Math.max(most, same ? Math.abs(other.mastery - mastery) : 1);
      }, 0)
    : 1;

/** Reads users back over HTTP and compares them with the pure fold of the same interactions. */
const compare = async (api: Api, users: readonly Replayed[], { count, seed }: Compared) => {
  const chosen = Array.from(shuffled(users.length, seed).subarray(0, count), (at) => users[at]).filter(
    (user) => user !== undefined,
  );
  const differences: number[] = [];
  for (const user of chosen)
    differences.push(differenceOf(await skillsOver(api, user.userId), skillsOf(user, Date.now())));
  return {
    users: chosen.length,
    equal: differences.filter((difference) => difference <= TOLERANCE).length,
    largestDifference: rounded(Math.max(0, ...differences), 4),
  };
};

type Compared = { readonly count: number; readonly seed: number };

const onServer = async <T>(work: (api: Api, server: ServerProcess, dataDir: string) => Promise<T>) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'attune-oulad-'));
  const server = await startServerProcess(dataDir);
  try {
    const api = await connect(server, CONNECTIONS);
    return await work(api, server, dataDir).finally(() => api.client.close());
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${endOfLog(dataDir)}`);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const seconds = (from: number, to: number): number => rounded((to - from) / 1000, 1);

/**
 * Sends every submission to a fresh local server through the bulk endpoint, waits until all of them are folded, and reads users back.
 */
export const replay = (enrolments: readonly Enrolment[], compared: Compared, progress: Progress) =>
  onServer(async (api, server, dataDir) => {
    const users = replayedOf(enrolments, Date.now());
    const began = performance.now();
    const { accepted, rejected } = await send(api, users, progress);
    const sent = performance.now();
    await drain(api, progress);
    const folded = performance.now();
    const readBack = await compare(api, users, compared);
    return {
      users: users.length,
      submissions: users.reduce((sum, { interactions }) => sum + interactions.length, 0),
      accepted,
      rejected: rejected.length,
      failedDeliveries: failedDeliveries(dataDir),
      readBack,
      seconds: {
        start: rounded(server.startSeconds, 1),
        sending: seconds(began, sent),
        folding: seconds(sent, folded),
        reading: seconds(folded, performance.now()),
      },
      perSecond: Math.round(accepted / ((folded - began) / 1000)),
      megabytes: {
        data: rounded(bytesBelow(dataDir) / 1e6, 1),
        memory: rounded((server.peakMemory() ?? Number.NaN) / 1e6, 0) || null,
      },
    };
  });
