const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days lie in the past save the last one, of which this much is over at least. */
const LAST_DAY_MS = HOUR_MS;

export const DAYS = 7;

/** The last seven days, the newest of which is now. */
export type Week = {
  /** "Monday 16 November", as the person's clock has it. */
  title(day: number): string;
  /** The moment so many milliseconds after the person sat down on that day (1 to 7), at `hour` UTC; never in the future. */
  moment(day: number, hour: number, afterMs: number): string;
};

/** `now` in ms, `timezone` of the person. */
export const weekUntil = (now: number, timezone: string): Week => {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: timezone,
  });
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const start = (day: number, hour: number): number =>
    Math.min(today + hour * HOUR_MS, now - LAST_DAY_MS) - (DAYS - day) * DAY_MS;
  return {
    title: (day) => format.format(start(day, 12)).replace(',', ''),
    moment: (day, hour, afterMs) => new Date(Math.min(start(day, hour) + afterMs, now - 1_000)).toISOString(),
  };
};
