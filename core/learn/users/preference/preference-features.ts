import { BEHAVIOUR_FEATURES, type BehaviourFeature } from '../../../profile/view/behaviour-vector.ts';
import { HISTORY_ITEMS, historyInfluence, popularPrior } from '../../hybrid/history-influence.ts';
import type { ItemNeighbours, NeighbourLookup, NeighbourSource } from '../../types.ts';
import type { Choice } from './choice.ts';

/** What is known about the user that may bend the answer; the rest of the vector says nothing about a single item. */
const USER_FEATURES = [
  'recency',
  'frequency',
  'rate',
  'contentBreadth',
  'engagement',
  'hourSpread',
] as const satisfies readonly BehaviourFeature[];

const USER_PLACES = USER_FEATURES.map((feature) => BEHAVIOUR_FEATURES.indexOf(feature));

/** The inputs of the preference network, in this order. */
export const PREFERENCE_FEATURES = [
  ...USER_FEATURES,
  'popularity',
  'typeAffinity',
  'collaborative',
  'sequential',
  'content',
  'mobile',
  'hourSine',
  'hourCosine',
] as const;

/** The user and the moment, without the item. */
export type PreferenceContext = Pick<Choice, 'at' | 'mobile' | 'v' | 'history' | 'affinity'>;

/** What serving knows about items: stored lists, the popular ranking's scores (0-1), content types. */
export type PreferenceSources = {
  neighbours: NeighbourLookup;
  popularity: ReadonlyMap<string, number>;
  typeOf(itemId: string): string | undefined;
};

export type SourceParts = Map<string, Record<NeighbourSource, number>>;

const SOURCES: readonly NeighbourSource[] = ['collaborative', 'sequential', 'content'];
/** An item of the history counts so much of what the next newer one counts. */
const POSITION_DECAY = 0.8;
/** Lists hold small similarities: their square root spreads them. */
const partOf = (score: number): number => Math.sqrt(score);

const addLists = (parts: SourceParts, neighbours: ItemNeighbours, share: number): void => {
  for (const source of SOURCES) {
    for (const { itemId, score } of neighbours[source]) {
      const known = parts.get(itemId) ?? { collaborative: 0, sequential: 0, content: 0 };
      known[source] += share * score;
      parts.set(itemId, known);
    }
  }
};

/** What the user's last items say for every item of their lists, by source: the parts of the hybrid before its weights. */
export const sourceParts = (
  history: PreferenceContext['history'],
  neighbours: NeighbourLookup,
): SourceParts => {
  const parts: SourceParts = new Map();
  const last = history.slice(0, HISTORY_ITEMS);
  const newest = last[0]?.at ?? 0;
  const influences = last.map(({ at, weight }, position) =>
    historyInfluence({ position, ageMs: newest - at, weight }, POSITION_DECAY),
  );
  const total = influences.reduce((sum, influence) => sum + influence, 0);
  last.forEach(({ itemId }, position) => {
    const lists = neighbours.get(itemId);
    if (lists !== undefined && total > 0) addLists(parts, lists, influences[position]! / total);
  });
  return parts;
};

const HOUR_MS = 3_600_000;

/** The numbers for one user, moment and item in the order of `PREFERENCE_FEATURES`; `parts` are `sourceParts` of the user's history. */
export const preferenceFeatures = (
  context: PreferenceContext,
  itemId: string,
  parts: SourceParts,
  sources: PreferenceSources,
): Float64Array => {
  const part = parts.get(itemId);
  const type = sources.typeOf(itemId);
  const liking = type !== undefined && Object.hasOwn(context.affinity, type) ? context.affinity[type]! : 0;
  const angle = (2 * Math.PI * ((context.at / HOUR_MS) % 24)) / 24;
  return Float64Array.of(
    ...USER_PLACES.map((place) => context.v[place] ?? 0),
    popularPrior(sources.popularity.get(itemId) ?? 0),
    liking,
    partOf(part?.collaborative ?? 0),
    partOf(part?.sequential ?? 0),
    partOf(part?.content ?? 0),
    context.mobile,
    Math.sin(angle),
    Math.cos(angle),
  );
};
