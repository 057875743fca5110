const HOURS = 24;
/** Below this length of the mean direction, times are spread over the day and have no usual hour. */
const LEAST_FOCUS = 0.5;

/** Tells the hour of the day (0-23) of a moment (ms since the epoch) in an IANA time zone. Throws `RangeError` for an unknown one. */
export const hourIn = (timezone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, hour: '2-digit', hourCycle: 'h23' });
  return (at) => Number(format.format(at));
};

/**
 * The hour around which hours of the day lie: their circular mean (Mardia & Jupp 2000, chapter 2), so that 23 and 1 have 0
 * between them. Null where there are none, or where they are spread over the day (mean resultant length below .5).
 */
export const usualHour = (hours: readonly number[]): number | null => {
  let [east, north] = [0, 0];
  for (const hour of hours) {
    const angle = (2 * Math.PI * hour) / HOURS;
    east += Math.cos(angle);
    north += Math.sin(angle);
  }
  if (hours.length === 0 || Math.hypot(east, north) / hours.length < LEAST_FOCUS) return null;
  const mean = Math.round((Math.atan2(north, east) * HOURS) / (2 * Math.PI));
  return (mean + HOURS) % HOURS;
};
