/** State of Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). */
export type Adam = {
  rate: number;
  decay: number;
  steps: number;
  first: Float64Array;
  second: Float64Array;
};

const FIRST = 0.9;
const SECOND = 0.999;
const EPSILON = 1e-8;

export const newAdam = (size: number, { rate, decay }: { rate: number; decay: number }): Adam => ({
  rate,
  decay,
  steps: 0,
  first: new Float64Array(size),
  second: new Float64Array(size),
});

/** One step downhill, in place; parameters from `decayed` on (biases) do not decay. */
export const adamStep = (
  adam: Adam,
  parameters: Float64Array,
  gradient: Float64Array,
  decayed: number,
): void => {
  const { rate, decay, first, second } = adam;
  adam.steps += 1;
  const firstScale = 1 / (1 - FIRST ** adam.steps);
  const secondScale = 1 / (1 - SECOND ** adam.steps);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]!;
    first[i] = FIRST * first[i]! + (1 - FIRST) * g;
    second[i] = SECOND * second[i]! + (1 - SECOND) * g * g;
    const step = (first[i]! * firstScale) / (Math.sqrt(second[i]! * secondScale) + EPSILON);
    parameters[i]! -= rate * (step + (i < decayed ? decay * parameters[i]! : 0));
  }
};
