import type { HybridWeights } from '../../learn/types.ts';
import type { Strategy } from '../types.ts';

/** The weights of a strategy: the hybrid's own, or those of one source alone; undefined where nothing personal counts. */
export function strategyWeights(strategy: Strategy, weights: HybridWeights): HybridWeights | undefined {
  const none = { ...weights, collaborative: 0, sequential: 0, content: 0, popular: 0, interests: 0 };
  switch (strategy) {
    case 'hybrid':
      return weights;
    case 'collaborative':
      return { ...none, collaborative: orOne(weights.collaborative) };
    case 'sequential':
      return { ...none, sequential: orOne(weights.sequential) };
    case 'content_based':
      return { ...none, content: orOne(weights.content), interests: orOne(weights.interests) };
    case 'trending':
    case 'popular':
      return undefined;
  }
}

/** A source that the hybrid does without still works when it is asked for by name. */
function orOne(weight: number): number {
  return weight > 0 ? weight : 1;
}
