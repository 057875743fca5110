import type { Variant } from '../../experiments/types.ts';
import type { HybridWeights } from '../../learn/types.ts';
import type { RecommendRequest, Strategy } from '../types.ts';

/** The parts of the hybrid that an arm may weigh. */
export const WEIGHED_PARTS = ['collaborative', 'sequential', 'content', 'popular', 'interests'] as const;

/** Factors on the weights that the model in service has: 0 turns a part off, 1 leaves it, 2 doubles it. */
export type WeightFactors = { readonly [part in (typeof WEIGHED_PARTS)[number]]?: number };

/** How an arm ranks: `payload.recommendations`. What it leaves out stays as it is without the experiment. */
export type ArmOptions = {
  readonly strategy?: Strategy;
  /** 0 ranks by relevance alone, 1 by being different alone. */
  readonly diversity?: number;
  readonly weights?: WeightFactors;
  /** Contexts in which the experiment acts; everywhere where nothing is said. */
  readonly contexts?: readonly string[];
};

/**
 * What is decided about a list: which items come (strategy and weights) and how far they differ from each other; about a homepage: its
 * hero.
 */
export type Choice = 'mix' | 'diversity' | 'hero';

/** The options of an arm, checked when the experiment was written; undefined where it leaves recommendations alone. */
export const armOptionsOf = ({ payload }: Pick<Variant, 'payload'>): ArmOptions | undefined => {
  const options = payload?.recommendations;
  return typeof options === 'object' && options !== null ? (options as ArmOptions) : undefined;
};

/** What some arm decides: the same for all arms, so that a control takes part wherever the others do. */
export const choicesOf = (options: readonly ArmOptions[]): Choice[] => {
  const isMixed = options.some(({ strategy, weights }) => strategy !== undefined || weights !== undefined);
  const isSpread = options.some(({ diversity }) => diversity !== undefined);
  return [...(isMixed ? (['mix'] as const) : []), ...(isSpread ? (['diversity'] as const) : [])];
};

/** A request and the factors on the weights that it is answered with. */
export type Steered = { readonly request: RecommendRequest; readonly factors: WeightFactors | undefined };

/** The request as the arms of a user want it; arms of different experiments decide different things. */
export const steered = (request: RecommendRequest, arms: readonly ArmOptions[]): Steered => {
  const strategy = arms.find((arm) => arm.strategy !== undefined)?.strategy ?? request.strategy;
  const diversity = arms.find((arm) => arm.diversity !== undefined)?.diversity ?? request.diversity;
  const factors = arms.find(({ weights }) => weights !== undefined)?.weights;
  return { request: { ...request, strategy, diversity }, factors };
};

/** A part that the model does without (0) counts as 1 where an arm asks for it by a factor other than 1. */
const weighed = (weight: number, factor: number | undefined): number => {
  if (factor === undefined || factor === 1) return weight;
  return (weight > 0 ? weight : 1) * factor;
};

/** The hybrid's weights times the factors of an arm; position decay and half score stay those of the model. */
export const weighedBy = (weights: HybridWeights, factors: WeightFactors | undefined): HybridWeights => {
  if (!factors) return weights;
  const parts = WEIGHED_PARTS.map((part) => [part, weighed(weights[part], factors[part])] as const);
  return { ...weights, ...Object.fromEntries(parts) };
};
