import type { EngagedTerm, EngagedTerms } from '../catalog/engaged-terms.ts';
import { type Counted, learnedCounts } from '../profile/change/learned-preferences.ts';
import { optionMeant, valueKey } from './space.ts';
import type { ParameterDefinition } from './types.ts';

/**
 * Pseudo-observations: what a user said or chose counts like so many outcomes of such a reward. A stated wish is worth three good
 * outcomes, so that as many better ones with another value go before it.
 */
const STRENGTHS = {
  stated: { each: 3, most: 3, reward: 0.9 },
  chosen: { each: 0.5, most: 5, reward: 0.8 },
  engaged: { each: 0.25, most: 2, reward: 0.75 },
} as const;

type Kind = keyof typeof STRENGTHS;

/** What speaks for one value: `kind` is the strongest of what there is, `count` how often it was so. */
export type StatedEvidence = {
  readonly n: number;
  readonly sum: number;
  readonly kind: Kind;
  readonly count: number;
};

export type StatedPreferences = {
  readonly preferences: Readonly<Record<string, unknown>>;
  /** Styles and topics of contents that the user engaged with. */
  readonly engaged: EngagedTerms;
};

type Said = { readonly kind: Kind; readonly value: unknown; readonly count: number };

const statedIn = (preferences: StatedPreferences['preferences'], name: string): Said[] => {
  const stated = Object.hasOwn(preferences, name) ? preferences[name] : undefined;
  if (stated === undefined || stated === null) return [];
  const values: unknown[] = Array.isArray(stated) ? stated : [stated];
  return values.map((value) => ({ kind: 'stated', value, count: 1 }));
};

const chosenOf = (counted: readonly Counted[]): Said[] =>
  counted.map(([value, count]) => ({ kind: 'chosen', value, count }));

const engagedOf = (terms: readonly EngagedTerm[]): Said[] =>
  terms.map(({ name, contents }) => ({ kind: 'engaged', value: name, count: contents }));

/** What was learned of a preference, by the name that `learn-preferences` knows it by, and the contents that tell of it. */
const learnedOf = ({ preferences, engaged }: StatedPreferences, name: string): Said[] => {
  const { visualStyles, categories, durations } = learnedCounts(preferences);
  if (name === 'visualStyle') return [...chosenOf(visualStyles), ...engagedOf(engaged.styles)];
  if (name === 'category') return [...chosenOf(categories), ...engagedOf(engaged.topics)];
  const [projects, seconds] = durations;
  return name === 'duration' && projects > 0
    ? [{ kind: 'chosen', value: seconds / projects, count: projects }]
    : [];
};

const added = (before: StatedEvidence | undefined, { kind, count }: Said): StatedEvidence => {
  const { each, most, reward } = STRENGTHS[kind];
  const n = Math.min(most, count * each);
  if (!before) return { n, sum: n * reward, kind, count };
  return { ...before, n: before.n + n, sum: before.sum + n * reward };
};

/** What a user said and chose of a parameter, by value as JSON; nothing for one that names no preference. */
export const statedEvidence = (
  parameter: ParameterDefinition,
  known: StatedPreferences,
): ReadonlyMap<string, StatedEvidence> => {
  const evidence = new Map<string, StatedEvidence>();
  const { name, preference } = parameter;
  if (preference === undefined) return evidence;
  const names = [...new Set([preference, name])];
  const stated = names.flatMap((one) => statedIn(known.preferences, one)).slice(0, 5);
  for (const said of [...stated, ...learnedOf(known, preference)]) {
    const option = optionMeant(parameter, said.value);
    if (option === undefined) continue;
    evidence.set(valueKey(option), added(evidence.get(valueKey(option)), said));
  }
  return evidence;
};
