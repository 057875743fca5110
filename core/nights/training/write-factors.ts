import type { AlsFactors } from '../../learn/models/als/factors.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';

/** Digits after the point that ranking can tell apart. */
const STEPS = 1e5;

function* rowsOf(
  names: readonly string[],
  factors: Float32Array,
  { dimensions, name }: { dimensions: number; name: 'i' | 'u' },
) {
  for (let row = 0; row < names.length; row++) {
    const own = factors.subarray(row * dimensions, (row + 1) * dimensions);
    yield { [name]: names[row]!, f: Array.from(own, (value) => Math.round(value * STEPS) / STEPS) };
  }
}

/** Leaves the factors of items and users (by pseudonym) beside the model, in the format that Spark writes too. */
export const writeFactors = async (
  { objects }: NightPorts,
  runId: string,
  { users, items, factors }: { users: readonly string[]; items: readonly string[]; factors: AlsFactors },
): Promise<void> => {
  const { dimensions } = factors;
  await objects.putGzipJsonLines(
    keys.itemFactors(runId, 0),
    rowsOf(items, factors.items, { dimensions, name: 'i' }),
  );
  await objects.putGzipJsonLines(
    keys.userFactors(runId, 0),
    rowsOf(users, factors.users, { dimensions, name: 'u' }),
  );
};
