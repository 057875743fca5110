import type { LearningPath, Module, PathProgress, Review } from '../../types.ts';

export const MOST_REVIEWS = 5;
/** A review takes this share of the module that it looks at again. */
const SHARE = 1 / 3;
const PREFIX = 'review-';
/** Ids have 128 characters at most; some are left for the number of a later review. */
const LONGEST = 124;
const LONGEST_TITLE = 200;

const UNKNOWN: Omit<Module, 'id'> = { title: 'Review', type: 'review', duration: 0, prerequisites: [] };

/** The module that stands for a review: it needs what the module needs, so that it is open whenever it is put in. */
export const reviewModule = (path: LearningPath, { id, of }: Review): Module => {
  const original = path.modules.find((module) => module.id === of) ?? UNKNOWN;
  return {
    ...original,
    id,
    title: `Review: ${original.title}`.slice(0, LONGEST_TITLE),
    duration: Math.ceil(original.duration * SHARE),
  };
};

/** `review-<id>`, with a number behind it where that is taken. */
export const reviewIdFor = (path: LearningPath, reviews: readonly Review[], of: string): string => {
  const taken = new Set([...path.modules, ...reviews].map(({ id }) => id));
  const name = `${PREFIX}${of}`.slice(0, LONGEST);
  let id = name;
  for (let number = 2; taken.has(id); number += 1) id = `${name}-${number}`;
  return id;
};

/** A module of a path, reviews included. */
export type Place = {
  readonly module: Module;
  /** In the path as given, or behind it among the reviews: names the module for good. */
  readonly index: number;
  readonly isReview: boolean;
};

/** Undefined for a module that the path does not have. */
export const placeOf = (path: LearningPath, progress: PathProgress, moduleId: string): Place | undefined => {
  const index = path.modules.findIndex(({ id }) => id === moduleId);
  if (index >= 0) return { module: path.modules[index]!, index, isReview: false };
  const nth = progress.reviews.findIndex(({ id }) => id === moduleId);
  const review = progress.reviews[nth];
  return review && { module: reviewModule(path, review), index: path.modules.length + nth, isReview: true };
};
