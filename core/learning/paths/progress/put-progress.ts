import { Conflict } from '../../../errors.ts';
import { allowsTracking, NOT_COUNTED_REASON } from '../../../privacy/consent.ts';
import type { ToldStep } from '../../types.ts';
import { unknownPath } from '../path-id.ts';
import type { ProgressPorts } from '../ports.ts';
import { learnerOf, showPath } from '../show-path.ts';
import { answerFor, loadPath, type PathQuestion } from './load-path.ts';
import { type Step, type Taken, takeStep } from './step.ts';
import { MOST_WAITING, type StoredSteps, trackSteps, waitingSteps } from './track-steps.ts';

export type ProgressQuestion = PathQuestion & { readonly step: Step };

/** Attempts to store a step. Each failed one means that another step on this path got through. */
const ATTEMPTS = 10;

/** A step as it was stored, and all that is to be tracked with it: a repeat tracks once more what it finds, lest its first call was cut off. */
type StoredStep = Pick<Taken, 'progress'> & { readonly toTrack: readonly ToldStep[] };

const noting = (before: StoredSteps, { progress, told }: Taken): StoredStep => {
  if (!told) return { progress, toTrack: progress.told ?? [] };
  const { told: _, ...rest } = progress;
  if (!allowsTracking(before.loaded.profile)) return { progress: rest, toTrack: [] };
  const toTrack = [...waitingSteps(before), told].slice(-MOST_WAITING);
  return { progress: { ...rest, told: toTrack }, toTrack };
};

/** Takes the step on the state that was read; on a newer one where somebody else's came first. */
const storeStep = async (
  { paths, tracking }: ProgressPorts,
  { step, now }: ProgressQuestion,
  found: StoredSteps,
): Promise<StoredStep> => {
  const { path, loaded } = found;
  const learner = learnerOf(path.topic, { loaded, now });
  let { progress } = found;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const taken = takeStep({ path, progress, learner }, step, now);
    const stored = noting({ path, progress, loaded }, taken);
    if (!taken.told) return stored;
    if (await paths.putProgress(path.userId, path.pathId, stored.progress, progress.version)) return stored;
    await tracking.pause(attempt);
    const again = await paths.get(path.userId, path.pathId);
    if (!again) throw unknownPath();
    progress = again.progress;
  }
  throw new Conflict('Too many steps on this path at the same time');
};

/**
 * What became of a module: stored first, then tracked as interactions, so that mastery, achievements, goals and recommendations see it. A call that
 * is cut off in between is finished by its repeat, or by the next look at the path, and counts once. Of two at once one is stored first and the other
 * on top of it.
 *
 * @throws NotFound, Forbidden as `loadPath`; Invalid, Conflict as `takeStep`
 */
export const putProgress = async (ports: ProgressPorts, question: ProgressQuestion) => {
  const { last, seal, ...found } = await loadPath(ports, question);
  const { path, loaded } = found;
  const { progress, toTrack } = await storeStep(ports, question, found);
  const { behaviour, unlocked = [] } = await trackSteps(ports, { path, progress, loaded }, toTrack, question);
  const shown = await showPath(ports, { path, progress }, { loaded, behaviour, now: question.now });
  const answer = await answerFor(ports, question, { shown, last, seal });
  const counts = allowsTracking(loaded.profile) || answer.reason !== undefined;
  return {
    ...answer,
    ...(!counts && { reason: NOT_COUNTED_REASON }),
    unlocked: unlocked.map(({ id, name }) => ({ id, name })),
  };
};
