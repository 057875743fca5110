const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const DAILY = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/;

const nextDaily = (minute: number, hour: number, now: number): number => {
  const today = new Date(now).setUTCHours(hour, minute, 0, 0);
  return today > now ? today : today + 86_400_000;
};

/**
 * When a schedule is due next, in milliseconds since the epoch. Reads the two forms of EventBridge Scheduler that
 * `contracts/nights.ts` uses: `rate(1 hour)`, counted from now, and a daily `cron(M H * * ? *)` in UTC.
 * @throws Error for any other form.
 */
export const nextRun = (schedule: string, now: number): number => {
  const rate = RATE.exec(schedule);
  if (rate) return now + Number(rate[1]) * (UNIT_MS[rate[2] ?? ''] ?? 0);
  const daily = DAILY.exec(schedule);
  if (daily) return nextDaily(Number(daily[1]), Number(daily[2]), now);
  throw new Error(`The local server cannot read the schedule "${schedule}"`);
};
