import type { Metric } from '../types.ts';
import { KEYS_KEPT, tallyOf } from './count-conversion.ts';
import type { OutcomeRow, OutcomeTally } from './types.ts';

type Metrics = readonly Pick<Metric, 'name' | 'type'>[];

const mergedTally = (a: OutcomeTally, b: OutcomeTally, isBinomial: boolean): OutcomeTally =>
  isBinomial ? [Math.max(a[0], b[0]), Math.max(a[1], b[1])] : [a[0] + b[0], a[1] + b[1]];

const mergedMetrics = (own: OutcomeRow, anonymous: OutcomeRow, metrics: Metrics): OutcomeRow['metrics'] => {
  const binomial = new Set(metrics.filter(({ type }) => type === 'binomial').map(({ name }) => name));
  const names = new Set([...Object.keys(anonymous.metrics), ...Object.keys(own.metrics)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      mergedTally(tallyOf(own, name), tallyOf(anonymous, name), binomial.has(name)),
    ]),
  );
};

/** The row of an anonymous id as the user's own. */
export const rowOfUser = ({ movedTo: _, ...anonymous }: OutcomeRow, userId: string): OutcomeRow => ({
  ...anonymous,
  userId,
  mergedFrom: [...anonymous.mergedFrom, anonymous.userId],
  rev: 1,
});

/** Somebody who saw the same arm under both ids: exposed since the first time, with the conversions of both. */
const sameArm = (own: OutcomeRow, anonymous: OutcomeRow, metrics: Metrics): OutcomeRow => {
  const { exposedAt, propensity, covariates } = anonymous.exposedAt < own.exposedAt ? anonymous : own;
  return {
    ...own,
    exposedAt,
    propensity,
    covariates,
    metrics: mergedMetrics(own, anonymous, metrics),
    keys: [...anonymous.keys, ...own.keys].slice(-KEYS_KEPT),
    expiresAt: Math.max(own.expiresAt, anonymous.expiresAt),
  };
};

/**
 * A user's row with that of an anonymous id which turned out to be the same person, so that the person counts once. The user's own
 * arm wins: where the other was another one, its conversions say nothing about the user's arm, and the person is marked as
 * having seen both. Merging twice changes nothing.
 */
export const mergeRows = (own: OutcomeRow, anonymous: OutcomeRow, metrics: Metrics): OutcomeRow => {
  if (own.mergedFrom.includes(anonymous.userId)) return own;
  const merged = own.variant === anonymous.variant ? sameArm(own, anonymous, metrics) : own;
  const others = new Set([...own.otherArms, ...anonymous.otherArms, anonymous.variant]);
  others.delete(own.variant);
  return {
    ...merged,
    otherArms: [...others],
    mergedFrom: [...own.mergedFrom, ...anonymous.mergedFrom, anonymous.userId],
    rev: own.rev + 1,
  };
};
