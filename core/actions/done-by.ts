import type { DoneBy } from '../domains/types.ts';
import { type Behaviour, LIMITS, type RecentEntry } from '../profile/behaviour.ts';
import { featureCount, typeCount } from '../profile/fold/tallies.ts';
import { actionName } from '../workflow/actions.ts';

/** A clock may be so far behind or ahead of the engine's (as in core/tracking/normalise.ts). */
export const CLOCK_SKEW_MS = 5 * 60_000;

const contentTypeCount = ({ contentTypes }: Behaviour, contentType: string): number =>
  contentTypes.find(([name]) => name === contentType)?.[1] ?? 0;

/**
 * How often the action was done: how often the interaction was counted that shows it. Counts are kept for types, features and content
 * types each, so that where several are named, it is the fewest of them: at most so often were all true at once.
 */
export const doneCount = (behaviour: Behaviour, { type, feature, contentType }: DoneBy): number => {
  const counts: number[] = [];
  if (type !== undefined) counts.push(typeCount(behaviour, type));
  if (feature !== undefined) counts.push(featureCount(behaviour, feature));
  if (contentType !== undefined) counts.push(contentTypeCount(behaviour, contentType));
  return counts.length === 0 ? 0 : Math.min(...counts);
};

const named = (wanted: string | undefined, is: string): boolean => wanted === undefined || wanted === is;

/** Whether a recent interaction shows the action done: all that `doneBy` names is so. */
export const shows = ([, , type, , contentType, feature]: RecentEntry, doneBy: DoneBy): boolean =>
  named(doneBy.type, type) && named(doneBy.contentType, contentType) && named(doneBy.feature, feature);

/** When the action was done last (ms since the epoch), by what the recent interactions show, whenever it was told; undefined where they show none. */
export const lastDone = ({ recent }: Pick<Behaviour, 'recent'>, doneBy: DoneBy): number | undefined =>
  recent.reduce<number | undefined>(
    (last, entry) => (shows(entry, doneBy) ? Math.max(entry[0], last ?? entry[0]) : last),
    undefined,
  );

/** What the action is called in sequences of actions (core/workflow/actions.ts); undefined where `doneBy` leaves that open. */
export const doneName = ({ type, feature, contentType }: DoneBy): string | undefined =>
  feature === undefined && type === undefined
    ? undefined
    : actionName({ type: type ?? '', feature, contentType });

/** True where everything since `at` is among the recent interactions. */
const recentSince = ({ recent }: Behaviour, at: number): boolean =>
  recent.length < LIMITS.recent || (recent[LIMITS.recent - 1]?.[0] ?? 0) < at;

const namesSeveral = (doneBy: DoneBy): boolean =>
  Object.values(doneBy).filter((name) => name !== undefined).length > 1;

/** When an offer stood (ms since the epoch), and what was counted when it began. */
export type OfferWindow = { readonly from: number; readonly to: number; readonly before: number };

/**
 * Whether the action was done while its offer stood. The count must have risen; what recent interactions show to have come after the
 * window does not count. Where `doneBy` names several things, the recent interactions decide, as far back as they reach; beyond
 * them the risen counts of all of them are taken for it.
 */
export const doneWithin = (
  behaviour: Behaviour,
  doneBy: DoneBy,
  { from, to, before }: OfferWindow,
): boolean => {
  const risen = doneCount(behaviour, doneBy) - before;
  if (risen <= 0) return false;
  const seen = behaviour.recent.filter((entry) => shows(entry, doneBy));
  if (seen.some(([at]) => at >= from - CLOCK_SKEW_MS && at <= to)) return true;
  if (namesSeveral(doneBy) && recentSince(behaviour, from)) return false;
  return risen > seen.filter(([at]) => at > to).length;
};
