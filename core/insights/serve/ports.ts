import type { OfferStore } from '../../actions/types.ts';
import type { TracePorts } from '../../decisions/keep-decision.ts';
import type { Domain } from '../../domains/types.ts';
import type { UserModels } from '../../learn/users/types.ts';
import type { UsersStore } from '../../profile/ports.ts';
import type { ListPorts } from '../../recommend/serve/compute-list.ts';
import type { SharedData } from '../../recommend/shared-data.ts';
import type { TextEvents, TextQueue, TextStore } from '../ports.ts';

/** What serving texts about a user needs. */
export type TextPorts = TracePorts & {
  readonly users: UsersStore;
  /** Learned models of users; no round trip most of the time. */
  readonly userModels: () => Promise<UserModels | undefined>;
  readonly texts: TextStore;
  readonly queue: TextQueue;
  readonly events: TextEvents;
  /** Whether a model is set up that may write. */
  readonly writes: boolean;
};

/** What texts about a user and their market need. */
export type InsightPorts = TextPorts & {
  /** Catalogue and rankings; no round trip most of the time. */
  readonly shared: () => Promise<SharedData>;
};

/** What a dashboard needs beside them. */
export type DashboardPorts = InsightPorts & ListPorts & { readonly offers: OfferStore };

/** For whom, about which product, and when (ms since the epoch). */
export type InsightAsk = {
  readonly userId: string;
  readonly domain: Domain;
  readonly now: number;
  readonly newId: () => string;
};
