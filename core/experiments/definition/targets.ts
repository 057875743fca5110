import type { ExperimentBody } from '../types.ts';

/**
 * Where the arms of an experiment are shown: `config` is the configuration and its flags, `recommendations` the recommended
 * lists, `homepage` the hero of the homepage. Who is asked there is counted as having seen an arm, and nobody else.
 */
export type ExperimentTarget = 'config' | 'recommendations' | 'homepage';

/** Parts of a payload that a place of their own shows; everything else comes with the config. */
const OWN_PLACE: Readonly<Record<string, ExperimentTarget>> = {
  recommendations: 'recommendations',
  homepage: 'homepage',
};

/**
 * The places where the arms of an experiment differ, by what the payloads of all of them hold together (so that a control without
 * any is seen where the others are): recommendations for `payload.recommendations`, the homepage for `payload.homepage`, the config for everything else. An
 * experiment without payloads is one of the application's own, which asks the config, a flag or the assignment for its arm.
 */
export const targetsOf = ({ variants }: Pick<ExperimentBody, 'variants'>): ReadonlySet<ExperimentTarget> => {
  const parts = variants.flatMap(({ payload = {} }) => Object.keys(payload));
  const placeOf = (part: string): ExperimentTarget =>
    Object.hasOwn(OWN_PLACE, part) ? (OWN_PLACE[part] ?? 'config') : 'config';
  return new Set(parts.length === 0 ? ['config'] : parts.map(placeOf));
};
