import type { UserModels } from '../learn/users/types.ts';
import type { ModelInService, Ranking } from '../recommend/ports.ts';
import type { ModelCard } from './model-card.ts';

/** A version that can be put back in service: everything but its neighbour lists, which stay in its slot. */
export type KeptModel = {
  readonly model: ModelInService;
  readonly rankings: Readonly<Record<string, Ranking>>;
  readonly userModels?: UserModels;
};

export type CardPosition = { readonly startedAt: number; readonly runId: string };

/** Model cards, and the last versions that were in service. */
export type ModelRegistry = {
  /** One per run: a repeated run replaces its card. */
  putCard(card: ModelCard): Promise<void>;
  getCard(at: CardPosition): Promise<ModelCard | undefined>;
  /** Newest first, behind a position; `next` is null on the last page. */
  cards(page: {
    limit: number;
    after?: CardPosition;
    now: number;
  }): Promise<{ cards: ModelCard[]; next: CardPosition | null }>;
  /** Keeps a version in its slot, in place of the one that was there. */
  keep(kept: KeptModel): Promise<void>;
  /** The versions that can be put back, newest first. */
  keptVersions(): Promise<{ version: number; slot: number }[]>;
  getKept(version: number): Promise<KeptModel | undefined>;
  /** Forgets what is kept in a slot, before its lists are overwritten. */
  forget(slot: number): Promise<void>;
  /** Puts a model in service if `instead` is the version in service until now. Answers whether it did. */
  restore(model: ModelInService, instead: number): Promise<boolean>;
};
