import type { RecommendRequest, RecommendResult } from './types.ts';

/** A plain question where nothing else is said: the first page of the hybrid, nothing seen, by relevance alone. */
export const plainRequest = (
  asked: Pick<RecommendRequest, 'limit' | 'now'> & Partial<RecommendRequest>,
): RecommendRequest => ({
  strategy: 'hybrid',
  offset: 0,
  exclude: [],
  includeSeen: false,
  diversity: 0,
  ...asked,
});

/** Where the next page begins; null on the last one. */
export const nextOffset = ({ offset, limit }: RecommendRequest, { total }: RecommendResult): number | null =>
  offset + limit < total ? offset + limit : null;

/** The place that asks, as text: one last decision is kept for each. */
export const placeOf = (context: unknown): string =>
  typeof context === 'string' ? context : JSON.stringify(context ?? '');

/** `project, service` -> both names; undefined where no type is asked for. */
export const typesIn = (list: string | undefined): string[] | undefined =>
  list
    ?.split(',')
    .map((type) => type.trim())
    .filter(Boolean);
