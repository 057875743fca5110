import { Conflict } from '../../errors.ts';
import { pathAnswer } from './path-answer.ts';
import { wholePathId } from './path-id.ts';
import type { PathMoment, PathPorts, ProgressPorts } from './ports.ts';
import { answerFor, loadPath, type PathQuestion } from './progress/load-path.ts';
import { type StoredSteps, trackSteps, waitingSteps } from './progress/track-steps.ts';
import { showPath } from './show-path.ts';

/** Tracks what a call that was cut off has left; where others keep the user busy, the next look does. */
const heal = async (ports: ProgressPorts, found: StoredSteps, question: PathQuestion) => {
  const waiting = waitingSteps(found);
  if (waiting.length === 0) return {};
  try {
    const { behaviour } = await trackSteps(ports, found, waiting, question);
    return { behaviour };
  } catch (error) {
    if (error instanceof Conflict) return {};
    throw error;
  }
};

/**
 * A path as it stands. Round trips: one, and the trace where the answer differs from the last one. It heals on its way: a step that was stored
 * and not tracked is tracked now.
 * @throws NotFound, Forbidden as `loadPath`
 */
export const readPath = async (ports: ProgressPorts, question: PathQuestion) => {
  const { last, seal, ...found } = await loadPath(ports, question);
  const { loaded } = found;
  const healed = await heal(ports, found, question);
  const shown = await showPath(ports, found, { loaded, ...healed, now: question.now });
  return answerFor(ports, question, { shown, last, seal });
};

/** A page of paths is cut behind so many modules, so that the answer stays small. */
const MOST_MODULES = 2_000;

const NONE = 'The user has no learning paths yet';

type ListQuestion = Pick<PathMoment, 'userId' | 'now'> & {
  readonly limit: number;
  /** The bare id behind which to go on. */
  readonly after: string | undefined;
};

/** How many of these paths fit one answer; one at least. */
const fitting = (paths: readonly { path: { modules: readonly unknown[] } }[]): number => {
  let modules = 0;
  const cut = paths.findIndex(({ path }, at) => {
    modules += path.modules.length;
    return at > 0 && modules > MOST_MODULES;
  });
  return cut < 0 ? paths.length : cut;
};

/** A user's paths as they stand, newest first; `next` is the bare id behind which the following page begins. */
export const listPaths = async (ports: PathPorts, { userId, now, limit, after }: ListQuestion) => {
  const [seal, page, loaded] = await Promise.all([
    ports.userSeal(),
    ports.paths.list(userId, { limit, ...(after !== undefined && { after }) }),
    ports.users.load(userId, { parts: 'ledger', now }),
  ]);
  const count = fitting(page.paths);
  const kept = page.paths.slice(0, count);
  const shown = await Promise.all(kept.map((one) => showPath(ports, one, { loaded, now })));
  return {
    items: shown.map((one) => pathAnswer(one, wholePathId(seal, userId, one.path.pathId))),
    next: count < page.paths.length ? (kept.at(-1)?.path.pathId ?? null) : page.next,
    reason: shown.length === 0 && after === undefined ? NONE : undefined,
  };
};
