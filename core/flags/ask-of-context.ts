import type { ConfigAsk } from '../config/inputs.ts';
import { deviceKind } from '../tracking/normalise.ts';
import type { EvaluationContext } from './types.ts';

/** The place that asks, where the evaluation context names none. */
export const DEFAULT_CONTEXT = 'default';

/** An evaluation context in the words of a config: what has no name of its own there is an attribute. */
export const askOfContext = (
  { targetingKey, context, device, locale, recommendations: _, ...attributes }: EvaluationContext,
  now: number,
): ConfigAsk => ({
  userId: targetingKey,
  context: context ?? DEFAULT_CONTEXT,
  device: deviceKind(device),
  locale,
  attributes,
  now,
});
