/** What makes compiled source out of a template: operands are compiled, `source` stands as it is. */
export type BuildState = { compile(parts: TemplateStringsArray, ...operands: unknown[]): unknown };

/** Makes the source of an operator's call; false where the engine shall call the operator's method instead. */
export type Compile = (args: unknown, state: BuildState) => unknown;

/** Source as the engine marks it: strings without the mark are constants. */
export const source = (text: string) => ({ [Symbol.for('json_logic_compiled')]: text });

/** A function that compiled source may call, as the engine marks it. */
export const callable = <F extends (...args: never[]) => unknown>(call: F): F =>
  Object.assign(call, { [Symbol.for('json_logic_sync')]: true });
