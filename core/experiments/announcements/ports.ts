import type { DefinitionStore } from '../../definitions/ports.ts';
import type { EventPublisher } from '../../events/ports.ts';
import type { ExperimentBody } from '../types.ts';
import type { Announced } from './types.ts';

/** How far events of experiments were told: what is changed and not told yet follows from it, also after a crash between the two. */
export type AnnouncementStore = {
  get(experimentId: string): Promise<Announced | undefined>;
  /** Of all experiments, by id; those that were deleted in the last 90 days too. */
  all(): Promise<ReadonlyMap<string, Announced>>;
  /** Replaces the note whose `rev` is `expectedRev`; answers false where somebody else was first. */
  put(experimentId: string, announced: Announced, expectedRev: number): Promise<boolean>;
};

export type AnnouncePorts = {
  readonly experiments: Pick<DefinitionStore<ExperimentBody>, 'get' | 'versions'>;
  readonly announcements: AnnouncementStore;
  readonly events: EventPublisher;
};
