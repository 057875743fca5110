import type { Call } from '../call.ts';
import type { Database } from '../database.ts';

/** What docs/access-patterns.md says about a pattern. */
export type Description = {
  /** The name of the exported function. */
  readonly name: string;
  readonly question: string;
  readonly operation:
    | 'GetItem'
    | 'Query'
    | 'BatchGetItem'
    | 'Scan'
    | 'PutItem'
    | 'UpdateItem'
    | 'DeleteItem'
    | 'BatchWriteItem'
    | 'Query, then BatchWriteItem';
  readonly index: 'table' | 'GSI1';
  readonly key: string;
  readonly consistency: 'strong' | 'eventual' | 'strong or eventual' | '-';
  /** The condition that protects the write, in words; `-` where none is needed. */
  readonly guard: string;
};

/** A question to the table, or a change of it: a function of the database that carries its own description. */
export type AccessPattern<Args extends unknown[], Answer> = ((
  database: Database,
  ...args: Args
) => Answer) & {
  readonly description: Description;
};

/** Declares an access pattern; whatever it consumes is metered under its name. */
export const accessPattern = <Args extends unknown[], Answer>(
  description: Description,
  run: (call: Call, ...args: Args) => Answer,
): AccessPattern<Args, Answer> =>
  Object.assign((database: Database, ...args: Args) => run({ database, name: description.name }, ...args), {
    description,
  });
