import type { UserRow } from '../learn/users/types.ts';
import type { Engine } from '../models/model-card.ts';

/** One implicit-feedback observation in an export: pseudonym, item, strength, ms, engagement 0-1. */
export type ExportRow = { u: string; i: string; w: number; t: number; e: number };

/** One user in an export, by pseudonym: last seen (ms), interactions, named segment, value of the audited attribute. */
export type ExportUser = UserRow & { u: string; t: number; n: number; segment?: string; group?: string };

/** A user to precompute for, by the real id: an operational list, never training data. */
export type ActiveUser = { u: string; t: number };

/** Times of the first and last row, ms; null without rows. */
export type Span = { firstAt: number | null; lastAt: number | null };

/** What one shard of an export holds; written last, so that its absence or another count shows a shard that was cut off. */
export type ExportPart = Span & {
  shard: number;
  interactions: number;
  users: number;
  items: number;
  bytes: number;
  /** Users left out, by reason. */
  leftOut: { consent: number };
  /** Interactions that are no training rows, by reason. */
  skipped: { withoutContent: number; withoutSignal: number };
};

/** The whole export: sums of its parts, and which engine trains on it. */
export type ExportSize = Span & {
  runId: string;
  engine: Engine;
  reason: string;
  interactions: number;
  users: number;
  shards: number;
  leftOut: ExportPart['leftOut'];
  skipped: ExportPart['skipped'];
};

/** How a run begins. */
export type RunPlan = { runId: string; startedAt: number; shards: number };

/** One element of the manifest over which the Distributed Maps run: the input of one copy of a step. */
export type ShardInput = { runId: string; shard: number; shards: number };
