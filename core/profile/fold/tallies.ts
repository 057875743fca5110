import { type Behaviour, LIMITS } from '../behaviour.ts';
import { remaining } from './decay.ts';
import { nameHash } from './name-hash.ts';
import { REVENUE_TYPES } from './signal-table.ts';

/** How often a type of interaction was counted. */
export const typeCount = (behaviour: Behaviour, type: string): number =>
  behaviour.types.find(([name]) => name === type)?.[1] ?? 0;

/** Sum of the values of one type. */
export const typeValue = (behaviour: Behaviour, type: string): number =>
  (behaviour.types.find(([name]) => name === type)?.[2] ?? 0) / 1000;

/** How often a feature was used. */
export const featureCount = (behaviour: Behaviour, feature: string): number =>
  behaviour.features.find(([name]) => name === feature)?.[1] ?? 0;

/**
 * Distinct features used: counted while they fit, estimated from the largest kept hash beyond
 * ((k - 1) / h, h the k-th smallest hash in 0-1; Bar-Yossef et al. 2002).
 */
export const distinctFeatures = ({ features, featureUses }: Behaviour): number => {
  const kept = features.reduce((sum, [, count]) => sum + count, 0);
  if (features.length < LIMITS.features || kept === featureUses) return features.length;
  const largest = features.reduce((max, [name]) => Math.max(max, nameHash(name)), 0);
  return Math.round((features.length - 1) / ((largest + 1) / 2 ** 32));
};

export type FeatureUse = { feature: string; count: number; weight: number; lastUsedAt: number };

/** Features by use weighted with recency (half-life 14 days), strongest first; ties by name. Times in ms. */
export const featureUses = (behaviour: Behaviour, now: number): FeatureUse[] =>
  behaviour.features
    .map(([feature, count, weight, at]) => ({
      feature,
      count,
      weight: weight * remaining(now - at),
      lastUsedAt: at,
    }))
    .sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1));

/** Devices with their share of the interactions that named one; the shares add up to 1. */
export const deviceShares = ({ devices }: Behaviour): { device: string; share: number; count: number }[] => {
  const total = devices.reduce((sum, [, count]) => sum + count, 0);
  return devices
    .map(([device, count]) => ({ device, share: count / total, count }))
    .sort((a, b) => b.share - a.share || (a.device < b.device ? -1 : 1));
};

/** Money that the user brought, and how many times. */
export const revenueOf = ({ types }: Behaviour): { total: number; orders: number } => {
  const paying = types.filter(([type]) => REVENUE_TYPES.has(type));
  return {
    total: paying.reduce((sum, [, , value]) => sum + value, 0) / 1000,
    orders: paying.reduce((sum, [, count]) => sum + count, 0),
  };
};
