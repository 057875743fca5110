import { factMeaning } from '../facts/fact-hash.ts';
import type { FactSheet } from '../facts/types.ts';
import { claimsIn } from '../generate/claims-in.ts';
import type { StoredText } from '../ports.ts';

/** Whether something that rests on these facts (ids as they were when it was written) is still so. */
export type StillSo = (facts: readonly string[]) => boolean;

/** The id that a fact of a kept text has now: facts move up and down, and another one may go by the old id. */
export type IdNow = (id: string) => string;

/** Ids of facts of the same meaning in the sheet of now; what is not there any more keeps its own. */
export const idsNow = ({ means }: Pick<StoredText, 'means'>, { facts }: FactSheet): IdNow => {
  const byMeaning = new Map(facts.map((fact) => [factMeaning(fact), fact.id]));
  return (id) => {
    const meaning = means[id];
    if (!meaning) return id;
    const isSame = facts.some((fact) => fact.id === id && factMeaning(fact) === meaning);
    return isSame ? id : (byMeaning.get(meaning) ?? id);
  };
};

/** A kept text beside the facts of now: a claim is so while every fact that it cites is known with the same meaning, whatever its id. */
export const stillSo = ({ means }: Pick<StoredText, 'means'>, { facts }: FactSheet): StillSo => {
  const known = new Set(facts.map(factMeaning));
  const holds = (id: string): boolean => means[id] === '' || known.has(means[id] ?? 'none');
  return (ids) => ids.every(holds);
};

/** The share of a text's claims that are still so, 0-1. */
export const shareStillSo = (text: StoredText, isSo: StillSo): number => {
  const claims = claimsIn(text.answer);
  return claims.length === 0 ? 0 : claims.filter(({ facts }) => isSo(facts)).length / claims.length;
};
