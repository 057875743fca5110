/** One thing a user did, normalised: what is stored, queued and folded. Times are milliseconds since the epoch. */
export type Interaction = {
  readonly interactionId: string;
  readonly userId: string;
  /** Lower-case snake, e.g. `view`, `click`, `purchase`, `complete`. */
  readonly type: string;
  readonly contentId?: string;
  readonly contentType?: string;
  readonly feature?: string;
  readonly value?: number;
  /** 1-5 */
  readonly rating?: number;
  /** 0-1 */
  readonly completionRate?: number;
  readonly durationMs?: number;
  /** 0-1 */
  readonly scrollDepth?: number;
  readonly clicksCount?: number;
  readonly feedback?: string;
  /** -1 (negative) to 1 (positive), scored from `feedback` at the edge. */
  readonly sentiment?: number;
  readonly sessionId?: string;
  /** Kind of device: `mobile`, `tablet`, `desktop` or what the client says. */
  readonly device?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly recommendationId?: string;
  /** The decision that it follows from, where that was no recommendation. */
  readonly decisionId?: string;
  readonly position?: number;
  readonly occurredAt: number;
  readonly receivedAt: number;
};

/** An interaction that is counted for the first time, as the fold receives it. */
export type CountedInteraction = Interaction & {
  /** True on the one interaction by which its session is counted. */
  readonly firstOfSession: boolean;
};
