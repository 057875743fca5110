import type { CatalogItem } from '../../catalog/types.ts';
import { textHash } from '../../numbers/text-hash.ts';
import { DIFFICULTIES, type Difficulty, type FeatureDefinition } from '../types.ts';

/** Catalogue items of this type declare features; more than `MOST_FEATURES` are not looked at. */
export const FEATURE_TYPE = 'feature';
export const MOST_FEATURES = 500;

/** What the application declares of its features, in the order of its navigation, then by name. */
export type DeclaredFeatures = {
  readonly list: readonly FeatureDefinition[];
  /** Says whether two declarations are the same; 0 where nothing is declared. */
  readonly fingerprint: number;
};

export const noFeatures: DeclaredFeatures = { list: [], fingerprint: 0 };

const levelOf = (level: string | undefined): Difficulty | undefined =>
  level === 'expert' ? 'advanced' : DIFFICULTIES.find((known) => known === level?.toLowerCase());

/** `attributes.feature` names the feature as interactions do, where that is not the item's id. */
const nameOf = ({ itemId, attributes: { feature } }: CatalogItem): string =>
  typeof feature === 'string' && feature !== '' ? feature : itemId;

const definitionOf = (item: CatalogItem): FeatureDefinition => {
  const { navigation } = item.attributes;
  const level = levelOf(item.level);
  return {
    feature: nameOf(item),
    title: item.title,
    ...(level && { level }),
    ...(typeof navigation === 'number' && Number.isFinite(navigation) && { navigation }),
  };
};

const inOrder = (a: FeatureDefinition, b: FeatureDefinition): number => {
  const [first, second] = [a.navigation ?? Number.MAX_VALUE, b.navigation ?? Number.MAX_VALUE];
  if (first !== second) return first - second;
  return a.feature < b.feature ? -1 : 1;
};

const isValid = ({ expiresAt }: CatalogItem, now: number): boolean =>
  expiresAt === undefined || Date.parse(expiresAt) > now;

/**
 * The features that catalogue items declare: `level` (beginner, intermediate, advanced; anything else: everybody), and
 * `attributes.navigation`, the place in the navigation. Expired items are left out; of two that name the same feature that
 * with this id counts, else the first. `now` in ms.
 */
export const declaredFeatures = (items: readonly CatalogItem[], now: number): DeclaredFeatures => {
  const byName = new Map<string, FeatureDefinition>();
  for (const item of items) {
    const definition = definitionOf(item);
    const isIts = item.itemId === definition.feature;
    if (isValid(item, now) && (isIts || !byName.has(definition.feature)))
      byName.set(definition.feature, definition);
  }
  const list = [...byName.values()].sort(inOrder).slice(0, MOST_FEATURES);
  const key = list.map(({ feature, level, navigation }) => [feature, level, navigation]);
  return { list, fingerprint: list.length === 0 ? 0 : textHash(JSON.stringify(key)) };
};
