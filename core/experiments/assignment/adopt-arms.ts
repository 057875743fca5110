import type { Caller } from '../../access/caller.ts';
import { Forbidden } from '../../errors.ts';
import { type Identified, type MovePorts, moveRow } from '../outcomes/move-row.ts';
import type { StickyAssignments } from '../types.ts';
import type { CompiledExperiment, CompiledExperimentSet } from './compile-experiments.ts';
import { MOST_AT_ONCE } from './exposures.ts';
import type { AssignmentStore } from './ports.ts';

export type AdoptPorts = MovePorts & { readonly assignments: Pick<AssignmentStore, 'expose'> };

/** Arms that were seen under both ids. */
export type SeenArms = { readonly ofUser: StickyAssignments; readonly ofAnonymous: StickyAssignments };

/** Ids that nobody signs in with, long enough that nobody guesses one. */
const ANONYMOUS = /^anon(ymous)?:.{16,}$/;

/**
 * Asserts that a caller may say who an anonymous id turned out to be. Services and admins may; a user may name ids only that
 * begin with `anon:` or `anonymous:` and go on for at least 16 characters: nobody signs in under such an id, and whoever knows a
 * random one of that length has made it.
 *
 * @throws Forbidden
 */
export const assertMayClaim = (caller: Caller, anonymousId: string): void => {
  if (caller.kind !== 'user' || ANONYMOUS.test(anonymousId)) return;
  throw new Forbidden(
    'A user may claim an anonymousId only that begins with "anon:" and has 16 characters more',
  );
};

const adoptLine = async (
  ports: AdoptPorts,
  one: CompiledExperiment,
  identified: Identified,
  { ofUser, ofAnonymous }: SeenArms,
): Promise<[line: string, arm: StickyAssignments[string]][]> => {
  const { line } = one;
  const [own, seen] = [ofUser[line], ofAnonymous[line]];
  const row = await moveRow(ports, one, identified, own !== undefined);
  if (own || !seen) return [];
  return [[line, row ? [row.variant, row.exposedAt, row.propensity] : seen]];
};

/**
 * Gives a user the arms that were seen under an anonymous id, with what was counted there, so that nobody changes the arm by signing
 * in and everybody counts once; arms of the user's own win. Answers the user's arms then. The anonymous id forgets its arms
 * at last: a repeat after a crash does the rest, and one after that nothing.
 *
 * @throws Conflict where other writers of the user kept winning; the call may be repeated
 */
export const adoptArms = async (
  ports: AdoptPorts,
  { experiments }: Pick<CompiledExperimentSet, 'experiments'>,
  identified: Identified,
  arms: SeenArms,
): Promise<StickyAssignments> => {
  const known = experiments.filter(({ line }) => arms.ofAnonymous[line] !== undefined);
  const seen = known.slice(0, MOST_AT_ONCE);
  if (seen.length === 0) return arms.ofUser;
  const adopted = await Promise.all(seen.map((one) => adoptLine(ports, one, identified, arms)));
  const additions = Object.fromEntries(adopted.flat());
  const stored =
    Object.keys(additions).length > 0
      ? await ports.assignments.expose(identified.userId, additions, [])
      : arms.ofUser;
  const lines = seen.map(({ line }) => line);
  await ports.assignments.expose(identified.anonymousId, {}, lines);
  return stored;
};
