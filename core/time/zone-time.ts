type ToWallClock = (at: number) => number;

/** Names of zones come from profiles: more than exist are not kept. */
const MOST_ZONES = 600;
const formatters = new Map<string, ToWallClock>();

const formatIn = (timezone: string): Intl.DateTimeFormat => {
  const options = { hourCycle: 'h23', calendar: 'iso8601', numberingSystem: 'latn' } as const;
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
  const all = { ...options, ...fields, minute: 'numeric', second: 'numeric', timeZone: timezone } as const;
  return new Intl.DateTimeFormat('en', all);
};

const makeWallClock = (timezone: string): ToWallClock => {
  const format = formatIn(timezone);
  return (at) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts as Record<string, number> & Wall;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
  };
};

type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/**
 * What the clocks of an IANA zone show at a moment: both in ms since the epoch, the clock's as if it were UTC. An unknown
 * zone is UTC.
 */
export const wallClockIn = (timezone: string): ToWallClock => {
  const known = formatters.get(timezone);
  if (known) return known;
  try {
    const made = makeWallClock(timezone);
    if (formatters.size >= MOST_ZONES) formatters.clear();
    formatters.set(timezone, made);
    return made;
  } catch {
    return (at) => at;
  }
};

const DAY = 86_400_000;

/**
 * The moment at which the clocks of a zone show `wall`. Of the two moments of a time that is repeated in autumn the first; a time that
 * is skipped in spring is as far after the gap as it says (Temporal's `compatible`).
 */
export const momentOf = (wall: number, timezone: string): number => {
  const wallClock = wallClockIn(timezone);
  const offsetAt = (at: number): number => wallClock(at) - at;
  const [before, after] = [wall - offsetAt(wall - DAY), wall - offsetAt(wall + DAY)];
  if (wallClock(before) === wall) return before;
  return wallClock(after) === wall ? after : before;
};
