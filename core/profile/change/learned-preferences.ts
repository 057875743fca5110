/** `[name, times seen]` */
export type Counted = [name: string, count: number];

/** `[aspect, times liked, times disliked]` */
export type AspectCount = [aspect: string, liked: number, disliked: number];

/** What `learn-preferences` has counted so far; kept in `preferences.learned`. */
export type LearnedCounts = {
  visualStyles: Counted[];
  categories: Counted[];
  features: Counted[];
  aspects: AspectCount[];
  /** `[projects with a duration, sum of their durations]`, in the unit of the client. */
  durations: [count: number, sum: number];
};

/** Where the counts live inside `preferences`. */
export const LEARNED_KEY = 'learned';

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Infinity;

const isRow = (value: unknown, counts: number): boolean =>
  Array.isArray(value) &&
  value.length === counts + 1 &&
  typeof value[0] === 'string' &&
  value.slice(1).every(isCount);

const rowsOf = <T extends Counted | AspectCount>(value: unknown, counts: number): T[] =>
  Array.isArray(value) ? value.filter((row) => isRow(row, counts)) : [];

/** The counts in a user's preferences; empty where there are none or what is there is not ours. */
export const learnedCounts = (preferences: Readonly<Record<string, unknown>>): LearnedCounts => {
  const stored = Object.hasOwn(preferences, LEARNED_KEY) ? preferences[LEARNED_KEY] : undefined;
  const kept = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const [count, sum] = Array.isArray(kept.durations) ? kept.durations : [];
  return {
    visualStyles: rowsOf(kept.visualStyles, 1),
    categories: rowsOf(kept.categories, 1),
    features: rowsOf(kept.features, 1),
    aspects: rowsOf(kept.aspects, 2),
    durations: isCount(count) && isCount(sum) ? [count, sum] : [0, 0],
  };
};

/** The most frequent, ties by name. */
export const mostFrequent = (counted: readonly Counted[]): Counted[] =>
  [...counted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

const TERMS_EACH = 3;

/** Words for content matching: the styles and categories chosen most, the aspects liked more than disliked. */
export const learnedTerms = (preferences: Readonly<Record<string, unknown>>): string[] => {
  const { visualStyles, categories, aspects } = learnedCounts(preferences);
  const liked = aspects.flatMap(([aspect, up, down]): Counted[] => (up > down ? [[aspect, up - down]] : []));
  return [visualStyles, categories, liked].flatMap((counted) =>
    mostFrequent(counted)
      .slice(0, TERMS_EACH)
      .map(([name]) => name),
  );
};
