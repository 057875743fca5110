import type { TracePorts } from '../../decisions/keep-decision.ts';
import type { UsersStore } from '../../profile/ports.ts';
import type { SharedData } from '../../recommend/shared-data.ts';
import type { TrackingPorts } from '../../tracking/track-interactions.ts';
import type { LearningPathStore } from '../types.ts';

/** What reading and making paths needs. */
export type PathPorts = TracePorts & {
  readonly paths: LearningPathStore;
  readonly users: UsersStore;
  /** Catalogue and rankings, from memory. */
  readonly shared: () => Promise<SharedData>;
};

/** What progress needs besides: it is tracked as interactions. */
export type ProgressPorts = PathPorts & { readonly tracking: TrackingPorts };

/** Who asks for a path, and for whom. */
export type PathMoment = {
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
};
