import { type Behaviour, emptyBehaviour } from '../../profile/behaviour.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { allowsPersonalisation, newProfile } from '../../profile/stored-profile.ts';
import { userSignals } from '../../recommend/user-signals.ts';
import type { LearningPath, PathProgress } from '../types.ts';
import type { ShownPath } from './path-answer.ts';
import { anyLearner, type PathLearner, pathLearner } from './plan/path-learner.ts';
import { planPath } from './plan/plan.ts';
import { predictNextPath } from './plan/predict-next-path.ts';
import type { PathPorts } from './ports.ts';

/** A user as they were read, with the behaviour as it is by now. */
export type KnownLearner = {
  readonly loaded: LoadedUser;
  readonly behaviour?: Behaviour;
  /** ms since the epoch */
  readonly now: number;
};

/** The learner of a path; nobody in particular where the user does not allow personalisation. */
export const learnerOf = (topic: string, { loaded, behaviour, now }: KnownLearner): PathLearner => {
  const { profile, journal } = loaded;
  if (profile && !allowsPersonalisation(profile)) return anyLearner(false);
  const known = behaviour ?? journal.behaviour ?? emptyBehaviour();
  return pathLearner(profile ?? newProfile('', now), known, { topic, now });
};

/** A path as it is shown to its learner; the catalogue is asked only where it is completed. */
export const showPath = async (
  { shared }: Pick<PathPorts, 'shared'>,
  { path, progress }: { readonly path: LearningPath; readonly progress: PathProgress },
  known: KnownLearner,
): Promise<ShownPath> => {
  const { loaded, now } = known;
  const learner = learnerOf(path.topic, known);
  const shown = { path, progress, learner, plan: planPath(path, progress, learner) };
  if (progress.completedAt === undefined) return shown;
  const user = userSignals(path.userId, loaded, now);
  const { mastery } = learner;
  const { struggle } = shown.plan.signals;
  const nextPath = predictNextPath({ path, mastery, struggle, user, shared: await shared(), now });
  return { ...shown, nextPath };
};
