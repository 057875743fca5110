/** Paths longer than this get no hint: the distance costs the product of the lengths. */
const LONGEST = 100;
/** Edits, as a share of the letters, from which on a path is no misspelling. */
const MOST_EDITS = 0.4;

/** Edits between two words (Levenshtein, 1966). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = row[j]! + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
};

const share = (one: string, other: string): number =>
  distance(one, other) / Math.max(one.length, other.length, 1);

/** How far off a word is from a path, or its last name from a name of the path, as a share of the letters: 0 is the same. */
const farness = (word: string, path: string): number => {
  const last = word.slice(word.lastIndexOf('.') + 1);
  return Math.min(share(word, path), ...path.split('.').map((name) => share(last, name)));
};

/** The path that somebody may have meant; undefined where nothing is near. */
export const nearestPath = (word: string, paths: readonly string[]): string | undefined => {
  if (word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  const ranked = paths
    .map((path) => ({ path, far: farness(lower, path.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || a.path.length - b.path.length);
  const [nearest] = ranked;
  return nearest && nearest.far <= MOST_EDITS ? nearest.path : undefined;
};
