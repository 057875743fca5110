import type { FieldError } from '../errors.ts';
import type { DefinitionStore } from './ports.ts';
import type { Change, Defined, DefinitionSet } from './types.ts';

/** What tells rules from experiments. */
export type DefinitionKind<Body> = {
  readonly store: DefinitionStore<Body>;
  /** Singular, for messages: `rule`. */
  readonly word: string;
  /** How many may be in force. */
  readonly most: number;
  /**
   * What must hold between a body that is to come into force and everything else: asked again whenever somebody else was
   * first. `before` is what is replaced. Answers the faults; may throw `Conflict`.
   */
  readonly check?: (
    body: Body,
    set: DefinitionSet<Body>,
    before: Defined<Body> | undefined,
  ) => readonly FieldError[] | Promise<readonly FieldError[]>;
  /** Waits before attempt number 1, 2, ... after somebody else was first. */
  readonly pause?: (attempt: number) => Promise<void>;
};

/** True where the newest change of a definition left it in force. */
export const isInForce = <Body>(change: Change<Body>): change is Defined<Body> => change.body !== null;
