import { catalogueOf } from '../../../../core/catalog/catalogue.ts';
import type { CatalogItem } from '../../../../core/catalog/types.ts';
import type { Domain } from '../../../../core/domains/types.ts';
import type { KnownToFacts } from '../../../../core/insights/facts/fact-sheet.ts';
import type { MarketView } from '../../../../core/insights/facts/market-view.ts';
import type { Fact, FactKind } from '../../../../core/insights/facts/types.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { newProfile, type StoredProfile } from '../../../../core/profile/stored-profile.ts';
import type { SharedData } from '../../../../core/recommend/shared-data.ts';
import { NOW } from '../../profile/histories.ts';
import { catalogItem } from '../../recommend/recommend-world.ts';

export { DAY, fold, interaction, NOW, series } from '../../profile/histories.ts';
export { catalogItem };

export const HOUR = 3_600_000;

export const domain: Domain = {
  name: 'homes',
  title: 'Homes',
  description: 'Homes to let and to sell',
  audience: 'agent',
  contentTypes: [{ type: 'listing', one: 'listing', many: 'listings' }],
  metrics: [{ metric: 'publish', one: 'listing published', many: 'listings published' }],
  pages: [{ page: 'listings', title: 'Your listings', actions: [] }],
  actions: [],
  texts: [],
  prompts: { insights: 'x', suggestions: 'x' },
  achievements: [],
};

export const profileOf = (parts: Partial<StoredProfile> = {}): StoredProfile => ({
  ...newProfile('ada', NOW),
  ...parts,
});

export const known = (parts: Partial<KnownToFacts> = {}): KnownToFacts => ({
  profile: profileOf(),
  behaviour: emptyBehaviour(),
  market: { focuses: [], trends: [], items: new Map() } satisfies MarketView,
  now: NOW,
  ...parts,
});

export const sharedOf = (items: readonly CatalogItem[], trending: readonly string[] = []): SharedData => ({
  catalogue: catalogueOf(new Map(items.map((item) => [item.itemId, item])), ''),
  model: undefined,
  rankings: new Map([
    [
      'trending',
      { name: 'trending', items: trending.map((itemId, at) => ({ itemId, score: 1 / (at + 1) })) },
    ],
  ]) as unknown as SharedData['rankings'],
});

export const ofKind = (facts: readonly Fact[], kind: FactKind): Fact[] =>
  facts.filter((fact) => fact.kind === kind);
