import type { Lift } from '../performance/figures.ts';
import type { Evidence } from './advice-types.ts';

const points = (share: number): string => Number((share * 100).toFixed(2)).toString();
const percent = (share: number): string => `${points(share)} %`;
const chance = (p: number): string => (p < 0.0001 ? 'below .0001' : Number(p.toFixed(4)).toString());

const liftInWords = ({ absolute, interval: [low, high], pValue }: Lift, evidence: Evidence): string => {
  const { adjustedPValue, tested } = evidence;
  const difference = `difference ${points(absolute)} points, 95 % interval ${points(low)} to ${points(high)}`;
  if (adjustedPValue === null) return difference;
  return `${difference}, p ${chance(pValue)}, adjusted for ${tested} tested: ${chance(adjustedPValue)}`;
};

/** `12 % of 400 users converted, 8 % of 390 held out (difference 4 points, 95 % interval 0.1 to 7.9, ...)` */
export const figuresInWords = (evidence: Evidence): string => {
  const { conversionRate, exposures, control, comparison, lift } = evidence;
  const others = `${percent(control.conversionRate)} of ${control.exposures} ${comparison}`;
  const rates = `${percent(conversionRate)} of ${exposures} users converted, ${others}`;
  return lift ? `${rates} (${liftInWords(lift, evidence)})` : rates;
};
