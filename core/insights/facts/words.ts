import type { ContentTypeDefinition, Domain, MetricDefinition } from '../../domains/types.ts';
import { offsetMinutes } from '../../time/local-time.ts';

/** Longest name in a fact, in characters (code points). */
export const LONGEST_NAME = 120;
/** Longer texts are cut before anything looks at them. */
const LOOKED_AT = 2_000;

const UNWANTED = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const EMAIL = /[^\s@<>()[\]"',;]{1,64}@[^\s@<>()[\]"',;]{1,255}/gu;

const cut = (text: string, longest: number): string => {
  const points = [...text];
  return points.length <= longest ? text : `${points.slice(0, longest - 1).join('')}…`;
};

/**
 * A text of a user or an application as facts hold it: one line, without control characters, marks that turn the direction of writing
 * and e-mail addresses, cut to so many characters. Empty where nothing is left.
 */
export const cleaned = (text: string, longest = LONGEST_NAME): string => {
  const line = text.slice(0, LOOKED_AT).replace(UNWANTED, ' ').replace(EMAIL, '(address)');
  return cut(line.replace(/\s+/gu, ' ').trim(), longest);
};

/** `3 days`, `1 day` */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** `3 days ago`; `within a day` of less than one. */
export const ago = (count: number, one: 'day' | 'hour'): string =>
  count === 0 ? `within ${one === 'day' ? 'a day' : 'the hour'}` : `${plural(count, one)} ago`;

const withSpaces = (name: string): string => name.replaceAll(/[_:]+/g, ' ').trim();

/** `view course`; what the verb says already is not said again: `call lead` of `call lead` and `lead`. */
export const withObject = (verb: string, object: string): string =>
  object === '' || ` ${verb} `.includes(` ${object} `) ? verb : `${verb} ${object}`.trim();

/** A name of a type or an action as people write it: `view course` of `view:course`, `call lead` of `call_lead:lead`. */
export const spoken = (name: string): string => {
  const [type = '', ...object] = name.split(':');
  return withObject(withSpaces(type), withSpaces(object.join(':')));
};

/** Names that applications give (`add_to_cart`, `view:course`), not those that people write. */
export const isIdentifier = (name: string): boolean => /^[a-z][a-z0-9]*([_:][a-z0-9]+)+$/.test(name);

/** A share (0-1) in whole percent. */
export const percentOf = (share: number): number => Math.round(100 * share) + 0;

/** How the product calls a type of content; of an unknown type its name, in words. */
export const contentTypeWords = (domain: Domain, type: string): Omit<ContentTypeDefinition, 'type'> =>
  domain.contentTypes.find((known) => known.type === type) ?? { one: spoken(type), many: spoken(type) };

/** Goals name metrics as people write them ("Publish Listing"), interactions are of types in lower-case snake. */
export const snake = (metric: string): string =>
  metric
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** How the product calls what a metric counts; undefined where it has no words for it. */
export const metricWords = (domain: Domain, metric: string): MetricDefinition | undefined =>
  domain.metrics.find((known) => known.metric === metric) ??
  domain.metrics.find((known) => snake(known.metric) === snake(metric));

/** The metric by the name that the product gives it, else as interactions have it; one with a prefix (`feature:Search`) as it is. */
export const metricName = (domain: Domain, metric: string): string =>
  metricWords(domain, metric)?.metric ?? (metric.includes(':') ? metric : snake(metric));

const DAY_MS = 86_400_000;

/** Whole days from a moment until now; 0 for one that is to come. */
export const daysSince = (at: number, now: number): number => Math.floor(Math.max(0, now - at) / DAY_MS);

/** The day on the calendar of a zone, in days since the epoch. */
export const calendarDay = (at: number, timezone: string): number =>
  Math.floor((at + 60_000 * offsetMinutes(timezone, at)) / DAY_MS);

/** `2026-12-01` */
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
