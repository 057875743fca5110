import { activityHour } from '../../journal/activity-hour.ts';
import { type HourlyCount, trending } from '../../learn/rankings/trending.ts';
import { signalOf } from '../../profile/fold/signals.ts';
import { inParallel } from '../in-parallel.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';

const HOUR_MS = 3_600_000;
/** The trend's window and the days it is held against. */
const HOURS_READ = 8 * 24;
/** Hours that may still have been growing when they were counted last. */
const HOURS_RECOUNTED = 2;
const CONCURRENCY = 16;

/** What arrived in one hour: `[itemId, hour it occurred in (ms), count]`. */
type ArrivedHour = { hour: string; counts: [itemId: string, occurredIn: number, count: number][] };

const hourStart = (hour: string): number => Date.parse(`${hour}:00:00.000Z`);

type Tally = Map<string, Map<number, number>>;

const count = (tally: Tally, itemId: string, occurredIn: number): void => {
  const hours = tally.get(itemId) ?? new Map<number, number>();
  hours.set(occurredIn, (hours.get(occurredIn) ?? 0) + 1);
  tally.set(itemId, hours);
};

/** Adds what one user's pages of this arrival hour say; walks from the newest page and stops before the hour. */
const countUser = async (
  { journal }: NightPorts,
  userId: string,
  start: number,
  tally: Tally,
): Promise<void> => {
  const pages = journal.pages({ userId, fromSeq: 1, toSeq: Number.MAX_SAFE_INTEGER, order: 'newest first' });
  for await (const page of pages) {
    if (page.recordedAt < start) return;
    if (page.recordedAt >= start + HOUR_MS) continue;
    for (const interaction of page.interactions) {
      const { contentId, occurredAt } = interaction;
      if (!contentId || occurredAt < start - HOURS_READ * HOUR_MS || signalOf(interaction) <= 0) continue;
      count(tally, contentId, Math.floor(occurredAt / HOUR_MS) * HOUR_MS);
    }
  }
};

const countHour = async (ports: NightPorts, hour: string): Promise<ArrivedHour> => {
  const tally: Tally = new Map();
  const users: string[] = [];
  for await (const userId of ports.activity.usersActiveIn(hour)) users.push(userId);
  await inParallel(users, CONCURRENCY, (userId) => countUser(ports, userId, hourStart(hour), tally));
  return {
    hour,
    counts: [...tally].flatMap(([itemId, hours]) =>
      [...hours].map(([occurredIn, total]): [string, number, number] => [itemId, occurredIn, total]),
    ),
  };
};

/** Every hour of the window, newest first; those that were counted when they were over are taken as they are. */
const windowOf = async (ports: NightPorts, now: number): Promise<ArrivedHour[]> => {
  const counted = (await ports.objects.getJson(keys.trending)) as ArrivedHour[] | undefined;
  const known = new Map(counted?.slice(HOURS_RECOUNTED).map((arrived) => [arrived.hour, arrived]));
  const hours = Array.from({ length: HOURS_READ }, (_, age) => activityHour(now - age * HOUR_MS));
  const window: ArrivedHour[] = [];
  for (const hour of hours) window.push(known.get(hour) ?? (await countHour(ports, hour)));
  return window;
};

/**
 * Step `trending`: counts the hours that are not counted yet and ranks what rises. Counting from the journal's pages,
 * not from counters, makes a repeated run give the same ranking; an import of old data is no trend.
 */
export const trendingNow = async (ports: NightPorts, { now }: NightStep) => {
  const window = await windowOf(ports, now);
  await ports.objects.putJson(keys.trending, window);
  const counts = window.flatMap((arrived) =>
    arrived.counts.map(([itemId, hour, total]): HourlyCount => ({ itemId, hour, count: total })),
  );
  const items = trending(counts, now);
  await ports.models.putRanking('trending', { generatedAt: now, items });
  const interactions = counts.reduce((sum, row) => sum + row.count, 0);
  ports.progress('trending', { items: items.length, interactions });
  return { items: items.length, interactions };
};
