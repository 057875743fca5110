import type { Caller } from '../../../access/caller.ts';
import { pathProvenance } from '../keep-path-decision.ts';
import { pathAnswer } from '../path-answer.ts';
import { namedPath, unknownPath, wholePathId } from '../path-id.ts';
import { pathPlace } from '../path-trace.ts';
import type { PathMoment, PathPorts } from '../ports.ts';

/** Which path is asked for, and by whom. */
export type PathQuestion = PathMoment & {
  readonly pathId: string;
  readonly caller: Caller;
  readonly retentionMs: number;
};

/**
 * A path with its learner and the last decision about it. One round trip.
 * @throws NotFound for a path that is not there, Forbidden for a user who asks for somebody else's
 */
export const loadPath = async (ports: PathPorts, question: PathQuestion) => {
  const seal = await ports.userSeal();
  const { bare, userId } = namedPath(seal, question);
  const { now } = question;
  const [found, loaded, last] = await Promise.all([
    ports.paths.get(userId, bare),
    ports.users.load(userId, { parts: 'ledger', now }),
    ports.decisions.lastInContext(userId, pathPlace(bare), now),
  ]);
  if (!found) throw unknownPath();
  return { ...found, loaded, last, seal };
};

/** What is answered of a path that was loaded, with where it comes from; its trace is kept where it says something new. */
export const answerFor = async (
  ports: PathPorts,
  question: PathQuestion,
  { shown, last, seal }: Parameters<typeof pathProvenance>[2],
) => {
  const { userId, pathId } = shown.path;
  const provenance = await pathProvenance(ports, { ...question, userId }, { shown, last, seal });
  return { ...pathAnswer(shown, wholePathId(seal, userId, pathId)), ...provenance };
};
