import type { CompiledRule } from '../rules/evaluate/compiled.ts';
import type { ConfigSets } from './decide-from-inputs.ts';
import type { ConfigInputs } from './inputs.ts';

const rulesIn = ({ rules }: ConfigSets, context: string): readonly CompiledRule[] =>
  rules.byContext.get(context) ?? rules.elsewhere;

/**
 * Until when (ms) an answer stays right if nothing happens: `until`, or the moment before that at which a rule's schedule or an
 * experiment begins or ends.
 */
export const nextChange = (inputs: ConfigInputs, sets: ConfigSets, until: number): number => {
  const { now, context, timezone } = inputs;
  const ofRules = rulesIn(sets, context).flatMap(({ schedule }) => schedule?.edgesIn(timezone) ?? []);
  const ofExperiments = sets.experiments.experiments.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return Math.min(until, ...[...ofRules, ...ofExperiments].filter((edge) => edge > now));
};
