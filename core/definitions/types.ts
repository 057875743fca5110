/** What happened to a definition; `restored` puts an earlier version's body back as a new version. */
export type ChangeAction = 'created' | 'updated' | 'restored' | 'deleted';

/**
 * One version of a rule or an experiment. Changes of one kind are numbered 1, 2, 3... (`setVersion`): the set as it was at
 * any number can be put together again, which is what explains an old decision.
 */
export type Change<Body> = {
  readonly setVersion: number;
  readonly id: string;
  /** Of this definition, from 1. */
  readonly version: number;
  readonly action: ChangeAction;
  /** Null where it was deleted. */
  readonly body: Body | null;
  /** ms since the epoch */
  readonly createdAt: number;
  /** ms since the epoch */
  readonly changedAt: number;
  /** `sub` of the caller. */
  readonly changedBy: string;
  /** Why, in words, where somebody said so (`optimize` does). */
  readonly reason?: string;
  /** `[version, setVersion]` of earlier versions, newest first. */
  readonly earlier: readonly (readonly [version: number, setVersion: number])[];
};

/** A definition that is in force. */
export type Defined<Body> = Change<Body> & { readonly body: Body };

/** All definitions of one kind, at one moment; what was deleted is left out. */
export type DefinitionSet<Body> = {
  /** The last change that is in it; 0 before the first. */
  readonly version: number;
  /** Oldest first. */
  readonly defined: readonly Defined<Body>[];
};
