import type { Choice } from '../models/model.ts';

export type Axis<Params> = {
  [Name in keyof Params]: { name: Name; values: readonly Params[Name][] };
}[keyof Params];

export type SearchOptions<Params> = {
  start: Params;
  /** Searched one after the other, the most influential first; axes of fixed parameters are left out. */
  axes: readonly Axis<Params>[];
  fixed: Partial<Params>;
  qualityOf: (params: Params) => number;
  /** Passes over all axes; ends early when a pass changes nothing. */
  rounds: number;
};

/**
 * Coordinate search: along each axis keeps the value of the best quality, the earlier one where equal. No parameters are tried
 * twice. Returns the best with everything that was tried.
 */
export function coordinateSearch<Params extends object>(options: SearchOptions<Params>): Choice<Params> {
  const { axes, fixed, rounds } = options;
  const tried = new Map<string, { params: Params; quality: number }>();
  const open = axes.filter(({ name }) => fixed[name] === undefined);
  let best = attempt({ ...options.start, ...fixed }, options, tried);
  for (let round = 0; round < rounds; round++) {
    const before = best;
    for (const { name, values } of open) {
      for (const value of values) {
        const next = attempt({ ...best.params, [name]: value }, options, tried);
        if (next.quality > best.quality) best = next;
      }
    }
    if (best === before) break;
  }
  return { params: best.params, tried: [...tried.values()] };
}

function attempt<Params extends object>(
  params: Params,
  { qualityOf }: SearchOptions<Params>,
  tried: Map<string, { params: Params; quality: number }>,
): { params: Params; quality: number } {
  const key = JSON.stringify(params);
  const known = tried.get(key);
  if (known !== undefined) return known;
  const result = { params, quality: qualityOf(params) };
  tried.set(key, result);
  return result;
}
