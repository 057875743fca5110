import { NotFound } from '../errors.ts';
import { type DefinitionKind, isInForce } from './definition-kind.ts';
import type { Change, Defined } from './types.ts';

type Reading<Body> = Pick<DefinitionKind<Body>, 'store' | 'word'>;

/** One definition. Throws `NotFound` where it is not in force. */
export const getDefinition = async <Body>(
  { store, word }: Reading<Body>,
  id: string,
): Promise<Defined<Body>> => {
  const newest = await store.get(id);
  if (!newest || !isInForce(newest)) throw new NotFound(`There is no ${word} "${id}"`);
  return newest;
};

/**
 * Versions of one definition, newest first, also of one that was deleted; `next` is where the following page begins, null
 * at the end. Throws `NotFound` where there never was one.
 */
export const listVersions = async <Body>(
  { store, word }: Reading<Body>,
  id: string,
  { limit, below }: { readonly limit: number; readonly below?: number },
): Promise<{ readonly versions: Change<Body>[]; readonly next: number | null }> => {
  const found = await store.versions(id, { limit: limit + 1, below });
  if (found.length === 0 && below === undefined) throw new NotFound(`There is no ${word} "${id}"`);
  const versions = found.slice(0, limit);
  return { versions, next: found.length > limit ? (versions.at(-1)?.version ?? null) : null };
};
