import type { DomainFault } from '../../domains/fault.ts';
import type { Domain } from '../../domains/types.ts';

const TOLERANCE = 1e-6;
/** Genres that count at most. */
const GENRES = 3;

/** What is wrong with a product's matching beyond its shape: weights that do not add up to 1 (three genres counted), a base without a rate. */
export const matchingFaults = ({ matching }: Pick<Domain, 'matching'>): DomainFault[] => {
  if (!matching) return [];
  const { weights, currency } = matching;
  const { format, genre, budget, timeline, materials, involvement } = weights;
  const sum = format + GENRES * genre + budget + timeline + materials + involvement;
  return [
    ...(Math.abs(sum - 1) > TOLERANCE
      ? [
          {
            file: 'matching' as const,
            path: 'weights',
            message: `must add up to 1 with three genres, not ${Number(sum.toFixed(4))}`,
          },
        ]
      : []),
    ...(currency.rates[currency.base] === 1
      ? []
      : [
          {
            file: 'matching' as const,
            path: `currency.rates.${currency.base}`,
            message: 'must be 1: it is the base',
          },
        ]),
  ];
};
