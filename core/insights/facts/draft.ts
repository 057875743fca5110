import type { Fact, FactKind } from './types.ts';

/** A fact before it has its number. */
export type FactDraft = Omit<Fact, 'id'>;

type Parts = Partial<Pick<FactDraft, 'names' | 'words' | 'numbers' | 'dates'>>;

/** A fact of a kind; parts that are not given are empty. */
export const draft = (kind: FactKind, says: string, parts: Parts = {}): FactDraft => ({
  kind,
  says,
  names: parts.names ?? {},
  words: parts.words ?? {},
  numbers: parts.numbers ?? {},
  dates: parts.dates ?? {},
});

/** Facts with their ids: the kind and a number that counts from 1 in each kind. */
export const numbered = (drafts: readonly FactDraft[]): Fact[] => {
  const counts = new Map<FactKind, number>();
  return drafts.map((fact) => {
    const number = (counts.get(fact.kind) ?? 0) + 1;
    counts.set(fact.kind, number);
    return { id: `${fact.kind}${number}`, ...fact };
  });
};
