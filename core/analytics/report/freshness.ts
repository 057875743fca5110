const HOW =
  'The job aggregate runs every night before midnight UTC; on the local server POST /local/run/aggregate runs it now';

/** The job runs once a day; a few hours are its delay and its run. */
const STALE_AFTER_MS = 30 * 3_600_000;

/** Why a report is missing or old, in words; undefined for a fresh one. */
export const reasonOf = (report: { readonly asOf: number } | undefined, now: number): string | undefined => {
  if (report === undefined) return `Nothing is aggregated yet. ${HOW}`;
  if (now - report.asOf <= STALE_AFTER_MS) return undefined;
  return `The last aggregation was at ${new Date(report.asOf).toISOString()}; what came later is not in it. ${HOW}`;
};
