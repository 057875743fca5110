import { valueAt } from '../conditions/paths.ts';
import type { RuleData } from '../types.ts';

/** `Z` or an offset: without one it is no moment. */
const MOMENT = /T.*(?:Z|[+-]\d{2}:\d{2})$/;

/** The moment (ms since the epoch) that given data name as `now.iso`; undefined where they name none. */
export const momentOf = (data: RuleData): number | undefined => {
  const iso = valueAt(data, ['now', 'iso']);
  const moment = typeof iso === 'string' && MOMENT.test(iso) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
};

/** The time zone that given data name; undefined where they name none. */
export const zoneOf = (data: RuleData): string | undefined => {
  const zone = valueAt(data, ['user', 'timezone']);
  return typeof zone === 'string' ? zone : undefined;
};

type Named = { readonly name: string; readonly confidence?: unknown };

const isNamed = (segment: unknown): segment is Named => typeof valueAt(segment, ['name']) === 'string';

/**
 * Given data as conditions see them: segments as a profile lists them, `{name, confidence}`, become the names and
 * `confidence.<name>`. Everything else stays as it is.
 */
export const asConditionsSee = (data: RuleData): RuleData => {
  const { segments } = data;
  if (!Array.isArray(segments) || segments.length === 0 || !segments.every(isNamed)) return data;
  const confidence = Object.fromEntries(segments.map((segment) => [segment.name, segment.confidence]));
  return { confidence, ...data, segments: segments.map(({ name }) => name) };
};
