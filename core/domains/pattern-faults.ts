import { FACT_FIELDS, type FactKind } from '../insights/facts/types.ts';
import { FACT_WORDS, fieldNames, fieldType } from './fact-words.ts';
import type { EntryFault } from './fault.ts';
import type { KnownNames } from './known-names.ts';
import { isMetric } from './metrics.ts';
import type { FactPattern, Match } from './types.ts';

export const isFactKind = (kind: string): kind is FactKind => Object.hasOwn(FACT_FIELDS, kind);

/** The words that a match allows; none where it is a number or a range. */
export const wordsOf = (match: Match): readonly string[] => {
  if (typeof match === 'string') return [match];
  return Array.isArray(match) ? match : [];
};

/** `{}`: whatever is there. */
const isAnything = (match: Match): boolean =>
  typeof match === 'object' && !('length' in match) && match.min === undefined && match.max === undefined;

const rangeFault = (match: Match): string | undefined => {
  if (typeof match === 'number') return undefined;
  if (typeof match === 'string' || 'length' in match)
    return 'is a number: it is matched by one or by a range';
  return (match.min ?? -Infinity) > (match.max ?? Infinity) ? 'has a min above its max' : undefined;
};

const wordFault = (match: Match, allowed: readonly string[] | undefined): string | undefined => {
  const words = wordsOf(match);
  if (words.length === 0) return 'is a word: it is matched by one or by a list';
  const wrong = allowed && words.find((word) => !allowed.includes(word));
  return wrong === undefined ? undefined : `is never "${wrong}", but ${allowed?.join(', ')}`;
};

/** Names that the domain itself gives; other names are open. */
const nameFault = (field: string, match: Match, known: KnownNames): string | undefined => {
  const words = wordsOf(match);
  if (words.length === 0) return 'is a name: it is matched by one or by a list';
  if (field === 'contentType') return absent(words, known.contentTypes, 'content type');
  if (field === 'page') return absent(words, known.pages, 'page');
  const metric = field === 'metric' && words.find((word) => !isMetric(word, known.metrics));
  return metric ? `"${metric}" is no metric of this domain` : undefined;
};

const absent = (words: readonly string[], known: ReadonlySet<string>, what: string): string | undefined => {
  const wrong = words.find((word) => !known.has(word));
  return wrong === undefined ? undefined : `"${wrong}" is no ${what} of this domain`;
};

const matchFault = (kind: FactKind, field: string, match: Match, known: KnownNames): string | undefined => {
  const type = fieldType(kind, field);
  if (type === undefined)
    return `is no field of "${kind}", which has ${fieldNames(kind).join(', ') || 'none'}`;
  if (isAnything(match)) return undefined;
  if (type === 'date') return 'is a date: ask for it with {}, or match daysLeft';
  if (type === 'number') return rangeFault(match);
  return type === 'word' ? wordFault(match, FACT_WORDS[kind]?.[field]) : nameFault(field, match, known);
};

/** What is wrong with a pattern of facts that stands at `path`. */
export const patternFaults = (path: string, pattern: FactPattern, known: KnownNames): EntryFault[] => {
  const { kind, where = {} } = pattern;
  if (!isFactKind(kind)) {
    const message = `"${kind}" is no kind of facts: ${Object.keys(FACT_FIELDS).join(', ')}`;
    return [{ path: `${path}.kind`, message }];
  }
  return Object.entries(where).flatMap(([field, match]) => {
    const message = matchFault(kind, field, match, known);
    return message === undefined ? [] : [{ path: `${path}.where.${field}`, message }];
  });
};

/** Faults of a list of patterns, and of kinds in it that can never be there. */
export const patternsFaults = (
  path: string,
  patterns: readonly FactPattern[] | undefined,
  known: KnownNames,
  never: readonly FactKind[],
): EntryFault[] =>
  (patterns ?? []).flatMap((pattern, index) => [
    ...patternFaults(`${path}.${index}`, pattern, known),
    ...neverThere(`${path}.${index}`, pattern, never),
  ]);

/** A fact that is known elsewhere only. */
export const neverThere = (path: string, { kind }: FactPattern, never: readonly FactKind[]): EntryFault[] =>
  never.includes(kind) ? [{ path: `${path}.kind`, message: `"${kind}" is not known here` }] : [];
