/** One thing that a user did, by its name in sequences. `at` in ms since the epoch; `session` is empty where none was told. */
export type Step = { readonly name: string; readonly at: number; readonly session: string };

/**
 * Steps of one or many visits as numbers, one visit behind the other: `codes[i]` is the place in `names` of the action at
 * position i, or `END` behind the last action of each visit. `times` are ms since the epoch.
 */
export type ActionLog = {
  readonly names: readonly string[];
  readonly codes: Int32Array;
  readonly times: Float64Array;
};

/** What stands behind the last action of a visit. */
export const END = -1;

/** After a pause of this length, an action does not follow from the one before. */
const PAUSE_MS = 30 * 60_000;

const startsVisit = (step: Step, before: Step | undefined): boolean =>
  before === undefined ||
  step.at - before.at > PAUSE_MS ||
  (step.session !== '' && before.session !== '' && step.session !== before.session);

/** Steps, oldest first, cut where the user paused for more than half an hour or another session began. */
export const visitsOf = (steps: readonly Step[]): Step[][] => {
  const visits: Step[][] = [];
  steps.forEach((step, i) => {
    if (startsVisit(step, steps[i - 1])) visits.push([]);
    visits.at(-1)?.push(step);
  });
  return visits;
};

/** Visits as one log; empty visits are left out. */
export const actionLog = (visits: readonly (readonly Pick<Step, 'name' | 'at'>[])[]): ActionLog => {
  const full = visits.filter((visit) => visit.length > 0);
  const length = full.reduce((sum, visit) => sum + visit.length + 1, 0);
  const log = { codes: new Int32Array(length).fill(END), times: new Float64Array(length) };
  const codeOf = new Map<string, number>();
  let position = 0;
  for (const visit of full) {
    for (const { name, at } of visit) {
      const code = codeOf.get(name) ?? codeOf.size;
      codeOf.set(name, code);
      log.codes[position] = code;
      log.times[position] = at;
      position += 1;
    }
    position += 1;
  }
  return { names: [...codeOf.keys()], ...log };
};

/** How many actions the log holds. */
export const actionCount = ({ codes }: ActionLog): number =>
  codes.reduce((n, code) => n + (code < 0 ? 0 : 1), 0);
