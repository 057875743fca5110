import type { Behaviour } from '../../profile/behaviour.ts';
import { remaining } from '../../profile/fold/decay.ts';
import { RESULT_HALF_LIFE_MS } from '../../profile/fold/results.ts';
import { rounded } from '../../profile/view/curves.ts';

/** Weights from -1 (avoids) to 1 (wants), strongest first. Topics are from 0 on, and add up to 1. */
export type PreferenceVector = {
  readonly contentTypes: readonly { readonly name: string; readonly weight: number }[];
  readonly topics: readonly { readonly name: string; readonly weight: number }[];
};

/** What the newest entry counts; the one before it four fifths of that, and so on. */
export const PREFERENCE_ALPHA = 0.2;
/** A signal from which an entry counts in full, in tenths. */
const FULL_SIGNAL = 50;
const DIGITS = 3;

const strongestFirst = (weights: ReadonlyMap<string, number>) =>
  Array.from(weights, ([name, weight]) => ({ name, weight: rounded(weight, DIGITS) })).sort(
    (a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1),
  );

const ofContentTypes = ({ recent }: Pick<Behaviour, 'recent'>): Map<string, number> => {
  const weights = new Map<string, number>();
  for (const [, signal, , , contentType] of recent.toReversed()) {
    if (contentType === '') continue;
    for (const [name, weight] of weights) weights.set(name, (1 - PREFERENCE_ALPHA) * weight);
    const liking = Math.min(1, Math.max(-1, signal / FULL_SIGNAL));
    weights.set(contentType, (weights.get(contentType) ?? 0) + PREFERENCE_ALPHA * liking);
  }
  return weights;
};

const ofTopics = ({ skills = [] }: Pick<Behaviour, 'skills'>): Map<string, number> => {
  const newest = Math.max(...skills.map(([, , , , , , at]) => at));
  const weights = skills.map(
    ([topic, , , , weight, , at]) => [topic, weight * remaining(newest - at, RESULT_HALF_LIFE_MS)] as const,
  );
  const all = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map(weights.map(([topic, weight]) => [topic, weight / all]));
};

/**
 * What somebody wants of late. Content types: an exponential moving average over the recent entries with content, oldest first,
 * `v = (1 - alpha) v + alpha * signal` with alpha = .2 and the signal (-1 to 1, full from 5 on) in the place of the entry's type.
 * Topics: their share of the results, each forgotten by half in 60 days. Both follow from what is stored alone.
 */
export const preferenceVector = (behaviour: Pick<Behaviour, 'recent' | 'skills'>): PreferenceVector => ({
  contentTypes: strongestFirst(ofContentTypes(behaviour)),
  topics: strongestFirst(ofTopics(behaviour)),
});
