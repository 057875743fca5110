/** What is expected of something about which nothing is known. */
const MIDDLE = 0.5;

/**
 * What an outcome (reward 0-1) says of each of the `parameters` that were told to the generator. A good one was good with all of them. A
 * bad one has a cause or two among them: what it lacks to the middle is divided by the root of their number, so that one failure does
 * not overthrow every choice at once, and the value that fails again and again goes first.
 */
export const creditOf = (reward: number, parameters: number): number =>
  reward >= MIDDLE ? reward : MIDDLE - (MIDDLE - reward) / Math.sqrt(Math.max(1, parameters));
