import { seededRandom } from '../../../numbers/seeded-random.ts';
import type { Choice } from './choice.ts';
import {
  type PreferenceSources,
  preferenceFeatures,
  type SourceParts,
  sourceParts,
} from './preference-features.ts';
import type { PreferenceExample } from './train-preference.ts';

export type ChoiceOptions = {
  seed: number;
  /** Choices up to this time (ms) are left out: the lists had seen them. */
  after: number;
};

/** Items beside each choice that were not chosen: from the user's own lists, by popularity, and any. */
const FROM_LISTS = 2;
const BY_POPULARITY = 1;
const ANY = 1;
const ATTEMPTS = 10;

type Drawer = () => string | undefined;

/** Draws an item with a probability by its popularity. */
const byPopularity = (popularity: ReadonlyMap<string, number>, random: () => number): Drawer => {
  const items = [...popularity.keys()];
  const sums = new Float64Array(items.length);
  let total = 0;
  items.forEach((item, n) => {
    total += Math.max(0, popularity.get(item)!);
    sums[n] = total;
  });
  return () => {
    const wanted = random() * total;
    let low = 0;
    let high = items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return items[low];
  };
};

const anyOf =
  (items: readonly string[], random: () => number): Drawer =>
  () =>
    items[Math.floor(random() * items.length)];

/** Up to `count` items that are neither chosen, known to the user, nor drawn before. */
const drawInto = (drawn: Set<string>, taken: ReadonlySet<string>, drawer: Drawer, count: number): void => {
  const wanted = drawn.size + count;
  for (let n = 0; n < ATTEMPTS * count && drawn.size < wanted; n++) {
    const item = drawer();
    if (item !== undefined && !taken.has(item)) drawn.add(item);
  }
};

const notChosen = (
  { item, history }: Choice,
  parts: SourceParts,
  drawers: { popular: Drawer; any: Drawer },
  random: () => number,
): Set<string> => {
  const taken = new Set([item, ...history.map(({ itemId }) => itemId)]);
  const drawn = new Set<string>();
  drawInto(drawn, taken, anyOf([...parts.keys()], random), FROM_LISTS);
  drawInto(drawn, taken, drawers.popular, BY_POPULARITY);
  drawInto(drawn, taken, drawers.any, ANY);
  return drawn;
};

/**
 * Examples for the preference network: every choice after the sources were trained is a 1, and beside it up to four items that were not
 * chosen are 0, two of them from what would have been recommended. So the probability is that of a choice among five.
 * The same choices under the same seed give the same examples.
 */
export const choiceExamples = function* (
  choices: Iterable<Choice>,
  sources: PreferenceSources,
  items: readonly string[],
  { seed, after }: ChoiceOptions,
): Generator<PreferenceExample> {
  const random = seededRandom(seed);
  const drawers = { popular: byPopularity(sources.popularity, random), any: anyOf(items, random) };
  for (const choice of choices) {
    if (!(choice.at > after)) continue;
    const parts = sourceParts(choice.history, sources.neighbours);
    yield { x: preferenceFeatures(choice, choice.item, parts, sources), y: 1 };
    for (const item of notChosen(choice, parts, drawers, random))
      yield { x: preferenceFeatures(choice, item, parts, sources), y: 0 };
  }
};
