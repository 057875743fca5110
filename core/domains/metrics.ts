/** Metrics that the engine counts by itself, whatever the product (core/goals/read-metric.ts; `streak`: days in a row, core/achievements/measure.ts). */
export const OWN_METRICS = [
  'sessions',
  'interactions',
  'features',
  'streak',
  'streak:longest',
  'skills',
  'master_skill',
  'modules',
  'paths',
] as const;

const PREFIXES = ['feature:', 'value:', 'mastery:'];

/** Whether a metric can be counted in a domain that names these metrics and interaction types. */
export const isMetric = (metric: string, named: ReadonlySet<string>): boolean =>
  named.has(metric) ||
  OWN_METRICS.some((own) => own === metric) ||
  PREFIXES.some((prefix) => metric.startsWith(prefix) && metric.length > prefix.length);
