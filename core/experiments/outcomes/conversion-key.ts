import { factHash } from '../../journal/fact-hash.ts';

/** 48 bits that tell one conversion of a metric from another: the id of an order may count for several metrics, once for each. */
export const conversionKey = (metric: string, id: string): number => factHash('id', `${metric}\n${id}`);
