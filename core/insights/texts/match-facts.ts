import type { FactPattern, Match } from '../../domains/types.ts';
import type { Fact, FactKind, FactSheet } from '../facts/types.ts';

/** The facts of a sheet by kind, each kind in the order of the sheet. */
export type FactIndex = ReadonlyMap<FactKind, readonly Fact[]>;

export const indexFacts = ({ facts }: Pick<FactSheet, 'facts'>): FactIndex => {
  const index = new Map<FactKind, Fact[]>();
  for (const fact of facts) {
    const sameKind = index.get(fact.kind);
    if (sameKind) sameKind.push(fact);
    else index.set(fact.kind, [fact]);
  }
  return index;
};

const own = <T>(record: Readonly<Record<string, T>>, field: string): T | undefined =>
  Object.hasOwn(record, field) ? record[field] : undefined;

/** What a field of a fact holds; undefined where the fact has no such field. */
export const fieldOf = (fact: Fact, field: string): string | number | undefined =>
  own(fact.numbers, field) ?? own(fact.words, field) ?? own(fact.names, field) ?? own(fact.dates, field);

const isList = (match: Match): match is readonly string[] => Array.isArray(match);

/** A missing field matches nothing; a range without ends matches whatever is there. */
const fits = (held: string | number | undefined, match: Match): boolean => {
  if (held === undefined) return false;
  if (typeof match !== 'object') return held === match;
  if (isList(match)) return typeof held === 'string' && match.includes(held);
  if (match.min === undefined && match.max === undefined) return true;
  return typeof held === 'number' && held >= (match.min ?? -Infinity) && held <= (match.max ?? Infinity);
};

/** Whether a fact is of the pattern's kind and all fields named in `where` are as it says. Words are compared exactly. */
export const matchesPattern = (fact: Fact, { kind, where }: FactPattern): boolean => {
  if (fact.kind !== kind) return false;
  for (const field in where) if (!fits(fieldOf(fact, field), where[field]!)) return false;
  return true;
};

/** The first fact of the sheet that matches. */
export const firstMatch = (index: FactIndex, pattern: FactPattern): Fact | undefined =>
  index.get(pattern.kind)?.find((fact) => matchesPattern(fact, pattern));

/** True where none of the patterns finds a fact. */
export const noneMatches = (index: FactIndex, patterns: readonly FactPattern[] = []): boolean =>
  !patterns.some((pattern) => firstMatch(index, pattern));
