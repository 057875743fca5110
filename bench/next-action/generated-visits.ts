import { seededRandom } from '../../core/numbers/seeded-random.ts';

export type Visit = readonly { readonly name: string; readonly at: number }[];

const ACTIONS = 20;
const WORKFLOWS = 4;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** So many actions are something else than the workflow says. */
const NOISE = 0.2;

type Random = () => number;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const workflow = (random: Random): number[] =>
  Array.from({ length: 3 + below(random, 3) }, () => below(random, ACTIONS));

const visitOf = (steps: readonly number[], day: number, random: Random): Visit =>
  steps.map((step, i) => ({
    name: `action-${random() < NOISE ? below(random, ACTIONS) : step}`,
    at: day * DAY_MS + i * MINUTE_MS,
  }));

/** Each user's visits: one or two of the user's own four workflows a day, one action in five at random. */
export const generatedUsers = (users: number, visits: number, seed: number): Visit[][] => {
  const random = seededRandom(seed);
  return Array.from({ length: users }, () => {
    const own = Array.from({ length: WORKFLOWS }, () => workflow(random));
    const any = (): number[] => own[below(random, WORKFLOWS)] ?? [];
    return Array.from({ length: visits }, (_, day) =>
      visitOf(random() < 0.5 ? any() : [...any(), ...any()], day, random),
    );
  });
};
