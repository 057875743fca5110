import type { DecisionLog } from '../../../../core/experiments/policy/types.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';

/** A world of binary rewards: what each policy does, and what each action brings, by context and action. */
export type World = {
  readonly contextCount: number;
  readonly actionCount: number;
  readonly logging: readonly number[];
  readonly evaluated: readonly number[];
  readonly rewards: readonly number[];
};

const drawn = (random: () => number, world: World, table: readonly number[], context: number): number => {
  let left = random();
  for (let action = 0; action < world.actionCount - 1; action += 1) {
    left -= table[context * world.actionCount + action]!;
    if (left < 0) return action;
  }
  return world.actionCount - 1;
};

/** Rows that `policy` made in a world, contexts in turn. */
export const logOf = (world: World, policy: readonly number[], rows: number, seed: number): DecisionLog => {
  const random = seededRandom(seed);
  const contexts = Int32Array.from({ length: rows }, (_, row) => row % world.contextCount);
  const actions = contexts.map((context) => drawn(random, world, policy, context));
  const cells = contexts.map((context, row) => context * world.actionCount + actions[row]!);
  return {
    contexts,
    actions,
    rewards: Float64Array.from(cells, (cell) => (random() < world.rewards[cell]! ? 1 : 0)),
    propensities: Float64Array.from(cells, (cell) => policy[cell]!),
    contextCount: world.contextCount,
    actionCount: world.actionCount,
  };
};

/** What a policy gets on average where contexts come in turn. */
export const valueOfPolicy = (world: World, policy: readonly number[]): number =>
  policy.reduce((sum, probability, cell) => sum + probability * world.rewards[cell]!, 0) / world.contextCount;
