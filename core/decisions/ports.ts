import type { ConfigTrace } from './config-trace.ts';

/** Trace of one decision, kept for 30 days. */
export type Decision<Body = unknown> = {
  /** The bare one: see `decision-id.ts`. */
  readonly decisionId: string;
  readonly userId: string;
  /** ms since the epoch */
  readonly decidedAt: number;
  readonly body: Body;
  /** Of configs: what was said, as ten hex digits (`configDigest`). */
  readonly digest?: string;
};

/** A shorter form of a trace that does not fit in 1 KB; undefined where nothing can be left out any more. */
export type Shorten<Body> = (body: Body) => Body | undefined;

/** The last config decision of a user in one context: its bare id, and what it said as ten hex digits (`configDigest`). */
export type ConfigHead = { readonly decisionId: string; readonly digest: string };

/** By context (`configContext`, six hex digits), the latest first; those whose trace has expired are left out. */
export type ConfigHeads = ReadonlyMap<string, ConfigHead>;

/** A config decision that differs from the last one in its context. */
export type ConfigDecision = Decision<ConfigTrace> & {
  readonly context: string;
  readonly digest: string;
  /** The heads as they were read: they travel with the newest decision, so that one item knows all contexts. */
  readonly earlier: ConfigHeads;
};

/** Traces cost one write unit: what does not fit is shortened, the user's id and everything else of the item included. */
export type DecisionStore = {
  put<Body>(decision: Decision<Body>, shorten: Shorten<Body>): Promise<void>;
  putConfig(decision: ConfigDecision): Promise<void>;
  /** A decision of any kind by its bare id. */
  get(userId: string, decisionId: string, now: number): Promise<Decision | undefined>;
  /** Every decision of a user but those of configs whose trace is still kept, in any order. */
  list(userId: string, now: number): Promise<Decision[]>;
  /** The user's latest decision whose id starts with `<contextHash>.` (6 hex digits). */
  lastInContext(userId: string, contextHash: string, now: number): Promise<Decision | undefined>;
};

/**
 * Hides the user in the id of a decision, so that a service can read a trace by its id alone and nobody else learns whose
 * it is. The same user and bare id give the same text.
 */
export type UserSeal = {
  seal(userId: string, bareId: string): string;
  /** The user; undefined where the text was changed, cut, or made for another id or by another installation. */
  open(sealed: string, bareId: string): string | undefined;
};
