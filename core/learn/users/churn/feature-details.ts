import type { BehaviourFeature } from '../../../profile/view/behaviour-vector.ts';
import { rounded } from '../../../profile/view/curves.ts';

/** A value as a count again: features with a long tail are log(1 + x). */
const counted = (x: number, digits = 0): number => rounded(Math.expm1(x), digits);
const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const percent = (x: number): string => `${Math.round(100 * x)} %`;

const DETAILS: Record<BehaviourFeature, (x: number) => string> = {
  recency: (x) => `${plural(counted(x, 1), 'day')} since the last interaction`,
  age: (x) => `${plural(counted(x), 'day')} since the first interaction`,
  frequency: (x) => plural(counted(x), 'interaction'),
  rate: (x) => `${counted(x, 2)} interactions a day lately`,
  trend: (x) =>
    x === 0
      ? 'activity is steady'
      : `activity of the last four weeks is ${x > 0 ? 'above' : 'below'} that of the eight before`,
  activeWeeks: (x) => `active in ${percent(x)} of the last twelve weeks`,
  silence: (x) => `silent for ${counted(x, 1)} times the usual gap between visits`,
  sessions: (x) => plural(counted(x), 'session'),
  sessionLength: (x) => `sessions of ${counted(x, 1)} minutes`,
  featureBreadth: (x) => `${plural(counted(x), 'feature')} used`,
  contentBreadth: (x) => `${plural(counted(x), 'kind')} of content`,
  actionBreadth: (x) => `${plural(counted(x), 'kind')} of action`,
  completionShare: (x) => `${percent(x)} of the interactions complete something`,
  engagement: (x) => `engagement of ${rounded(x, 2)} of 1`,
  signal: (x) => `mean signal of ${rounded(x, 2)}`,
  opinion: (x) => `opinion of ${rounded(x, 2)} between -1 and 1`,
  payments: (x) => plural(counted(x), 'payment'),
  mobileShare: (x) => `${percent(x)} on mobile devices`,
  desktopShare: (x) => `${percent(x)} on desktop devices`,
  morningShare: (x) => `${percent(x)} in the morning (UTC)`,
  daytimeShare: (x) => `${percent(x)} during the day (UTC)`,
  eveningShare: (x) => `${percent(x)} in the evening (UTC)`,
  hourSpread: (x) => `spread over the hours of the day: ${rounded(x, 2)} of 1`,
};

const isDescribed = (feature: string): feature is BehaviourFeature => Object.hasOwn(DETAILS, feature);

/** What a feature of the behaviour vector says about a user, in words. */
export const featureDetail = (feature: string, value: number): string =>
  isDescribed(feature) ? DETAILS[feature](value) : `${feature} ${rounded(value, 2)}`;
