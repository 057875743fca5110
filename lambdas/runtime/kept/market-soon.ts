import { marketIn } from '../../../core/insights/facts/market-in.ts';
import { type MarketOf, marketUnknown } from '../../../core/insights/facts/market-of.ts';
import { logger } from '../telemetry.ts';
import { sharedData } from './shared-data.ts';

/** So long suggestions wait for a catalogue that is not in memory, in ms: of their two seconds enough must be left for a model. */
const SOON_MS = 300;

const unknownAfter = (ms: number): { readonly answer: Promise<MarketOf>; readonly cancel: () => void } => {
  const { promise: answer, resolve } = Promise.withResolvers<MarketOf>();
  const timer = setTimeout(resolve, ms, marketUnknown);
  return { answer, cancel: () => clearTimeout(timer) };
};

/** What catalogue and trends tell, from memory most of the time; nothing where they do not come soon or cannot be read. */
export const marketSoon = async (): Promise<MarketOf> => {
  const { answer, cancel } = unknownAfter(SOON_MS);
  try {
    return await Promise.race([sharedData().then(marketIn), answer]);
  } catch (error) {
    logger.warn('catalogue not read for suggestions', { error: error as Error });
    return marketUnknown;
  } finally {
    cancel();
  }
};
