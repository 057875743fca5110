import type { RulePerformance } from './rule-performance.ts';

const iso = (time: number): string => new Date(time).toISOString();
/** A moment (ms) in ISO 8601, or null. */
export const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time));

/** A rule's figures in the contract's words. */
export const performanceAnswer = <P extends RulePerformance>(performance: P) => ({
  ...performance,
  period: { from: iso(performance.period.from), to: iso(performance.period.to) },
  asOf: isoOrNull(performance.asOf),
});
