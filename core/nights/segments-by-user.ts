import { emptyBehaviour } from '../profile/behaviour.ts';
import { newProfile } from '../profile/stored-profile.ts';
import { dominantSegment } from '../segments/segments-of.ts';
import { inParallel } from './in-parallel.ts';
import { type ExportUser, keys, type NightPorts } from './ports.ts';

/** Segments are read of at most this many of the most recently active users: favourites need no more. */
const SAMPLED_USERS = 5_000;
const CONCURRENCY = 16;

/** Every user of a run's export, most recently active first. */
export const exportedUsers = async ({ objects }: NightPorts, runId: string): Promise<ExportUser[]> => {
  const users: ExportUser[] = [];
  for (const key of await objects.list(keys.users(runId))) {
    for await (const line of objects.readJsonLines(key)) users.push(line as ExportUser);
  }
  return users.sort((a, b) => b.t - a.t || a.u.localeCompare(b.u));
};

/** The dominant named segment of a run's most recently active users. */
export const segmentsByUser = async (
  ports: NightPorts,
  runId: string,
  now: number,
): Promise<ReadonlyMap<string, string>> => {
  const segments = new Map<string, string>();
  const users = (await exportedUsers(ports, runId)).slice(0, SAMPLED_USERS);
  await inParallel(users, CONCURRENCY, async ({ u }) => {
    const { profile, journal } = await ports.users.load(u, { parts: 'head', consistent: false, now });
    const segment = dominantSegment(
      profile ?? newProfile(u, now),
      journal.behaviour ?? emptyBehaviour(),
      now,
    );
    if (segment) segments.set(u, segment);
  });
  return segments;
};
