import { factHash } from '../../../journal/fact-hash.ts';
import type { LoadedUser } from '../../../profile/ports.ts';
import { trackLoaded } from '../../../tracking/track-interactions.ts';
import type { LearningPath, PathProgress, ToldStep } from '../../types.ts';
import type { ProgressPorts } from '../ports.ts';
import { stepInteractions } from './step-interactions.ts';

/** A path as it is stored, and its user as read beside it, with the ledger. */
export type StoredSteps = {
  readonly path: LearningPath;
  readonly progress: PathProgress;
  readonly loaded: LoadedUser;
};

/** So many steps wait at most: each is a call that was cut off after it had stored its step. */
export const MOST_WAITING = 20;

/** Steps that were stored and not tracked, by what the user's ledger says: whoever told them was cut off in between. Costs no read. */
export const waitingSteps = ({ path, progress, loaded }: StoredSteps): ToldStep[] => {
  const context = { path, progress, isContent: () => false };
  return (progress.told ?? []).filter((step) =>
    stepInteractions(context, step).some(
      ({ interactionId }) => !loaded.facts.has(factHash('id', interactionId)),
    ),
  );
};

type Moment = { readonly now: number; readonly retentionMs: number };

/** Tracks steps as interactions; none of them counts twice. Answers the behaviour afterwards and what was unlocked. */
export const trackSteps = async (
  { shared, tracking }: ProgressPorts,
  { path, progress, loaded }: StoredSteps,
  steps: readonly ToldStep[],
  { now, retentionMs }: Moment,
) => {
  const { catalogue } = await shared();
  const context = { path, progress, isContent: (id: string) => catalogue.items.has(id) };
  // A step stands behind the one before it, also where the clock of that one ran ahead: it did not happen after now.
  const interactions = steps.flatMap((step) =>
    stepInteractions(context, { ...step, at: Math.min(step.at, now) }),
  );
  return trackLoaded(tracking, { userId: path.userId, interactions, now, retentionMs }, loaded);
};
