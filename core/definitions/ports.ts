import type { Change, DefinitionSet } from './types.ts';

/**
 * Store of all definitions of one kind (`RULES`, `EXPERIMENTS`), a log of changes with the present state beside it.
 * Reads of single definitions are consistent.
 */
export type DefinitionStore<Body> = {
  /** Number of the last change; 0 before the first. One item: what functions ask to see whether their copy is current. */
  version(): Promise<number>;
  /** The set in force. */
  load(): Promise<DefinitionSet<Body>>;
  /**
   * The set as it was after change number `setVersion`; undefined where that was never or is no longer known. What was
   * deleted is remembered for 90 days: an older set may lack it.
   */
  loadAt(setVersion: number): Promise<DefinitionSet<Body> | undefined>;
  /** The newest change of one definition, a deletion among them. */
  get(id: string): Promise<Change<Body> | undefined>;
  /** One earlier (or the present) version; at least the last 200 are known. */
  getVersion(id: string, version: number): Promise<Change<Body> | undefined>;
  /** Versions of one definition, newest first, below version `below`; deletions among them. */
  versions(id: string, page: { readonly limit: number; readonly below?: number }): Promise<Change<Body>[]>;
  /**
   * Makes a change durable if it is the next one in the log (`setVersion` is the last plus one). Answers false where
   * somebody else was first: load again, decide again. Of several writers with the same number exactly one gets true.
   */
  append(change: Change<Body>): Promise<boolean>;
};
