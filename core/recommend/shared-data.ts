import type { Catalogue } from '../catalog/catalogue.ts';
import { DEFAULT_WEIGHTS } from '../learn/hybrid/training-params.ts';
import type { ItemNeighbours, RankedItem } from '../learn/types.ts';
import type { ModelInService, Ranking } from './ports.ts';
import type { Sources } from './types.ts';

/** What every user's answer is made from; held in memory and revalidated every few seconds. */
export type SharedData = {
  readonly catalogue: Catalogue;
  readonly model: ModelInService | undefined;
  /** `popular`, `trending`, `engagement`, `segment:<name>` */
  readonly rankings: ReadonlyMap<string, Ranking>;
};

const SEGMENT = 'segment:';

const ranked = (shared: SharedData, name: string): readonly RankedItem[] =>
  shared.rankings.get(name)?.items ?? [];

const favourites = (rankings: SharedData['rankings']): Record<string, readonly RankedItem[]> =>
  Object.fromEntries(
    [...rankings]
      .filter(([name]) => name.startsWith(SEGMENT))
      .map(([name, { items }]) => [name.slice(SEGMENT.length), items]),
  );

/** Items that people engage with, most observed first. */
const wellKnown = (shared: SharedData): string[] =>
  [...ranked(shared, 'popular'), ...ranked(shared, 'engagement')].map(({ itemId }) => itemId);

/** The sources of one answer: shared data and the neighbours of the user's last items. */
export const sourcesOf = (shared: SharedData, neighbours: ReadonlyMap<string, ItemNeighbours>): Sources => ({
  catalog: {
    get: (itemId) => shared.catalogue.items.get(itemId),
    newest: shared.catalogue.newest,
    size: shared.catalogue.items.size,
  },
  neighbours,
  popular: ranked(shared, 'popular'),
  trending: ranked(shared, 'trending'),
  segmentFavourites: favourites(shared.rankings),
  contentModel: () => shared.catalogue.content(wellKnown(shared)),
  weights: shared.model?.weights ?? DEFAULT_WEIGHTS,
});

/** Mean engagement (0-1) with each item that was interacted with often enough to be listed. */
export const engagementRates = (shared: SharedData): ReadonlyMap<string, number> =>
  new Map(ranked(shared, 'engagement').map(({ itemId, score }) => [itemId, score]));
