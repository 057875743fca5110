import type { Change } from '../../definitions/types.ts';
import type { Verdict } from '../results/types.ts';
import type { Experiment, ExperimentBody } from '../types.ts';
import type { AnnouncePorts } from './ports.ts';
import { statusEvents } from './status-events.ts';
import { type Announced, nothingAnnounced } from './types.ts';

/** Changes that one announcement catches up with; a longer gap is told from its newest part. */
const MOST_BEHIND = 100;

/** The changes that were not told yet, oldest first. */
const untold = async (
  { experiments }: AnnouncePorts,
  newest: Change<ExperimentBody>,
  told: Announced,
): Promise<readonly Change<ExperimentBody>[]> => {
  const behind = newest.version - told.version;
  if (behind <= 1) return behind === 1 ? [newest] : [];
  const limit = Math.min(behind, MOST_BEHIND);
  const found = await experiments.versions(newest.id, { limit, below: newest.version + 1 });
  return found.reverse();
};

/**
 * Tells of every change of an experiment's status up to `newest` that was not told yet, then notes how far it got. A crash between
 * the two tells again, under the same event ids; nothing is told twice otherwise. Answers what is told then.
 */
export const announceStatus = async (
  ports: AnnouncePorts,
  newest: Change<ExperimentBody>,
  known?: Announced,
): Promise<Announced> => {
  const told = known ?? (await ports.announcements.get(newest.id)) ?? nothingAnnounced;
  const changes = await untold(ports, newest, told);
  if (changes.length === 0) return told;
  const { events, announced } = statusEvents(changes, told);
  if (events.length > 0) await ports.events.publish(events);
  const next = { ...announced, rev: told.rev + 1 };
  const isNoted = await ports.announcements.put(newest.id, next, told.rev);
  return isNoted ? next : ((await ports.announcements.get(newest.id)) ?? next);
};

/** A verdict with its reason, about one round. */
export type Judged = {
  readonly line: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** ms since the epoch */
  readonly at: number;
  readonly by: string;
};

const FIRST: Verdict = 'keep running';

/** Tells of a verdict where it is another one than was told last; every round begins with `keep running`, which is no news. */
export const announceVerdict = async (
  { announcements, events }: AnnouncePorts,
  { id, body }: Experiment,
  { line, verdict, reason, at, by }: Judged,
  told: Announced,
): Promise<void> => {
  const from = told.verdict?.line === line ? told.verdict.verdict : FIRST;
  if (from === verdict) return;
  const about = { experimentId: id, key: body.key, from, to: verdict, reason, by, at };
  const rev = told.rev + 1;
  // Named by the note that will follow: told again after a crash it is the same event.
  await events.publish([{ id: `${line}#${rev}`, type: 'ExperimentVerdict', ...about }]);
  await announcements.put(id, { ...told, verdict: { line, verdict }, rev }, told.rev);
};

/**
 * A change that an administrator made, once it is told. That it could not be told does not undo it: `lost` hears of it, and the
 * hourly evaluation tells it.
 */
export const announcing = async <Made extends Change<ExperimentBody>>(
  ports: AnnouncePorts & { readonly lost: (error: unknown) => void },
  change: Promise<Made>,
): Promise<Made> => {
  const made = await change;
  await announceStatus(ports, made).catch(ports.lost);
  return made;
};
