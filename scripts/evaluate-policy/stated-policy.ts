import { BadInput } from '../evaluate/bad-input.ts';

/** Probabilities by action: of every position, or of each. */
export type StatedPolicy =
  | { readonly actions: ReadonlyMap<string, number> }
  | { readonly positions: ReadonlyMap<string, ReadonlyMap<string, number>> };

const SUM_TOLERANCE = 1e-6;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectAt = (value: unknown, place: string): Record<string, unknown> => {
  if (isObject(value) && Object.keys(value).length > 0) return value;
  throw new BadInput(`${place} must be an object with at least one entry`);
};

const isProbability = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1;

const distributionAt = (value: unknown, place: string): ReadonlyMap<string, number> => {
  const entries = Object.entries(objectAt(value, place)).map(([action, probability]) => {
    if (isProbability(probability)) return [action, probability] as const;
    const found = JSON.stringify(probability);
    throw new BadInput(`${place}.${action} must be a probability of 0 to 1, not ${found}`);
  });
  const sum = entries.reduce((total, [, probability]) => total + probability, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    throw new BadInput(`${place}: probabilities must add up to 1, not ${Number(sum.toFixed(9))}`);
  }
  return new Map(entries);
};

const jsonOf = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${file} is no JSON: ${(error as Error).message}`);
  }
};

/**
 * A policy as JSON states it. @throws BadInput naming the entry that cannot be: no JSON, neither `actions` nor `positions` or both,
 * a probability outside of 0 to 1, probabilities that do not add up to 1 within a millionth
 */
export const statedPolicy = (text: string, file: string): StatedPolicy => {
  const json = jsonOf(text, file);
  const keys = isObject(json) ? Object.keys(json) : [];
  if (!isObject(json) || keys.length !== 1 || !['actions', 'positions'].includes(keys[0]!)) {
    throw new BadInput(`${file} must have either "actions" or "positions", and nothing else`);
  }
  if (keys[0] === 'actions') return { actions: distributionAt(json.actions, `${file}: actions`) };
  const positions = Object.entries(objectAt(json.positions, `${file}: positions`));
  return {
    positions: new Map(
      positions.map(([position, value]) => [
        position,
        distributionAt(value, `${file}: positions.${position}`),
      ]),
    ),
  };
};
