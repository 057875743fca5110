import type { Choice } from './serve/arm-options.ts';
import type { RecommendRequest, RecommendResult } from './types.ts';

/** A plain question where nothing else is said: the first page of the hybrid, nothing seen, by relevance alone. */
export const plainRequest = ({
  strategy = 'hybrid',
  diversity = 0,
  ...asked
}: Pick<RecommendRequest, 'limit' | 'now'> & Partial<RecommendRequest>): RecommendRequest => ({
  strategy,
  offset: 0,
  exclude: [],
  includeSeen: false,
  diversity,
  ...asked,
});

/** Where the next page begins; null on the last one. */
export const nextOffset = ({ offset, limit }: RecommendRequest, { total }: RecommendResult): number | null =>
  offset + limit < total ? offset + limit : null;

/** The place that asks, as text: one last decision is kept for each. */
export const placeOf = (context: unknown): string =>
  typeof context === 'string' ? context : JSON.stringify(context ?? '');

/** The context by its name, as conditions and experiments know it; empty where it has none. */
export const contextNamed = (context: unknown): string => (typeof context === 'string' ? context : '');

/** `project, service` -> both names; undefined where no type is asked for. */
export const typesIn = (list: string | undefined): string[] | undefined =>
  list
    ?.split(',')
    .map((type) => type.trim())
    .filter(Boolean);

/** What a caller decides about a list by naming it: no arm of an experiment decides that. */
export const chosenIn = ({
  strategy,
  diversity,
}: Partial<Pick<RecommendRequest, 'strategy' | 'diversity'>>): Choice[] => [
  ...(strategy === undefined ? [] : (['mix'] as const)),
  ...(diversity === undefined ? [] : (['diversity'] as const)),
];
