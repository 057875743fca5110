import { nameHash } from '../profile/fold/name-hash.ts';
import type { Experiment, ExperimentBody } from './types.ts';

/** What the buckets of an experiment are drawn with; another one begins a new round. */
export const seedOf = ({ seed, key }: Pick<ExperimentBody, 'seed' | 'key'>): string => seed ?? key;

/**
 * Short name (at most 11 letters and digits: 48 bits) of one experiment and its seed. Arms and outcomes are stored under it: a new seed
 * is a new line, so that a new round draws everybody anew and counts from zero.
 */
export const lineOf = (experimentId: string, seed: string): string => {
  const text = `${experimentId}\n${seed}`;
  return (nameHash(text) * 0x10000 + (nameHash(text, 1) >>> 16)).toString(36);
};

/** The line of an experiment's present round. */
export const lineOfRound = ({ id, body }: Pick<Experiment, 'id' | 'body'>): string =>
  lineOf(id, seedOf(body));

/** True where an earlier version that was no draft was drawn by this seed: its rows and arms would come back. */
export const isUsedSeed = (
  versions: readonly { readonly body: ExperimentBody | null }[],
  seed: string,
): boolean => versions.some(({ body }) => body !== null && body.status !== 'draft' && seedOf(body) === seed);
